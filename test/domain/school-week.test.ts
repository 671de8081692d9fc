import { describe, expect, it } from 'vitest';
import { isEnglishBankHoliday } from '../../src/app/bank-holidays.ts';
import { weekAfter, weeklyClocks, weekOf } from '../../src/domain/school-week.ts';

/* The school's week over a change of clocks, bank holidays, closed days, holidays and the turn of the year. */

const time = {
  calendar: {
    hours: { opens: '08:00', closes: '16:30', home: '15:15' },
    terms: [
      { from: '2026-09-02', to: '2026-10-23' },
      { from: '2026-11-02', to: '2026-12-18' },
      { from: '2027-01-04', to: '2027-05-28' },
    ],
    closed: ['2026-11-27'],
  },
  isBankHoliday: isEnglishBankHoliday,
};

describe('the school’s week', () => {
  const dues = (week: string) => weeklyClocks(week, time).map(({ dueAt: due }) => due);

  it.each([
    ['in term', '2026-W47', ['2026-11-20T15:30:00Z', '2026-11-16T09:00:00Z']],
    ['with the Friday closed', '2026-W48', ['2026-11-26T15:30:00Z', '2026-11-23T09:00:00Z']],
    ['after Easter, in summer time', '2027-W13', ['2027-04-02T14:30:00Z', '2027-03-30T08:00:00Z']],
    ['with a bank holiday on Monday', '2027-W18', ['2027-05-07T14:30:00Z', '2027-05-04T08:00:00Z']],
  ])('%s', (_words, week, due) => {
    expect(dues(week)).toEqual(due);
  });

  it('of the holidays has nothing', () => {
    expect(dues('2026-W53')).toEqual([]);
    expect(dues('2026-W44')).toEqual([]);
  });

  it('is numbered through the turn of the year, by local time', () => {
    expect(weekOf('2027-01-03T23:30:00Z')).toBe('2026-W53');
    expect(weekAfter('2026-W53')).toBe('2027-W01');
    expect(weekOf('2026-06-14T23:30:00Z')).toBe('2026-W25');
  });
});
