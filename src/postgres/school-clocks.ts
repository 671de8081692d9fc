import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { SchoolClock } from '../app/upkeep-ports.ts';
import { weekly, type WeeklyClock } from '../domain/school-week.ts';
import type { SchoolClock as ClockRow } from './generated/client.ts';
import { isoOrNull, moment, momentOrNull, type Session } from './session.ts';

const whatSchema = z.enum(weekly);
const answerSchema = z.enum(['nothing', 'concern']);

/**
 * Makes these weekly clocks run. A change of the school's terms moves those that have not begun; one whose week
 * has no school day any more stops. One whose time has come is not touched, however late somebody looks.
 */
export async function planWeeks(
  session: Session,
  weeks: readonly string[],
  clocks: readonly WeeklyClock[],
  now: string,
): Promise<void> {
  const { db, school } = session;
  await db.schoolClock.updateMany({
    where: {
      schoolId: school,
      week: { in: [...weeks] },
      stage: 0,
      wakeAt: { gt: moment(now) },
      NOT: { OR: clocks.map(({ what, week }) => ({ what, week })) },
    },
    data: { wakeAt: null },
  });
  for (const { what, week, dueAt } of clocks.filter((clock) => clock.dueAt > now))
    await db.$executeRaw`
      INSERT INTO school_clock (id, school_id, what, week, due_at, wake_at)
      VALUES (${randomUUID()}::uuid, ${school}::uuid, ${what}, ${week}, ${moment(dueAt)}, ${moment(dueAt)})
      ON CONFLICT (school_id, what, week) DO UPDATE
      SET due_at = excluded.due_at, wake_at = excluded.wake_at
      WHERE school_clock.stage = 0 AND school_clock.due_at <> excluded.due_at
        AND (school_clock.wake_at IS NULL OR school_clock.wake_at > ${moment(now)})`;
}

/** One weekly clock; null when it was never planned. */
export async function readSchoolClock(
  session: Session,
  which: { id: string } | { what: WeeklyClock['what']; week: string },
): Promise<SchoolClock | null> {
  const row = await session.db.schoolClock.findFirst({
    where: { schoolId: session.school, ...which },
  });
  return row === null ? null : toClock(row);
}

function toClock(row: ClockRow): SchoolClock {
  const { answer, answeredBy: by, answeredAt } = row;
  return {
    id: row.id,
    school: row.schoolId,
    what: whatSchema.parse(row.what),
    week: row.week,
    dueAt: row.dueAt.toISOString(),
    wakeAt: isoOrNull(row.wakeAt),
    stage: row.stage,
    answer:
      answer === null || by === null || answeredAt === null
        ? null
        : { what: answerSchema.parse(answer), by, at: answeredAt.toISOString() },
  };
}

/** Says how far a weekly clock has gone, and when to look again. False when somebody else was first. */
export async function advanceSchoolClock(
  session: Session,
  clock: Pick<SchoolClock, 'id' | 'stage'>,
  next: { stage: number; wakeAt: string | null },
): Promise<boolean> {
  const { count } = await session.db.schoolClock.updateMany({
    where: { id: clock.id, schoolId: session.school, stage: clock.stage },
    data: { stage: next.stage, wakeAt: momentOrNull(next.wakeAt) },
  });
  return count === 1;
}

/** Keeps the first answer to the week's question. False when there was one. */
export async function answerSchoolClock(
  session: Session,
  id: string,
  answer: NonNullable<SchoolClock['answer']>,
): Promise<boolean> {
  const { count } = await session.db.schoolClock.updateMany({
    where: { id, schoolId: session.school, answer: null },
    data: { answer: answer.what, answeredBy: answer.by, answeredAt: moment(answer.at) },
  });
  return count === 1;
}
