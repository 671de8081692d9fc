import { randomUUID } from 'node:crypto';
import type { Account } from '../app/ports.ts';
import { recompute } from './apply-school.ts';
import { moment, type Session } from './session.ts';

/**
 * Ends an account that the platform says is gone. Whoever has no other has left: they lose every case at once,
 * as when the school's file no longer names them. Gives the person if they have left.
 */
export async function endAccount(
  session: Session,
  { platform, tenant, user }: Account,
  at: string,
): Promise<string | null> {
  const { db, school } = session;
  const identity = { schoolId: school, platform, tenant, userId: user };
  const account = await db.account.findFirst({ where: { ...identity, active: true } });
  if (account === null) return null;
  await db.account.updateMany({ where: identity, data: { active: false } });
  await note(session, 'account-ended', account.personId, at);
  const { personId } = account;
  const others = await db.account.count({ where: { schoolId: school, personId, active: true } });
  if (others > 0) return null;
  await db.person.updateMany({
    where: { id: personId, schoolId: school },
    data: { active: false },
  });
  await note(session, 'person-left', personId, at);
  await recompute(session, await casesReadBy(session, personId), at);
  return personId;
}

async function note(session: Session, type: string, subject: string, at: string): Promise<void> {
  const { db, school } = session;
  await db.schoolEvent.createMany({
    data: { id: randomUUID(), schoolId: school, at: moment(at), actor: null, type, subject },
  });
}

async function casesReadBy({ db, school }: Session, person: string): Promise<string[]> {
  const rows = await db.caseAudience.findMany({
    where: { schoolId: school, personId: person, until: null },
    select: { caseId: true },
    orderBy: { caseId: 'asc' },
  });
  return rows.map(({ caseId }) => caseId);
}
