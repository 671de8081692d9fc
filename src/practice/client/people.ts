import type { WireDirectory, WirePerson } from '../wire.ts';

/** The person with this key. */
export function findPerson(directory: WireDirectory, key: string | null): WirePerson | null {
  const everybody = directory.schools.flatMap(({ people }) => people);
  return everybody.find((person) => person.key === key) ?? null;
}

/** A.L. for Amy Lowe: drawn instead of a picture. */
export function initials(name: string): string {
  const words = name.split(' ').filter((word) => word !== '');
  return [words.at(0), words.length > 1 ? words.at(-1) : '']
    .map((word) => word?.[0] ?? '')
    .join('');
}
