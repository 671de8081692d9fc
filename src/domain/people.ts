/** What a person does in a school, as far as routing needs to know. One person may have several. */
export const roles = [
  'staff',
  'lead',
  'deputy',
  'headteacher',
  'chair',
  'leadership-on-call',
  'it',
  'safeguarding-governor',
  'administrator',
] as const;
export type Role = (typeof roles)[number];

/** Somebody in the school's file. Everybody else in the tenant is not staff (decisions.md 21). */
export type Person = {
  id: string;
  name: string;
  roles: Role[];
  /** False once they have left: they lose everything at the next press. */
  active: boolean;
  /** Shown to reporters who must reach somebody by voice; null when the school gave none. */
  phone: string | null;
  /** Until when the person is away (ISO instant); they stay entitled, and are not waited for. */
  awayUntil: string | null;
};

/** The people as they are at that instant: an absence that is over is none. */
export function asOf(people: readonly Person[], now: string): Person[] {
  return people.map((person) =>
    person.awayUntil !== null && Date.parse(person.awayUntil) <= Date.parse(now)
      ? { ...person, awayUntil: null }
      : person,
  );
}

/** Those who are not away; all of them when everybody is. */
export function hereIfAny(people: readonly Person[]): Person[] {
  const here = people.filter(({ awayUntil }) => awayUntil === null);
  return here.length > 0 ? here : [...people];
}

export function hasRole(person: Person, ...wanted: Role[]): boolean {
  return person.roles.some((role) => wanted.includes(role));
}

/** The active people with one of the roles, in the order of the roles and then of the file. */
export function withRole(people: readonly Person[], ...wanted: Role[]): Person[] {
  const found = wanted.flatMap((role) =>
    people.filter((person) => person.active && person.roles.includes(role)),
  );
  return [...new Set(found)];
}
