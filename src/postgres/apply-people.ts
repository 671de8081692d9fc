import { randomUUID } from 'node:crypto';
import type { SchoolFile, SchoolFilePerson } from '../domain/school.ts';
import { blindIndex } from './encryption.ts';
import type { Person as PersonRow } from './generated/client.ts';
import { detailsSpot, personDetails, type PersonDetails } from './schools.ts';
import { sealJson, type Session } from './session.ts';

/** Something that a school's file changed: `type` and `subject` for the audit, `says` for the terminal. */
export type Noted = { type: string; subject: string | null; says: string };

/** Adds, changes and deactivates the school's people as the file says. Nobody is ever removed. */
export async function applyPeople(session: Session, file: SchoolFile): Promise<Noted[]> {
  const known = await peopleByKey(session);
  const noted: Noted[] = [];
  for (const [ordinal, person] of file.people.entries()) {
    const before = known.get(person.key);
    noted.push(
      ...(before === undefined
        ? [await addPerson(session, person, ordinal)]
        : await changePerson(session, before, person, ordinal)),
    );
  }
  const named = new Set(file.people.map(({ key }) => key));
  for (const [key, row] of known)
    if (!named.has(key) && row.active) noted.push(await endPerson(session, row, key));
  return noted;
}

async function peopleByKey(session: Session): Promise<Map<string, PersonRow>> {
  const rows = await session.db.person.findMany({ where: { schoolId: session.school } });
  return new Map(rows.map((row) => [personDetails(session.keys, row).key, row]));
}

function detailsOf({ key, name, phone, email, reach }: SchoolFilePerson): PersonDetails {
  return { key, name, phone: phone ?? null, email: email ?? null, reach: reach ?? null };
}

async function addPerson(
  session: Session,
  person: SchoolFilePerson,
  ordinal: number,
): Promise<Noted> {
  const id = randomUUID();
  await session.db.person.createMany({
    data: {
      id,
      schoolId: session.school,
      keyDigest: blindIndex(session.keys, 'person.key', person.key),
      details: sealJson(session, detailsSpot(id), detailsOf(person)),
      roles: person.roles,
      active: person.active,
      ordinal,
    },
  });
  return { type: 'person-added', subject: id, says: `Added ${person.key}` };
}

async function changePerson(
  session: Session,
  before: PersonRow,
  person: SchoolFilePerson,
  ordinal: number,
): Promise<Noted[]> {
  const details = detailsOf(person);
  const old = personDetails(session.keys, before);
  const same = {
    details: JSON.stringify(old) === JSON.stringify(details),
    roles: before.roles.join() === person.roles.join(),
    active: before.active === person.active,
  };
  if (same.details && same.roles && same.active && before.ordinal === ordinal) return [];
  await session.db.person.updateMany({
    where: { id: before.id, schoolId: session.school },
    data: {
      ...(same.details ? {} : { details: sealJson(session, detailsSpot(before.id), details) }),
      roles: person.roles,
      active: person.active,
      ordinal,
    },
  });
  const changed = (type: string, says: string) => ({ type, subject: before.id, says });
  return [
    ...(same.details ? [] : [changed('person-changed', `Changed ${person.key}`)]),
    ...(same.roles ? [] : [changed('roles-changed', `Changed the roles of ${person.key}`)]),
    ...(same.active ? [] : [changed(...comingOrGoing(person))]),
  ];
}

function comingOrGoing({ active, key }: SchoolFilePerson): [string, string] {
  return active ? ['person-returned', `${key} is back`] : ['person-left', `Deactivated ${key}`];
}

async function endPerson(session: Session, row: PersonRow, key: string): Promise<Noted> {
  await session.db.person.updateMany({
    where: { id: row.id, schoolId: session.school },
    data: { active: false },
  });
  return { type: 'person-left', subject: row.id, says: `Deactivated ${key}` };
}

type Wanted = { platform: string; tenant: string; userId: string; key: string };

function accountsIn(file: SchoolFile): Wanted[] {
  return file.people.flatMap(({ key, teams, slack }) => [
    ...(teams === undefined
      ? []
      : [{ platform: 'teams', tenant: teams.tenant, userId: teams.user, key }]),
    ...(slack === undefined
      ? []
      : [{ platform: 'slack', tenant: slack.team, userId: slack.user, key }]),
  ]);
}

/** Gives everybody the accounts that the file names, and ends the others. */
export async function applyAccounts(session: Session, file: SchoolFile): Promise<Noted[]> {
  const { db, school } = session;
  const people = await peopleByKey(session);
  const before = await db.account.findMany({ where: { schoolId: school } });
  const name = (row: Omit<Wanted, 'key'>) => `${row.platform}/${row.tenant}/${row.userId}`;
  const known = new Map(before.map((row) => [name(row), row]));
  const wanted = accountsIn(file);
  const noted: Noted[] = [];
  for (const { key, ...identity } of wanted) {
    const personId = people.get(key)?.id;
    const row = known.get(name(identity));
    if (personId === undefined || (row?.active === true && row.personId === personId)) continue;
    const columns = { personId, active: true };
    const id = { schoolId: school, ...identity };
    if (row === undefined) await db.account.createMany({ data: { ...id, ...columns } });
    else await db.account.updateMany({ where: id, data: columns });
    noted.push({ type: 'account-added', subject: personId, says: `Account for ${key}` });
  }
  const named = new Set(wanted.map(name));
  for (const row of before.filter((one) => one.active && !named.has(name(one)))) {
    const { platform, tenant, userId, personId } = row;
    await db.account.updateMany({
      where: { schoolId: school, platform, tenant, userId },
      data: { active: false },
    });
    noted.push({ type: 'account-ended', subject: personId, says: `Ended a ${platform} account` });
  }
  return noted;
}
