import { z } from 'zod';
import { roles, type Person } from '../domain/people.ts';
import { schoolFileSchema, ways, type LeadChannel, type School } from '../domain/school.ts';
import type { SchoolFile } from '../domain/school.ts';
import type { SchoolKeys } from './encryption.ts';
import { StoreFault } from './fault.ts';
import type { Person as PersonRow } from './generated/client.ts';
import { isoOrNull, momentOrNull, sealJson, unsealJson, type Session } from './session.ts';

const { hours, terms, closed, contacts, switches } = schoolFileSchema.shape;

const settingsSchema = z.strictObject({
  calendar: z.strictObject({ hours, terms, closed }),
  contacts,
  switches,
  channels: z.array(
    z.discriminatedUnion('platform', [
      z.strictObject({
        platform: z.literal('teams'),
        tenant: z.string(),
        team: z.string(),
        channel: z.string(),
      }),
      z.strictObject({ platform: z.literal('slack'), tenant: z.string(), channel: z.string() }),
    ]),
  ),
});
type Settings = z.output<typeof settingsSchema>;

const detailsSchema = z.strictObject({
  key: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  /** By which ways, in which order; null: accounts first, then e-mail. */
  reach: z.array(z.enum(ways)).nullable().default(null),
});
export type PersonDetails = z.output<typeof detailsSchema>;

const rolesSchema = z.array(z.enum(roles));

/** The school of the session with everybody in its file, those who have left included. */
export async function readSchool(session: Session): Promise<School> {
  const row = await session.db.school.findUnique({ where: { id: session.school } });
  if (row === null) throw new StoreFault('missing', 'school');
  const settings = unsealJson(session, settingsSpot(row.id), row.settings, settingsSchema);
  const { id, key, name, prefix, pack } = row;
  return { id, key, name, prefix, pack, ...settings, people: await readPeople(session) };
}

async function readPeople(session: Session): Promise<Person[]> {
  const rows = await session.db.person.findMany({
    where: { schoolId: session.school },
    orderBy: { ordinal: 'asc' },
  });
  return rows.map((row) => toPerson(session.keys, row));
}

function toPerson(keys: SchoolKeys, row: PersonRow): Person {
  const { name, phone } = personDetails(keys, row);
  return {
    id: row.id,
    name,
    phone,
    roles: rolesSchema.parse(row.roles),
    active: row.active,
    awayUntil: isoOrNull(row.awayUntil),
  };
}

/** What is encrypted of a person. */
export function personDetails(
  keys: SchoolKeys,
  row: Pick<PersonRow, 'id' | 'details'>,
): PersonDetails {
  return unsealJson({ keys }, detailsSpot(row.id), row.details, detailsSchema);
}

/** Where a person's encrypted details stand. */
export function detailsSpot(person: string) {
  return { table: 'person', row: person, column: 'details' };
}

function settingsSpot(school: string) {
  return { table: 'school', row: school, column: 'settings' };
}

/** The columns of a school as its file says. */
export function schoolColumns(keys: SchoolKeys, file: SchoolFile) {
  const { hours: open, terms: inTerm, closed: shut } = file;
  const settings: Settings = {
    calendar: { hours: open, terms: inTerm, closed: shut },
    contacts: file.contacts,
    switches: file.switches,
    channels: leadChannels(file),
  };
  return {
    name: file.name,
    prefix: file.prefix,
    pack: file.pack,
    settings: sealJson({ keys }, settingsSpot(keys.school), settings),
  };
}

function leadChannels({ channels: { teams, slack } }: SchoolFile): LeadChannel[] {
  return [
    ...(teams === undefined ? [] : [{ platform: 'teams' as const, ...teams }]),
    ...(slack === undefined
      ? []
      : [{ platform: 'slack' as const, tenant: slack.team, channel: slack.channel }]),
  ];
}

/** Says until when somebody is away; null: they are back. */
export async function writeAway(
  session: Session,
  person: string,
  until: string | null,
): Promise<void> {
  const { count } = await session.db.person.updateMany({
    where: { schoolId: session.school, id: person },
    data: { awayUntil: momentOrNull(until) },
  });
  if (count === 0) throw new StoreFault('missing', 'person');
}
