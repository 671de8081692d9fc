import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Deadline, NewDeadline } from '../app/ports.ts';
import type { Deadline as DeadlineRow } from './generated/client.ts';
import { isoOrNull, moment, momentOrNull, type Session } from './session.ts';

const stateSchema = z.enum(['running', 'met', 'void']);

/**
 * Makes exactly these clocks run on a case. One that runs already, for the same time, keeps how far its
 * reminders have gone. One that runs for another time, or had stopped, begins anew. One that is not named any
 * more stops.
 */
export async function replaceDeadlines(
  session: Session,
  caseId: string,
  deadlines: readonly NewDeadline[],
): Promise<void> {
  const { db, school } = session;
  await db.deadline.updateMany({
    where: {
      schoolId: school,
      caseId,
      state: 'running',
      what: { notIn: deadlines.map(({ what }) => what) },
    },
    data: { state: 'void' },
  });
  for (const { what, dueAt, wakeAt = dueAt } of deadlines)
    await db.$executeRaw`
      INSERT INTO deadline (id, school_id, case_id, what, due_at, wake_at, state)
      VALUES (${randomUUID()}::uuid, ${school}::uuid, ${caseId}::uuid, ${what}, ${moment(dueAt)},
        ${moment(wakeAt)}, 'running')
      ON CONFLICT (case_id, what) DO UPDATE
      SET due_at = excluded.due_at, wake_at = excluded.wake_at, state = 'running', stage = 0
      WHERE deadline.due_at <> excluded.due_at OR deadline.state <> 'running'`;
}

/** Says how far a clock's reminders have gone, and when to look again. False when somebody else was first. */
export async function advanceDeadline(
  session: Session,
  deadline: Pick<Deadline, 'id' | 'stage'>,
  next: { stage: number; wakeAt: string | null },
): Promise<boolean> {
  const { count } = await session.db.deadline.updateMany({
    where: {
      id: deadline.id,
      schoolId: session.school,
      state: 'running',
      stage: { equals: deadline.stage, lte: next.stage },
    },
    data: { stage: next.stage, wakeAt: momentOrNull(next.wakeAt) },
  });
  return count === 1;
}

/** A stored clock as the use cases see it. */
export function toDeadline(row: DeadlineRow): Deadline {
  return {
    id: row.id,
    school: row.schoolId,
    caseId: row.caseId,
    what: row.what,
    dueAt: row.dueAt.toISOString(),
    wakeAt: isoOrNull(row.wakeAt),
    stage: row.stage,
    state: stateSchema.parse(row.state),
  };
}
