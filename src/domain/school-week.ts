import { Temporal } from 'temporal-polyfill';
import { instantFrom, isSchoolDay, type SchoolTime } from './deadlines.ts';

/*
 * What happens once a week in a school, and when. Pure: the calendar and the bank holidays are arguments,
 * and all local times are Europe/London.
 */

/** The clocks of a school's week. `summary`: what is open, to the leads; `monitoring`: the question to IT. */
export const weekly = ['summary', 'monitoring'] as const;
export type Weekly = (typeof weekly)[number];

export type WeeklyClock = {
  what: Weekly;
  /** ISO week, `2026-W48`. */
  week: string;
  /** ISO instant. */
  dueAt: string;
};

const zone = 'Europe/London';
const summaryAt = '15:30';
const askedAt = '09:00';

/** The ISO week in which an instant falls, in local time: `2026-W48`. */
export function weekOf(at: string): string {
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  return `${String(day.yearOfWeek)}-W${String(day.weekOfYear).padStart(2, '0')}`;
}

/** The ISO week after this one. */
export function weekAfter(week: string): string {
  return weekOf(`${mondayOf(week).add({ days: 7 }).toString()}T12:00:00Z`);
}

/** Fourth of January is always in the first week. */
function mondayOf(week: string): Temporal.PlainDate {
  const [year, number] = week.split('-W').map(Number);
  const fourth = Temporal.PlainDate.from({ year: year ?? 0, month: 1, day: 4 });
  return fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: (number ?? 1) - 1 });
}

function schoolDaysOf(week: string, time: SchoolTime): string[] {
  const monday = mondayOf(week);
  return [0, 1, 2, 3, 4]
    .map((days) => monday.add({ days }).toString())
    .filter((date) => isSchoolDay(date, time));
}

/**
 * The weekly clocks of one ISO week; none in a week without a school day. The summary comes on Friday at
 * 15:30, or on the last school day before it; the question to IT on Monday at 9:00, or on the first school
 * day after it. Source: scenarios S38, S45; procedures.md T9.
 */
export function weeklyClocks(week: string, time: SchoolTime): WeeklyClock[] {
  const days = schoolDaysOf(week, time);
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    { what: 'summary', week, dueAt: at(last, summaryAt) },
    { what: 'monitoring', week, dueAt: at(first, askedAt) },
  ];
}

/**
 * When an unanswered question to IT is told to the lead: on Wednesday at 9:00, and never on the day on which
 * it was asked. Source: procedures.md T9; scenario S38.
 */
export function unconfirmedAt(week: string, askedOn: string, time: SchoolTime): string {
  const asked = Temporal.Instant.from(askedOn).toZonedDateTimeISO(zone).toPlainDate();
  const wednesday = mondayOf(week).add({ days: 2 });
  const dayAfter = asked.add({ days: 1 });
  let day = Temporal.PlainDate.compare(wednesday, dayAfter) > 0 ? wednesday : dayAfter;
  // A year without a school day is none; the last day tried will do.
  for (let tried = 0; tried < 366 && !isSchoolDay(day.toString(), time); tried += 1)
    day = day.add({ days: 1 });
  return at(day.toString(), askedAt);
}

function at(date: string, clock: string): string {
  const instant = instantFrom(date, clock);
  if (instant === null) throw new RangeError(`no such day: ${date}`);
  return instant;
}

/** Whether something that was due comes so late that it must say so: an hour or more. */
export function isLate(dueAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(dueAt) >= 3_600_000;
}
