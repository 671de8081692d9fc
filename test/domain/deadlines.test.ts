import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { isEnglishBankHoliday } from '../../src/app/bank-holidays.ts';
import { dueAt, isOpen, isSchoolDay, type SchoolTime } from '../../src/domain/deadlines.ts';

const london = 'Europe/London';
const time: SchoolTime = {
  calendar: {
    hours: { opens: '08:00', closes: '16:30', home: '15:15' },
    terms: [
      { from: '2026-09-02', to: '2026-10-23' },
      { from: '2026-11-02', to: '2026-12-18' },
      { from: '2027-01-04', to: '2027-02-12' },
      { from: '2027-02-22', to: '2027-03-25' },
    ],
    closed: ['2026-11-27'],
  },
  isBankHoliday: isEnglishBankHoliday,
};

/** An instant from what a clock on the wall in England shows. */
function at(wall: string): string {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(london).toInstant().toString();
}
function due(wall: string, lasts: string): string {
  const local = Temporal.Instant.from(dueAt(at(wall), lasts, time)).toZonedDateTimeISO(london);
  return local.toPlainDateTime().toString().slice(0, 16);
}

describe('the LADO’s working day (S42)', () => {
  it.each([
    ['2026-05-01T16:40', '2026-05-05T17:00', 'a bank holiday on Monday'],
    ['2026-12-24T11:00', '2026-12-29T17:00', 'Christmas, Boxing Day and its substitute'],
    ['2026-08-12T09:00', '2026-08-13T17:00', 'the school holidays do not stop it'],
    ['2026-10-10T12:00', '2026-10-12T17:00', 'a Saturday'],
    ['2026-10-23T16:40', '2026-10-26T17:00', 'the clocks go back in between'],
    [
      '2027-03-26T10:00',
      '2027-03-30T17:00',
      'Good Friday to Easter Monday, and the clocks go forward',
    ],
  ])('told on %s, due on %s: %s', (told, expected) => {
    expect(due(told, 'one-working-day')).toBe(expected);
  });

  it('ends at 17:00 in England, in summer as in winter', () => {
    expect(dueAt('2026-10-23T15:40:00Z', 'one-working-day', time)).toBe('2026-10-26T17:00:00Z');
    expect(dueAt('2026-10-22T15:40:00Z', 'one-working-day', time)).toBe('2026-10-23T16:00:00Z');
    expect(dueAt('2027-03-25T15:40:00Z', 'one-working-day', time)).toBe('2027-03-30T16:00:00Z');
  });

  it('is the first day after that is neither weekend nor bank holiday, whenever somebody was told', () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 * 365 * 3 });
    fc.assert(
      fc.property(minutes, (after) => {
        const told = Temporal.Instant.from('2026-01-01T00:00:00Z')
          .add({ minutes: after })
          .toZonedDateTimeISO(london);
        const end = Temporal.Instant.from(
          dueAt(told.toInstant().toString(), 'one-working-day', time),
        ).toZonedDateTimeISO(london);
        expect(end.toPlainTime().toString()).toBe('17:00:00');
        const works = (day: Temporal.PlainDate) =>
          day.dayOfWeek <= 5 && !isEnglishBankHoliday(day.toString());
        expect(works(end.toPlainDate())).toBe(true);
        for (
          let day = told.toPlainDate().add({ days: 1 });
          Temporal.PlainDate.compare(day, end.toPlainDate()) < 0;
          day = day.add({ days: 1 })
        )
          expect(works(day)).toBe(false);
        expect(end.toPlainDate().toString() > told.toPlainDate().toString()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the school’s own clock', () => {
  it.each([
    ['2026-11-26T14:50', 'before-home', '2026-11-26T15:15', 'twenty-five minutes before home time'],
    [
      '2026-11-26T15:15',
      'before-home',
      '2026-11-30T15:15',
      'home time has passed, and Friday is a closed day',
    ],
    ['2026-12-18T17:00', 'end-of-day', '2027-01-04T16:30', 'the last day of term, after school'],
    [
      '2026-10-23T16:00',
      '60 school-minutes',
      '2026-11-02T08:30',
      'over half term and the change of clocks',
    ],
    ['2026-11-26T10:30', '60 school-minutes', '2026-11-26T11:30', 'within a day'],
    ['2026-11-26T06:00', '60 school-minutes', '2026-11-26T09:00', 'before school opens'],
    ['2026-11-26T10:30', '5 school-days', '2026-12-04T16:30', 'a closed day does not count'],
    ['2026-10-24T12:00', '1 days', '2026-10-25T12:00', 'a day of 25 hours is a day'],
    ['2027-03-27T12:00', '1 days', '2027-03-28T12:00', 'a day of 23 hours is a day'],
    [
      '2026-10-25T00:30',
      '2 hours',
      '2026-10-25T01:30',
      'two hours are two hours when the clocks go back',
    ],
  ])('%s and %s is %s: %s', (start, lasts, expected) => {
    expect(due(start, lasts)).toBe(expected);
  });

  it('counts no minute outside school hours, whenever it starts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 * 24 * 200 }),
        fc.integer({ min: 1, max: 600 }),
        (after, minutes) => {
          const start = Temporal.Instant.from('2026-09-01T00:00:00Z').add({ minutes: after });
          const end = Temporal.Instant.from(
            dueAt(start.toString(), `${String(minutes)} school-minutes`, time),
          );
          let open = 0;
          for (
            let now = start;
            Temporal.Instant.compare(now, end) < 0;
            now = now.add({ minutes: 1 })
          )
            if (isOpen(now.toString(), time)) open += 1;
          expect(open).toBe(minutes);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('knows a day in school from weekends, holidays, bank holidays and closed days', () => {
    const days = [
      '2026-11-26',
      '2026-11-27',
      '2026-11-28',
      '2026-10-28',
      '2026-12-25',
      '2027-01-01',
    ];
    expect(days.map((day) => isSchoolDay(day, time))).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
    const always = { ...time, calendar: { ...time.calendar, terms: [] } };
    expect(isSchoolDay('2026-10-28', always)).toBe(true);
  });

  it('throws for a duration that no procedure may have', () => {
    expect(() => dueAt(at('2026-11-26T10:00'), '3 fortnights', time)).toThrow(RangeError);
  });
});
