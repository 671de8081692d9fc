import type { Lane } from './audience.ts';
import { acknowledgement, review, type CaseClock } from './case-deadlines.ts';
import { dueAt, type SchoolTime } from './deadlines.ts';

/*
 * When the clocks of a case are looked at: moments in order, ISO instants. What is said at each stands in
 * chasing.ts; the number of moments that have passed is how far a clock's reminders have gone.
 */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function shifted(at: string, ms: number): string {
  return new Date(Date.parse(at) + ms).toISOString();
}

/**
 * Deputies when it is due, leadership on call and the reporter ten minutes later, everybody ten minutes after
 * that; a routine concern counts school time throughout. A manager again when it is due, the reporter ten
 * minutes later, the chair after two hours of school time. Source: decisions.md 9; S3; procedures.md T10-A1.
 */
function unclaimed(clock: CaseClock, lane: Lane, time: SchoolTime): string[] {
  const { dueAt: due, startsAt, lasts } = clock;
  if (lane === 'manager')
    return [due, shifted(due, 10 * minute), dueAt(startsAt, '120 school-minutes', time)];
  const unit = lasts.endsWith('school-minutes') ? 'school-minutes' : 'minutes';
  return [due, dueAt(due, `10 ${unit}`, time), dueAt(due, `20 ${unit}`, time)];
}

/**
 * The moments of one clock. The local authority's working day is called out at half time and two hours before
 * (S42), home time half an hour before, everything else when it is due; what is still open is said again a day
 * later, to the lead too. A case that nobody touches is called out every week.
 */
export function momentsOf(clock: CaseClock, lane: Lane, time: SchoolTime): string[] {
  const { what, startsAt, dueAt: due, lasts } = clock;
  if (what === acknowledgement) return unclaimed(clock, lane, time).toSorted();
  if (what === review)
    return [0, 1, 2, 3, 4, 5, 6, 7].map((weeks) => shifted(due, weeks * 7 * day));
  if (lasts === 'before-home') return [shifted(due, -hour / 2), due, shifted(due, day)];
  const after = [due, shifted(due, day)];
  if (lasts !== 'one-working-day' || lane !== 'manager') return after;
  const half = (Date.parse(startsAt) + Date.parse(due)) / 2;
  return [new Date(half).toISOString(), shifted(due, -2 * hour), ...after].toSorted();
}

/** How many moments have passed by then. */
export function passedBy(moments: readonly string[], now: string): number {
  return moments.filter((at) => Date.parse(at) <= Date.parse(now)).length;
}

/**
 * When a clock that begins now is looked at first. What lies behind is not called out: whoever has just brought
 * the clock about knows; only what is due already is.
 */
export function firstWake(
  clock: CaseClock,
  lane: Lane,
  time: SchoolTime,
  now: string,
): string | null {
  const moments = momentsOf(clock, lane, time);
  const ahead = moments.find((at) => Date.parse(at) > Date.parse(now));
  if (Date.parse(clock.dueAt) <= Date.parse(now)) return clock.dueAt;
  return ahead ?? null;
}
