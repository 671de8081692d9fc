import { z } from 'zod';
import { roles as allRoles, type Role } from '../domain/people.ts';
import { schoolFileSchema, type SchoolFilePerson } from '../domain/school.ts';
import type { Home, StaffProblem } from './import-staff.ts';

/** One line of a list of staff, checked. */
export type StaffRow = Pick<SchoolFilePerson, 'name'> &
  Partial<Pick<SchoolFilePerson, 'phone' | 'email' | 'teams' | 'slack'>> & {
    line: number;
    roles?: Role[];
  };

/** Headings of Microsoft's and Slack's own exports, and the plain ones. */
const headings: Readonly<Record<string, string>> = {
  name: 'name',
  fullname: 'name',
  displayname: 'displayName',
  email: 'email',
  mail: 'email',
  emailaddress: 'email',
  phone: 'phone',
  role: 'roles',
  roles: 'roles',
  teamsid: 'teamsUser',
  teamsuser: 'teamsUser',
  objectid: 'teamsUser',
  aadobjectid: 'teamsUser',
  entraobjectid: 'teamsUser',
  teamstenant: 'teamsTenant',
  tenantid: 'teamsTenant',
  slackid: 'slackUser',
  slackuser: 'slackUser',
  userid: 'slackUser',
  memberid: 'slackUser',
  slackteam: 'slackTeam',
  workspaceid: 'slackTeam',
};

/** The column behind a heading; a heading that means nothing to us keeps its own name and is not looked at. */
export function columnFor(heading: string): string {
  const plain = heading.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return headings[plain] ?? `(${heading})`;
}

const guid = z.guid(
  'This is not an id of Microsoft Entra (like 0f8fad5b-d9cb-469f-a165-70867728950e)',
);
const slackUser = z
  .string()
  .regex(/^[UW][A-Z0-9]{4,}$/, 'This is not a Slack member id (like U02ABCDEF)');
const slackTeam = z
  .string()
  .regex(/^[TE][A-Z0-9]{4,}$/, 'This is not a Slack workspace id (like T02ABCDEF)');
const email = z.email('This is not an e-mail address');
const phone = schoolFileSchema.shape.people.element.shape.phone;

type Cells = Readonly<Record<string, string | undefined>>;

/** Checks one line and reports everything that is wrong with it at once. */
export function checkRow(
  record: Cells,
  line: number,
  home: Home,
): { row: StaffRow | null; problems: StaffProblem[] } {
  const problems: StaffProblem[] = [];
  const say = (says: string) => {
    problems.push({ line, says });
  };
  const read = <T>(column: string, schema: z.ZodType<T>): T | undefined => {
    const value = record[column];
    if (value === undefined || value === '') return undefined;
    const parsed = schema.safeParse(value);
    if (!parsed.success) say(`${parsed.error.issues[0]?.message ?? 'This is wrong'}: ${value}`);
    return parsed.data;
  };
  const name = record['name'] || record['displayName'] || '';
  if (name === '') say('There is no name in this line.');
  const row = {
    line,
    name,
    ...some('email', read('email', email)),
    ...some('phone', read('phone', phone)),
    ...some('roles', readRoles(record['roles'], say)),
    ...some('teams', teamsAccount(record, home, read, say)),
    ...some('slack', slackAccount(record, home, read, say)),
  };
  if (problems.length === 0 && !('teams' in row) && !('slack' in row))
    say('There is no Teams or Slack account in this line.');
  return { row: problems.length === 0 ? row : null, problems };
}

function some<K extends string, T>(key: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: T });
}

type Read = <T>(column: string, schema: z.ZodType<T>) => T | undefined;
type SayProblem = (says: string) => void;

function teamsAccount(record: Cells, home: Home, read: Read, say: SayProblem) {
  const user = read('teamsUser', guid);
  const tenant = read('teamsTenant', guid) ?? home.teamsTenant;
  if (user === undefined) return undefined;
  if (tenant !== null) return { tenant, user };
  if (!record['teamsTenant'])
    say('There is no Teams tenant, neither in this line nor in the school’s file.');
  return undefined;
}

function slackAccount(record: Cells, home: Home, read: Read, say: SayProblem) {
  const user = read('slackUser', slackUser);
  const team = read('slackTeam', slackTeam) ?? home.slackTeam;
  if (user === undefined) return undefined;
  if (team !== null) return { team, user };
  if (!record['slackTeam'])
    say('There is no Slack workspace, neither in this line nor in the school’s file.');
  return undefined;
}

const roleSchema = z.enum(allRoles);

function readRoles(text: string | undefined, say: SayProblem): Role[] | undefined {
  const words = (text ?? '').split(/[\s,;|]+/).filter((word) => word !== '');
  if (words.length === 0) return undefined;
  return words.flatMap((word) => {
    const parsed = roleSchema.safeParse(word.toLowerCase());
    if (!parsed.success) say(`There is no role ${word}. Roles are ${allRoles.join(', ')}.`);
    return parsed.data ?? [];
  });
}
