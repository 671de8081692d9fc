import Holidays from 'date-holidays';

const england = new Holidays('GB', 'ENG', { types: ['public', 'bank'] });
const byYear = new Map<number, ReadonlySet<string>>();

/** Whether an ISO date is a bank holiday in England, substitute days included. */
export function isEnglishBankHoliday(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const known = byYear.get(year) ?? holidaysOf(year);
  byYear.set(year, known);
  return known.has(date);
}

function holidaysOf(year: number): ReadonlySet<string> {
  return new Set(england.getHolidays(year).map((holiday) => holiday.date.slice(0, 10)));
}
