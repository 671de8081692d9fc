import { randomUUID } from 'node:crypto';
import { readersOf } from '../domain/case.ts';
import { checkSchool, type SchoolFile } from '../domain/school.ts';
import { applyAccounts, applyPeople, type Noted } from './apply-people.ts';
import { writeReaders } from './audience.ts';
import { readCase } from './cases.ts';
import { transaction, type Client, type Db } from './client.ts';
import { StoreFault } from './fault.ts';
import type { KeyRing } from './key-ring.ts';
import { readSchool, schoolColumns } from './schools.ts';
import { enter, inScope, moment, type Session } from './session.ts';

/**
 * Makes a school as its file says, in one transaction that nobody of the school reads or writes beside:
 * people are matched by their keys and never removed, and who may read an open case is worked out anew.
 * Closed cases follow one by one. Throws `StoreFault`, code `refused`, when the check of the file stops it.
 */
export async function applySchool(
  client: Client,
  ring: KeyRing,
  file: SchoolFile,
  at: string,
): Promise<{ school: string; changes: string[] }> {
  if (checkSchool(file).some(({ level }) => level === 'stop'))
    throw new StoreFault('refused', 'school-file');
  const { school, noted } = await transaction(client, (db) => apply(db, ring, file, at));
  if (noted.length > 0) await recomputeClosed(client, ring, school, at);
  return { school, changes: noted.map(({ says }) => says) };
}

async function apply(db: Db, ring: KeyRing, file: SchoolFile, at: string) {
  const { session, isNew } = await openSchool(db, ring, file, at);
  const noted = [
    ...(isNew ? [{ type: 'school-made', subject: null, says: `New school ${file.school}` }] : []),
    ...(await applySettings(session, file, at, isNew)),
    ...(await applyPeople(session, file)),
    ...(await applyAccounts(session, file)),
  ];
  await report(session, noted, at);
  if (noted.length > 0) await recompute(session, await casesIn(session, 'open'), at);
  return { school: session.school, noted };
}

async function openSchool(db: Db, ring: KeyRing, file: SchoolFile, at: string) {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('school-key'), hashtext(${file.school}))`;
  const [found] = await db.$queryRaw<{ id: string | null }[]>`
    SELECT school_by_key(${file.school}) AS id`;
  const school = found?.id ?? randomUUID();
  const scope = { school, as: 'product' } as const;
  await enter(db, scope, 'alone');
  const isNew = (found?.id ?? null) === null;
  const keys = isNew ? await makeSchool(db, ring, school, file, at) : await ring.keysOf(db, school);
  const session: Session = { db, school, scope, keys, locked: new Map() };
  return { session, isNew };
}

/** The row comes first because the key refers to it; its settings can only be encrypted afterwards. */
async function makeSchool(db: Db, ring: KeyRing, id: string, file: SchoolFile, at: string) {
  const { school: key, name, prefix, pack } = file;
  const settings = new Uint8Array();
  await db.school.createMany({
    data: { id, key, name, prefix, pack, settings, appliedAt: moment(at) },
  });
  return ring.begin(db, id, moment(at));
}

async function applySettings(
  session: Session,
  file: SchoolFile,
  at: string,
  isNew: boolean,
): Promise<Noted[]> {
  const before = isNew ? null : await readSchool(session);
  await session.db.school.update({
    where: { id: session.school },
    data: { ...schoolColumns(session.keys, file), appliedAt: moment(at) },
  });
  if (before === null) return [];
  const after = await readSchool(session);
  const parts = ['name', 'prefix', 'pack', 'calendar', 'contacts', 'channels', 'switches'] as const;
  return parts
    .filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
    .map((part) => ({ type: `${part}-changed`, subject: null, says: `Changed: ${part}` }));
}

async function report(session: Session, noted: readonly Noted[], at: string): Promise<void> {
  await session.db.schoolEvent.createMany({
    data: noted.map(({ type, subject }) => ({
      id: randomUUID(),
      schoolId: session.school,
      at: moment(at),
      actor: null,
      type,
      subject,
    })),
  });
}

async function casesIn(session: Session, which: 'open' | 'closed'): Promise<string[]> {
  const rows = await session.db.caseLine.findMany({
    where: { schoolId: session.school, state: which === 'open' ? { not: 'closed' } : 'closed' },
    select: { caseId: true },
    orderBy: { caseId: 'asc' },
  });
  return rows.map(({ caseId }) => caseId);
}

/** Works out anew who may read these cases. */
export async function recompute(
  session: Session,
  cases: readonly string[],
  at: string,
): Promise<void> {
  const { people } = await readSchool(session);
  for (const caseId of cases) {
    const found = await readCase(session, caseId, true);
    if (found !== null) await writeReaders(session, caseId, readersOf(found.state, people), at);
  }
}

async function recomputeClosed(
  client: Client,
  ring: KeyRing,
  school: string,
  at: string,
): Promise<void> {
  const scope = { school, as: 'product' } as const;
  const closed = await inScope(client, ring, scope, (session) => casesIn(session, 'closed'));
  for (const caseId of closed)
    await inScope(client, ring, scope, (session) => recompute(session, [caseId], at));
}
