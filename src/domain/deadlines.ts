import { Temporal } from 'temporal-polyfill';
import type { Calendar } from './school.ts';

/*
 * When things are due. Pure: the calendar, the bank holidays and the start are arguments. All local times
 * are Europe/London, so both clock changes are right by construction.
 */

const zone = 'Europe/London';
/** Local end of the local authority's working day. Source: local procedure (specification, S42). */
const officeCloses = Temporal.PlainTime.from('17:00');

/** Days that are bank holidays in England, ISO dates. */
export type BankHolidays = (date: string) => boolean;

export type SchoolTime = { calendar: Calendar; isBankHoliday: BankHolidays };

type Local = Temporal.ZonedDateTime;

/**
 * When a timer that started at an instant is due.
 * @param start ISO 8601 instant.
 * @param lasts As in the data: `10 minutes`, `60 school-minutes`, `one-working-day`, `before-home`, `end-of-day`, `5 school-days`, `2 weeks`.
 * @returns ISO 8601 instant, UTC.
 * @throws RangeError for a duration that the schema of the procedures does not allow.
 */
export function dueAt(start: string, lasts: string, time: SchoolTime): string {
  return due(Temporal.Instant.from(start).toZonedDateTimeISO(zone), lasts, time)
    .toInstant()
    .toString();
}

function due(start: Local, lasts: string, time: SchoolTime): Local {
  if (lasts === 'one-working-day') return nextWorkingDayEnd(start, time);
  if (lasts === 'before-home') return homeTime(start, time);
  if (lasts === 'end-of-day') return endOfSchoolDay(start, time);
  const [count, unit] = lasts.split(' ');
  return after(start, Number(count), unit ?? '', time);
}

function after(start: Local, count: number, unit: string, time: SchoolTime): Local {
  switch (unit) {
    case 'minutes':
      return start.add({ minutes: count });
    case 'hours':
      return start.add({ hours: count });
    case 'days':
      return start.add({ days: count });
    case 'weeks':
      return start.add({ weeks: count });
    case 'school-minutes':
      return addSchoolMinutes(start, count, time);
    case 'school-days':
      return addSchoolDays(start, count, time);
    default:
      throw new RangeError(`no such duration: ${String(count)} ${unit}`);
  }
}

/**
 * The end of the next working day of the local authority: Monday to Friday less bank holidays. School
 * holidays do not stop it. Source: local procedure; procedures.md 2.7; scenario S42.
 */
function nextWorkingDayEnd(start: Local, { isBankHoliday }: SchoolTime): Local {
  let day = start.toPlainDate().add({ days: 1 });
  while (day.dayOfWeek > 5 || isBankHoliday(day.toString())) day = day.add({ days: 1 });
  return day.toZonedDateTime({ timeZone: zone, plainTime: officeCloses });
}

/** Whether children are in school on that day. Without any terms in the file, every weekday is one. */
export function isSchoolDay(date: string, { calendar, isBankHoliday }: SchoolTime): boolean {
  const day = Temporal.PlainDate.from(date);
  if (day.dayOfWeek > 5 || isBankHoliday(date) || calendar.closed.includes(date)) return false;
  return (
    calendar.terms.length === 0 || calendar.terms.some(({ from, to }) => from <= date && date <= to)
  );
}

function atTime(day: Temporal.PlainDate, clock: string): Local {
  return day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(clock) });
}

function schoolDayFrom(day: Temporal.PlainDate, time: SchoolTime): Temporal.PlainDate {
  let candidate = day;
  // A school without a single day left in its terms would loop for ever; a year is more than any holiday.
  for (let tried = 0; tried < 366 && !isSchoolDay(candidate.toString(), time); tried += 1)
    candidate = candidate.add({ days: 1 });
  return candidate;
}

/** Today's home time, or the next school day's when it has passed or there is no school. */
function homeTime(start: Local, time: SchoolTime): Local {
  const { home } = time.calendar.hours;
  const today = atTime(schoolDayFrom(start.toPlainDate(), time), home);
  return Temporal.ZonedDateTime.compare(today, start) > 0
    ? today
    : atTime(schoolDayFrom(start.toPlainDate().add({ days: 1 }), time), home);
}

/** When school closes today, or on the next school day when it has closed. */
function endOfSchoolDay(start: Local, time: SchoolTime): Local {
  const { closes } = time.calendar.hours;
  const today = atTime(schoolDayFrom(start.toPlainDate(), time), closes);
  return Temporal.ZonedDateTime.compare(today, start) > 0
    ? today
    : atTime(schoolDayFrom(start.toPlainDate().add({ days: 1 }), time), closes);
}

/** Minutes that count only while school is open. */
function addSchoolMinutes(start: Local, minutes: number, time: SchoolTime): Local {
  const { opens, closes } = time.calendar.hours;
  let left = minutes;
  let day = schoolDayFrom(start.toPlainDate(), time);
  for (;;) {
    const opening = atTime(day, opens);
    const closing = atTime(day, closes);
    const from = Temporal.ZonedDateTime.compare(start, opening) > 0 ? start : opening;
    const available = Math.max(0, from.until(closing, { largestUnit: 'minutes' }).minutes);
    if (left <= available) return from.add({ minutes: left });
    left -= available;
    day = schoolDayFrom(day.add({ days: 1 }), time);
  }
}

function addSchoolDays(start: Local, days: number, time: SchoolTime): Local {
  let day = start.toPlainDate();
  for (let count = 0; count < days; count += 1) day = schoolDayFrom(day.add({ days: 1 }), time);
  return atTime(day, time.calendar.hours.closes);
}

/** Whether the school is open at that instant: on a school day, within its hours. */
export function isOpen(at: string, time: SchoolTime): boolean {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const date = local.toPlainDate();
  if (!isSchoolDay(date.toString(), time)) return false;
  const { opens, closes } = time.calendar.hours;
  const clock = local.toPlainTime().toString().slice(0, 5);
  return opens <= clock && clock < closes;
}

/** The local wall-clock time, as people read it: `10:42`. */
export function clockTime(at: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);
}

/** The local day of an instant, ISO date. */
export function dayOf(at: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** An ISO date as people read it: `Tue 5 May`. */
export function dayWords(date: string): string {
  return Temporal.PlainDate.from(date)
    .toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
    .replace(',', '');
}

/** The local day and time, as people read it: `Tue 5 May 17:00`. */
export function dayAndTime(at: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  const day = local.toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
  return `${day.replace(',', '')} ${clockTime(at)}`;
}

/** Reads a local date and time typed by a person. Null when it is not one. */
export function instantFrom(date: string, clock: string): string | null {
  try {
    return atTime(Temporal.PlainDate.from(date), clock).toInstant().toString();
  } catch {
    return null;
  }
}

/** A term, as instants: from the beginning of its first day up to the end of its last. */
export type Term = { from: string; to: string };

/**
 * The term in which an instant falls, or the last one before it. A school that gave no terms counts from the
 * first of September.
 */
export function termOf(at: string, { calendar }: SchoolTime): Term {
  const day = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  const begun = calendar.terms.filter(({ from }) => from <= day.toString());
  const last = begun.toSorted((one, other) => one.from.localeCompare(other.from)).at(-1);
  const begin = (date: Temporal.PlainDate) => atTime(date, '00:00').toInstant().toString();
  if (last !== undefined)
    return {
      from: begin(Temporal.PlainDate.from(last.from)),
      to: begin(Temporal.PlainDate.from(last.to).add({ days: 1 })),
    };
  const year = day.month >= 9 ? day.year : day.year - 1;
  return {
    from: begin(Temporal.PlainDate.from({ year, month: 9, day: 1 })),
    to: begin(Temporal.PlainDate.from({ year: year + 1, month: 9, day: 1 })),
  };
}
