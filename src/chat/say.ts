import type { Lane } from '../domain/audience.ts';
import type { Contact, School } from '../domain/school.ts';
import type { ContactRole } from '../domain/procedure.ts';
import { withRole, type Person } from '../domain/people.ts';
import type { CardElement, TextTone } from './elements.ts';

/** National numbers and pages, from the one list in the policies folder. */
export type NationalContacts = Partial<Record<ContactRole, Contact>>;

export function text(words: string, tone: TextTone = 'plain'): CardElement {
  return { type: 'text', text: words, tone };
}
export function heading(words: string): CardElement {
  return { type: 'heading', text: words };
}

/** Whom to ring for a role: the school's own contact, else the national one. */
export function contactFor(
  school: School,
  national: NationalContacts,
  role: ContactRole,
): Contact | null {
  return school.contacts[role] ?? national[role] ?? null;
}

/** `Children’s social care, 01632 960111`. */
export function spoken({ name, phone, web }: Contact): string {
  return [name, phone ?? web].filter((part) => part !== undefined).join(', ');
}

/** The same with a capital, for where it begins a line. */
export function sentenceCase(words: string): string {
  return words.charAt(0).toLocaleUpperCase('en-GB') + words.slice(1);
}

/** The line that stands under every reporter's screen: nobody needs permission. Source: procedures.md 7, trap 4. */
export function ringYourself(school: School): string {
  const others = (['social-care', 'lado'] as const).flatMap((role) => {
    const contact = school.contacts[role];
    return contact?.phone === undefined ? [] : [`${contact.name} (${contact.phone})`];
  });
  return `You can always ring 999, 101${listed(others)} yourself. You do not need anyone’s permission.`;
}

function listed(others: string[]): string {
  const last = others.at(-1);
  if (last === undefined) return '';
  return others.length === 1 ? ` or ${last}` : `, ${others.slice(0, -1).join(', ')} or ${last}`;
}

/** The safeguarding team by name and phone, for a reporter who should tell somebody face to face. */
export function teamToTell(school: School, excluded: readonly string[] = []): string[] {
  return withRole(school.people, 'lead', 'deputy')
    .filter(({ id }) => !excluded.includes(id))
    .map(nameAndPhone);
}

export function nameAndPhone({ name, phone }: Person): string {
  return phone === null ? name : `${name}, ${phone}`;
}

/**
 * Whom a reporter rings when nobody answers. What is about an adult here never leads to the safeguarding
 * team, one of whom it may be about.
 */
export function ifNobodyAnswers(school: School, lane: Lane): string {
  const roles =
    lane === 'lead'
      ? (['safeguarding-team', 'social-care'] as const)
      : (['lado', 'social-care'] as const);
  const numbers = roles.flatMap((role) => {
    const contact = school.contacts[role];
    return contact?.phone === undefined ? [] : [spoken(contact)];
  });
  return numbers.length === 0 ? 'ring the police on 101' : `ring ${numbers.join(', or ')}`;
}
