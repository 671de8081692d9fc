import { Temporal } from 'temporal-polyfill';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

type Day = Temporal.PlainDate;

/**
 * A day as people type it: `2026-12-04`, `4/12`, `4 Dec`, `Friday`, `tomorrow`. Days without a year, and
 * weekdays, are the next ones after today.
 * @param today ISO date.
 * @returns ISO date, or null when it is none or has passed.
 */
export function readDay(typed: string, today: string): string | null {
  const words = typed
    .trim()
    .toLowerCase()
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .replaceAll(',', ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const from = Temporal.PlainDate.from(today);
  const day = relative(words, from) ?? calendarDay(words, from);
  if (day === null || Temporal.PlainDate.compare(day, from) <= 0) return null;
  return day.toString();
}

function relative(words: readonly string[], from: Day): Day | null {
  const [only = '', more] = words;
  if (more !== undefined) return null;
  if (only === 'tomorrow') return from.add({ days: 1 });
  const weekday = nameAt(weekdays, only);
  if (weekday === null) return null;
  const ahead = (weekday + 1 - from.dayOfWeek + 7) % 7;
  return from.add({ days: ahead === 0 ? 7 : ahead });
}

function calendarDay(words: readonly string[], from: Day): Day | null {
  const text = words.join(' ');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(\d{1,2})(?:[/.]| )(\d{1,2}|[a-z]+)(?:[/. ](\d{2,4}))?$/.exec(text);
  if (parts === null) return null;
  const [, day = '', month = '', year] = parts;
  const number = /^\d/.test(month) ? Number(month) : (nameAt(months, month) ?? -1) + 1;
  if (year !== undefined) return dayOf(fullYear(Number(year)), number, Number(day));
  const thisYear = dayOf(from.year, number, Number(day));
  const passed = thisYear !== null && Temporal.PlainDate.compare(thisYear, from) <= 0;
  return passed ? dayOf(from.year + 1, number, Number(day)) : thisYear;
}

function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

/** The place of a name, written out or by at least its first three letters. */
function nameAt(names: readonly string[], typed: string): number | null {
  const found = typed.length < 3 ? -1 : names.findIndex((name) => name.startsWith(typed));
  return found < 0 ? null : found;
}

function dayOf(year: number, month: number, day: number): Day | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
