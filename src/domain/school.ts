import { z } from 'zod';
import { contactRoles, type ContactRole } from './procedure.ts';
import { roles, type Person } from './people.ts';

/*
 * A school is one YAML file: its people with roles and platform ids, its contacts by role, its policy
 * pack, its channels, its terms, its switches. This is its shape; `npm run school -- check` reports every
 * problem in it at once.
 */

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time like 15:15');
const line = z.string().trim().min(1);
const phone = z.string().regex(/^[0-9 +()]{3,24}$/, 'a phone number');

const contact = z.strictObject({
  name: line,
  phone: phone.optional(),
  web: z.string().optional(),
  /** When somebody last rang it to see that it is right. */
  checked: z.iso.date().optional(),
});
export type Contact = z.output<typeof contact>;

/** The ways by which somebody can be reached. */
export const ways = ['teams', 'slack', 'email'] as const;

const teamsId = z.strictObject({ tenant: line, user: line });
const slackId = z.strictObject({ team: line, user: line });

const person = z.strictObject({
  /** Stays the same when the person is renamed; part of the record. */
  key: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'a key like priya.nair'),
  name: line,
  roles: z.array(z.enum(roles)).default(['staff']),
  phone: phone.optional(),
  email: z.email().optional(),
  teams: teamsId.optional(),
  slack: slackId.optional(),
  /** By which ways messages are tried, in this order; without it, every account and then e-mail. */
  reach: z.array(z.enum(ways)).min(1).optional(),
  active: z.boolean().default(true),
});
export type SchoolFilePerson = z.output<typeof person>;

/** The school's file. */
export const schoolFileSchema = z.strictObject({
  school: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a key like hillside'),
  name: line,
  /** Two or three capital letters that begin every reference. */
  prefix: z.string().regex(/^[A-Z]{2,3}$/),
  /** There is other law and no LADO elsewhere in the United Kingdom. */
  nation: z.literal('england', {
    error: 'Only schools in England: the procedures are English law and guidance.',
  }),
  pack: line,
  switches: z.record(z.string(), z.string()).default({}),
  hours: z.strictObject({ opens: clock, closes: clock, home: clock }),
  terms: z.array(z.strictObject({ from: z.iso.date(), to: z.iso.date() })).default([]),
  /** Days in term when the school is closed, besides bank holidays. */
  closed: z.array(z.iso.date()).default([]),
  contacts: z.partialRecord(z.enum(contactRoles), contact),
  channels: z
    .strictObject({
      teams: z.strictObject({ tenant: line, team: line, channel: line }).optional(),
      slack: z.strictObject({ team: line, channel: line }).optional(),
    })
    .default({}),
  people: z.array(person).min(1),
});
export type SchoolFile = z.output<typeof schoolFileSchema>;

/** When a school is open, for deadlines. Times are local, Europe/London. */
export type Calendar = {
  hours: { opens: string; closes: string; home: string };
  terms: { from: string; to: string }[];
  closed: string[];
};

export type LeadChannel =
  | { platform: 'teams'; tenant: string; team: string; channel: string }
  | { platform: 'slack'; tenant: string; channel: string };

/** A school as the rules see it. */
export type School = {
  id: string;
  key: string;
  name: string;
  prefix: string;
  pack: string;
  switches: Readonly<Record<string, string>>;
  calendar: Calendar;
  contacts: Partial<Record<ContactRole, Contact>>;
  channels: LeadChannel[];
  people: Person[];
};

/** Something about a school's file that somebody must know. `stop`: it cannot be applied like this. */
export type SetUpFinding = { level: 'stop' | 'red' | 'note'; where: string; says: string };

/**
 * What a valid file still gets wrong or leaves open. A missing chair or LADO never refuses a concern;
 * it makes the set-up red until it is mended. Source: decisions.md 8; procedures.md 3 and 7.1.
 */
export function checkSchool(file: SchoolFile): SetUpFinding[] {
  return [
    ...duplicateKeys(file),
    ...duplicateIdentities(file),
    ...missingOffices(file),
    ...missingContacts(file),
    ...sameNumberTwice(file),
    ...leadIsHeadteacher(file),
  ];
}

function duplicateKeys({ people }: SchoolFile): SetUpFinding[] {
  return repeated(people.map(({ key }) => key)).map((key) => ({
    level: 'stop',
    where: `people.${key}`,
    says: `Two people have the key ${key}.`,
  }));
}

function duplicateIdentities({ people }: SchoolFile): SetUpFinding[] {
  const accounts = people.flatMap(({ teams, slack }) => [
    ...(teams === undefined ? [] : [`Teams account ${teams.user}`]),
    ...(slack === undefined ? [] : [`Slack account ${slack.user}`]),
  ]);
  return repeated(accounts).map((account) => ({
    level: 'stop',
    where: 'people',
    says: `The ${account} belongs to two people. One account is one person.`,
  }));
}

function repeated(values: string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

const neededOffices = [
  ['lead', 'a safeguarding lead'],
  ['deputy', 'a deputy safeguarding lead'],
  ['headteacher', 'a headteacher'],
  ['chair', 'a chair of governors'],
  ['leadership-on-call', 'somebody of the leadership on call'],
  ['it', 'somebody who looks after IT'],
] as const;

function missingOffices({ people }: SchoolFile): SetUpFinding[] {
  return neededOffices
    .filter(
      ([role]) => !people.some((candidate) => candidate.active && candidate.roles.includes(role)),
    )
    .map(([, words]) => ({
      level: 'red',
      where: 'people',
      says: `Nobody in the file is ${words}.`,
    }));
}

const neededContacts = [
  ['police', 'the local police'],
  ['social-care', 'children’s social care'],
  ['lado', 'the LADO'],
  ['safeguarding-team', 'the safeguarding team’s own phone'],
] as const;

function missingContacts({ contacts }: SchoolFile): SetUpFinding[] {
  return neededContacts
    .filter(([role]) => contacts[role]?.phone === undefined)
    .map(([role, words]) => ({
      level: 'red',
      where: `contacts.${role}`,
      says: `There is no number for ${words}.`,
    }));
}

/** One number for two bodies is nearly always a mistake of the list it came from. Source: procedures.md 3, row 17. */
function sameNumberTwice({ contacts }: SchoolFile): SetUpFinding[] {
  const numbers = Object.values(contacts).flatMap(({ phone: number }) =>
    number === undefined || number.length < 5 ? [] : [number.replaceAll(' ', '')],
  );
  return repeated(numbers).map((number) => ({
    level: 'note',
    where: 'contacts',
    says: `Two contacts share the number ${number}. Please ring it and see whose it is.`,
  }));
}

function leadIsHeadteacher({ people }: SchoolFile): SetUpFinding[] {
  return people
    .filter(
      (candidate) => candidate.roles.includes('lead') && candidate.roles.includes('headteacher'),
    )
    .map(({ key }) => ({
      level: 'note',
      where: `people.${key}`,
      says: 'The headteacher is also the safeguarding lead. Concerns about them go to the chair, and the chair signs where the headteacher would.',
    }));
}
