import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  answer,
  claim,
  heardOf,
  openMatter,
  openStep,
  openSteps,
  raise,
  record,
  sentTo,
  type Told,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

/* What comes by the clock: the LADO's working day (S42), the week's summary (S45), the question to IT (S38). */

/** It becomes that time, and the clock has looked at everything. */
async function itBecomes(journey: Journey, time: string): Promise<void> {
  journey.itIs(time);
  await journey.bot.goRound();
  await journey.settled();
}

const allegation: Told = {
  about: ['adult-here'],
  kinds: ['grooming'],
  adult: { part: 'done-by', subject: 'Joe Birch' },
  words: { said: 'He wrote to Bartholomew at midnight' },
};

/** The headteacher opens it and answers that the harm threshold may be met. */
async function isUnsure(journey: Journey, reference: string, day: string, time: string) {
  const ruth = await openMatter(journey, 'ruth.carr', reference);
  await openStep(ruth, reference, 'Say which adult it is about');
  await ruth.press('That is who it is');
  await answer(ruth, reference, 'Does this adult work with children here?', 'Yes');
  await answer(ruth, reference, 'Is a child in danger now?', 'No');
  await record(ruth, reference, 'When was anyone here first told?', {
    'moment-date': day,
    'moment-time': time,
    'to-whom': 'The class teacher',
  });
  for (const question of ['May a child have been harmed?', 'May it be a crime involving a child?'])
    await answer(ruth, reference, question, 'No');
  await answer(ruth, reference, 'May the adult be a risk?', 'Not sure');
  await answer(ruth, reference, 'May they be unsuitable for children?', 'No');
  return ruth;
}

describe.each(platforms)('the LADO’s working day (S42) on %s', (platform) => {
  let journey: Journey;
  let reference: string;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside', at: '2026-05-01T15:40:00Z' });
  });

  const dueOf = async (told: string) => {
    const [row] = await journey.sql<{ due: Date }>(
      `SELECT due_at AS due FROM deadline JOIN case_file ON case_file.id = case_id
       WHERE reference = $1 AND what = 'staff/lado-clock'`,
      [told],
    );
    return row?.due.toISOString();
  };
  const ruths = () => aboutIn(journey.person('ruth.carr'), reference).length;

  it('ends on Tuesday at five for what was said on the Friday before a bank holiday', async () => {
    reference = await raise(journey, 'amy.lowe', allegation);
    const ruth = await isUnsure(journey, reference, '2026-05-01', '16:40');
    const steps = await openSteps(ruth, reference);
    expect(steps.text).toContain('The LADO must hear of it: Tue 5 May 17:00');
    for (const locked of ['Tell the adult', 'Tell the parents'])
      expect(steps.buttons).not.toContain(locked);
    ruth.close();
    expect(await dueOf(reference)).toBe('2026-05-05T16:00:00.000Z');
  });

  it('is called out to Ruth at half time and two hours before, without content', async () => {
    await journey.settled();
    await itBecomes(journey, '2026-05-03T15:45:00Z');
    const before = ruths();
    await itBecomes(journey, '2026-05-03T15:52:00Z');
    expect(ruths()).toBe(before + 1);
    await itBecomes(journey, '2026-05-05T13:58:00Z');
    const later = ruths();
    await itBecomes(journey, '2026-05-05T14:01:00Z');
    await journey.bot.goRound();
    await journey.settled();
    expect(ruths()).toBe(later + 1);
    const told = aboutIn(journey.person('ruth.carr'), reference).at(-1);
    expect(told).toBe(
      `${reference}: Something here needs you. It is due Tue 5 May 17:00. This is reminder 2.`,
    );
    expect(sentTo(journey, 'Malcolm Dent')).toBe(0);
  });

  it('tells the chair when it is over, without content, and nobody else', async () => {
    await itBecomes(journey, '2026-05-05T16:00:30Z');
    const malcolm = journey.person('malcolm.dent');
    expect(malcolm.chat().map(({ text }) => text)).toEqual([
      expect.stringMatching(new RegExp(`^A confidential matter needs you.\n${reference}`)),
    ]);
    for (const name of ['Priya Nair', 'Tom Hale', 'Ewa Zielinska', 'Sana Malik', 'Joe Birch'])
      expect(heardOf(journey, name, reference)).toBe(false);
  });

  it('stops when the LADO has been asked', async () => {
    const ruth = await openMatter(journey, 'ruth.carr', reference);
    await record(ruth, reference, 'Ring the LADO', {
      'spoke-to': 'The duty officer',
      'time-date': '2026-05-05',
      'time-time': '16:58',
      advice: 'Wait for the strategy meeting',
      ...Object.fromEntries(
        ['says-adult', 'says-parents', 'says-employer', 'says-asking', 'says-work'].map((field) => [
          field,
          'Wait',
        ]),
      ),
    });
    ruth.close();
    await journey.settled();
    const told = [ruths(), aboutIn(journey.person('malcolm.dent'), reference).length];
    await itBecomes(journey, '2026-05-06T16:30:00Z');
    expect([ruths(), aboutIn(journey.person('malcolm.dent'), reference).length]).toEqual(told);
    expect(ruth.chat().at(-1)?.text).not.toContain('It is due');
  });

  itKeepsItsPromises(() => journey);
});

describe.each(platforms)('the week’s summary (S45) on %s', (platform) => {
  let journey: Journey;
  const cases: string[] = [];
  const staff: string[] = [];
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside', at: '2026-11-24T09:30:00Z' });
    await journey.bot.goRound();
    const pupil = (kind: string): Told => ({
      about: ['child-here'],
      kinds: [kind],
      words: { said: 'Something about Isadora Fenwick' },
    });
    for (const kind of ['bullying', 'bullying', 'nude-picture'])
      cases.push(await raise(journey, 'amy.lowe', pupil(kind)));
    for (const subject of ['Joe Birch', 'Ben Okoro'])
      staff.push(
        await raise(journey, 'amy.lowe', {
          ...allegation,
          adult: { part: 'done-by', subject },
        }),
      );
    const tom = await claim(journey, 'tom.hale', cases[0]!);
    tom.close();
  });

  const summaries = () =>
    journey
      .person('priya.nair')
      .channel(journey.leadChannel)
      .filter(({ text }) => /This week/.test(text));

  it('comes on Friday at half past three, once, and not before', async () => {
    await itBecomes(journey, '2026-11-27T15:29:00Z');
    expect(summaries()).toEqual([]);
    await itBecomes(journey, '2026-11-27T15:30:30Z');
    await itBecomes(journey, '2026-11-27T15:32:00Z');
    expect(summaries()).toHaveLength(1);
  });

  it('says three, by kind and state, with references, and nothing of the two about staff', () => {
    const [{ text, notification } = { text: '', notification: '' }] = summaries();
    expect(text).toContain('This week: 3 open');
    expect(text).toMatch(/Bullying online\D*2/);
    expect(text).toContain('not claimed 2, in hand 1');
    expect(text).toContain(`${String(cases[1])}, for 3 days`);
    expect(text).not.toMatch(/hidden|restricted|confidential|late/i);
    for (const reference of staff) expect(text).not.toContain(reference);
    for (const name of ['Isadora', 'Hale', 'Tom', 'Year']) expect(text).not.toContain(name);
    expect(notification).toBe('The week’s summary is here.');
  });

  it('gives the headteacher her own two, privately, and nobody else', () => {
    const ruth = journey
      .person('ruth.carr')
      .chat()
      .filter(({ text }) => text.includes('Confidential matters'));
    expect(ruth).toHaveLength(1);
    for (const reference of staff) expect(ruth[0]?.text).toContain(reference);
    for (const reference of cases) expect(ruth[0]?.text).not.toContain(reference);
    expect(ruth[0]?.notification).toBe('A confidential list is here.');
    for (const name of ['Malcolm Dent', 'Grace Ilori', 'Sana Malik', 'Joe Birch', 'Ben Okoro'])
      expect(
        journey.workplace
          .recordings()
          .filter(({ to, body }) => to === name && /Confidential matters|This week/.test(body)),
      ).toEqual([]);
  });

  it('gives the governor numbers in which nothing below five is said', async () => {
    const grace = journey.person('grace.ilori');
    await grace.says('concern numbers');
    const told = grace.chat().at(-1)?.text ?? '';
    expect(told).toContain('fewer than 5');
    expect(told).not.toMatch(/: [1-4]\b/);
    for (const reference of [...cases, ...staff]) expect(told).not.toContain(reference);
  });

  it('that was missed comes late, says so, and comes once', async () => {
    const before = summaries().length;
    await itBecomes(journey, '2026-12-07T09:00:00Z');
    await itBecomes(journey, '2026-12-07T09:02:00Z');
    expect(summaries()).toHaveLength(before + 1);
    expect(summaries().at(-1)?.text).toContain(
      'This was due Fri 4 Dec 15:30 and comes late, because the app was not running.',
    );
  });

  it('does not come in the holidays', async () => {
    await itBecomes(journey, '2026-12-18T15:31:00Z');
    const before = summaries().length;
    await itBecomes(journey, '2026-12-28T12:00:00Z');
    await itBecomes(journey, '2027-01-04T08:30:00Z');
    expect(summaries()).toHaveLength(before);
    await itBecomes(journey, '2027-01-08T15:31:00Z');
    expect(summaries()).toHaveLength(before + 1);
  });

  itKeepsItsPromises(() => journey);
});

describe.each(platforms)('the weekly question to IT (S38) on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({
      platform,
      school: 'westmoor',
      at: '2026-11-30T08:30:00Z',
      change: (file) => ({
        ...file,
        terms: [
          { from: '2026-11-02', to: '2026-12-18' },
          { from: '2027-04-12', to: '2027-05-28' },
        ],
      }),
    });
    await journey.bot.goRound();
  });

  const asked = () => journey.person('lee.grant').chat().length;
  const told = () =>
    journey
      .person('daniel.stone')
      .chat()
      .filter(({ text }) => text.includes('report not confirmed'));

  it('comes on Monday at nine, once', async () => {
    await itBecomes(journey, '08:59');
    expect(asked()).toBe(0);
    await itBecomes(journey, '09:00');
    await journey.bot.goRound();
    await journey.settled();
    expect(asked()).toBe(1);
    expect(journey.person('lee.grant').chat().at(-1)?.text).toContain(
      'Do not send pictures of the screen',
    );
  });

  it('that is answered with nothing questionable is kept, and the lead hears nothing', async () => {
    const lee = journey.person('lee.grant');
    await lee.press('Nothing questionable');
    await journey.settled();
    expect(lee.chat().at(-1)?.text).toContain(
      'Monitoring report of this week: nothing questionable',
    );
    const kept = await journey.sql(
      `SELECT type FROM audit_entry WHERE type LIKE 'monitoring-%' AND actor IS NOT NULL`,
    );
    expect(kept).toEqual([{ type: 'monitoring-nothing' }]);
    await itBecomes(journey, '2026-12-02T09:01:00Z');
    expect(told()).toEqual([]);
  });

  it('that nobody answers is told to the lead on Wednesday, once, and an answer then shows there', async () => {
    await itBecomes(journey, '2026-12-07T09:00:30Z');
    expect(asked()).toBe(2);
    await itBecomes(journey, '2026-12-09T08:59:00Z');
    expect(told()).toEqual([]);
    await itBecomes(journey, '2026-12-09T09:00:30Z');
    await itBecomes(journey, '2026-12-09T09:02:00Z');
    expect(told()).toHaveLength(1);
    const lee = journey.person('lee.grant');
    await lee.press('Nothing questionable');
    await journey.settled();
    expect(told()).toEqual([]);
    expect(journey.person('daniel.stone').chat().at(-1)?.text).toContain('nothing questionable');
  });

  it('leads straight to the form when there is something', async () => {
    await itBecomes(journey, '2026-12-14T09:00:30Z');
    const lee = journey.person('lee.grant');
    await lee.press('Raise a concern');
    expect(lee.screen()?.text).toContain('Is anyone in danger right now?');
    lee.close();
    await itBecomes(journey, '2026-12-16T09:00:30Z');
    expect(told()).toEqual([]);
  });

  it('does not come in the holidays, and on Tuesday when Monday is a bank holiday', async () => {
    await itBecomes(journey, '2026-12-21T09:01:00Z');
    const before = asked();
    await itBecomes(journey, '2027-05-03T08:01:00Z');
    expect(asked()).toBe(before);
    await itBecomes(journey, '2027-05-04T08:00:30Z');
    expect(asked()).toBe(before + 1);
  });

  itKeepsItsPromises(() => journey);
});
