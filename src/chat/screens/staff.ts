import { hasRole, withRole, type Person, type Role } from '../../domain/people.ts';
import type { School } from '../../domain/school.ts';
import type { Choice } from '../elements.ts';

/** Everybody in the school's file, by name, for picking whom a concern is about. */
export function staffChoices({ people }: School): Choice[] {
  return people
    .filter(({ active }) => active)
    .map(({ id, name }) => ({ id, label: name }))
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en-GB'));
}

const officeWords: readonly [Role, string][] = [
  ['headteacher', 'headteacher'],
  ['lead', 'safeguarding lead'],
  ['deputy', 'deputy safeguarding lead'],
  ['chair', 'chair of governors'],
  ['leadership-on-call', 'leadership on call'],
];

/** Everybody who could receive a concern, with their office, for saying who is close to somebody involved. */
export function officeChoices({ people }: School): Choice[] {
  return withRole(people, ...officeWords.map(([role]) => role)).map((person) => ({
    id: person.id,
    label: `${person.name}, ${officeOf(person)}`,
  }));
}

function officeOf(person: Person): string {
  return officeWords
    .filter(([role]) => hasRole(person, role))
    .map(([, words]) => words)
    .join(' and ');
}
