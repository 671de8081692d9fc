import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SchoolFile } from '../../src/domain/school.ts';
import { startFakeSmtp, type FakeSmtp } from '../support/fake-smtp.ts';
import {
  aboutIn,
  beginRaising,
  fillInConcern,
  heardOf,
  inChannel,
  raise,
  type Told,
} from '../support/journey-acts.ts';
import type { JourneyPerson } from '../support/journey-person.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

/* The chat platform is down (S49), or takes no message to somebody: the second way, and the next person. */

const from = 'concern@school.example';
const mailOf = (key: string) => `${key}@school.example`;

/** The school's file with an e-mail address for each of these people. */
const withMail =
  (...keys: string[]) =>
  (file: SchoolFile): SchoolFile => ({
    ...file,
    people: file.people.map((person) =>
      keys.includes(person.key) ? { ...person, email: mailOf(person.key) } : person,
    ),
  });

const picture: Told = {
  about: ['child-here'],
  kinds: ['nude-picture'],
  words: { said: 'A picture of Isadora goes round' },
};

/** Raises it and reads the reference, without waiting for whoever is told. */
async function raiseNow(journey: Journey, who: string): Promise<string> {
  const person = journey.person(who);
  await beginRaising(person);
  await fillInConcern(person, picture);
  await person.submit();
  const [reference] = /HS-\w{5}-\w{5}/.exec(person.screen()?.text ?? '') ?? [];
  person.close();
  if (reference === undefined) throw new Error('not saved');
  return reference;
}

/** The details to their last page. */
async function pages(person: JourneyPerson): Promise<string> {
  let read = person.screen()?.text ?? '';
  while (person.screen()?.buttons.includes('Earlier') === true) {
    await person.press('Earlier');
    read += person.screen()?.text ?? '';
  }
  return read;
}

/** The clock has looked at everything; what waits for its next try waits no longer. */
async function itBecomes(journey: Journey, time: string): Promise<void> {
  journey.itIs(time);
  await journey.bot.goRound();
  await journey.sql("UPDATE pgboss.job SET start_after = now() WHERE state < 'active'");
}

/** At each of these times, which lie further apart than two tries, what still waits is tried again. */
async function everythingGoesOut(journey: Journey, times: string[]): Promise<void> {
  const waiting = async () =>
    (await journey.sql(`SELECT FROM delivery WHERE state IN ('due', 'sending')`)).length;
  for (const time of times) {
    await itBecomes(journey, time);
    await expect
      .poll(waiting, { timeout: 5000, interval: 200 })
      .toBe(0)
      .catch(() => undefined);
    if ((await waiting()) === 0) return;
  }
}

describe.each(platforms)('the platform is down (S49) on %s', (platform) => {
  let journey: Journey;
  let smtp: FakeSmtp;
  let reference: string;
  beforeAll(async () => {
    smtp = await startFakeSmtp();
    journey = await startJourney({
      platform,
      school: 'hillside',
      mail: { url: smtp.url, from },
      change: withMail('amy.lowe', 'priya.nair', 'tom.hale'),
    });
    journey.itIs('13:00');
  });
  afterAll(() => smtp.stop());

  const mailsTo = (key: string) => smtp.seen.filter(({ to }) => to === mailOf(key));
  const everySecond = { timeout: 60_000, interval: 200 };

  it('takes the concern all the same', async () => {
    journey.upkeep.down(true);
    reference = await raiseNow(journey, 'amy.lowe');
    expect(inChannel(journey, 'priya.nair', reference)).toBe('');
    await itBecomes(journey, '13:09');
    expect(smtp.seen).toEqual([]);
  });

  it('tells Amy after ten minutes by the way that is left whom to ring', async () => {
    await itBecomes(journey, '13:11');
    await expect.poll(() => mailsTo('amy.lowe').length, everySecond).toBe(1);
    const [{ text } = { text: '' }] = mailsTo('amy.lowe');
    expect(text).toContain('it has not reached anybody');
    expect(text.replace(/=\n/g, '')).toContain('01632 960101');
    expect(smtp.seen.map(({ text: one }) => one).join()).not.toMatch(/HS-\w{5}|Isadora|icture/);
  });

  it('writes to the lead and to the next after fifteen, content-free', async () => {
    await itBecomes(journey, '13:16');
    await expect.poll(() => mailsTo('priya.nair').length, everySecond).toBeGreaterThan(0);
    await expect.poll(() => mailsTo('tom.hale').length, everySecond).toBe(1);
    expect(mailsTo('priya.nair')[0]?.text).toContain('Please open the app now');
    await itBecomes(journey, '13:17');
    expect(mailsTo('amy.lowe')).toHaveLength(1);
    expect(mailsTo('tom.hale')).toHaveLength(1);
  });

  it('sends everything once and in order when it is back, and says that it is late', async () => {
    await itBecomes(journey, '13:31');
    journey.upkeep.down(false);
    await everythingGoesOut(journey, ['13:37', '13:44', '13:51', '13:58', '14:05', '14:12']);
    const all = journey.person('priya.nair').channel(journey.leadChannel);
    const channel = all.filter(({ text }) => text.includes(reference)).map(({ text }) => text);
    expect(channel).toHaveLength(1);
    expect(channel[0]).toContain('Late: this was written Fri 27 Nov 13:0');
    const alarms = aboutIn(journey.person('priya.nair'), reference);
    expect(alarms.filter((text) => text.includes('Nobody has claimed it yet.\n'))).toHaveLength(1);
  });

  it('kept the deadlines running meanwhile: the leadership on call hears of it', () => {
    expect(aboutIn(journey.person('sana.malik'), reference)).toContainEqual(
      expect.stringContaining('This is reminder 3.'),
    );
    expect(heardOf(journey, 'Ruth Carr', reference)).toBe(false);
  });

  it('shows in the case who was reached, by which way and when', async () => {
    const tom = journey.person('tom.hale');
    await tom.press('Open', { on: reference });
    const read = await pages(tom);
    expect(read).toContain('told Tom Hale by e-mail: there is a new concern');
    expect(read).toMatch(/told the team’s channel by (Teams|Slack): there is a new concern/);
    tom.close();
  });

  itKeepsItsPromises(() => journey);
});

describe.each(platforms)('somebody cannot be written to on %s', (platform) => {
  let journey: Journey;
  let reference: string;
  let smtp: FakeSmtp;
  beforeAll(async () => {
    smtp = await startFakeSmtp();
    journey = await startJourney({
      platform,
      school: 'hillside',
      mail: { url: smtp.url, from },
      change: withMail('ewa.zielinska'),
    });
  });
  afterAll(() => smtp.stop());

  it('the lead, who has no other way: the deputies hear of it at once', async () => {
    journey.upkeep.unreachable('priya.nair');
    journey.upkeep.unreachable('ewa.zielinska');
    reference = await raise(journey, 'amy.lowe', picture);
    expect(aboutIn(journey.person('tom.hale'), reference)).toHaveLength(1);
    expect(inChannel(journey, 'tom.hale', reference)).toContain(reference);
    expect(aboutIn(journey.person('priya.nair'), reference)).toEqual([]);
    expect(heardOf(journey, 'Sana Malik', reference)).toBe(false);
  });

  it('a deputy who has an e-mail address: she gets one that says only that something waits', () => {
    expect(smtp.seen.map(({ to }) => to)).toEqual([mailOf('ewa.zielinska')]);
    expect(smtp.seen[0]?.text).toContain('There is a message for you');
    expect(smtp.seen[0]?.text).not.toMatch(/HS-\w{5}/);
  });

  it('stands in the case, with the way and the reason', async () => {
    const tom = journey.person('tom.hale');
    await tom.press('Open', { on: reference });
    const read = await pages(tom);
    expect(read).toMatch(/could not reach Priya Nair by (Teams|Slack): .*, because: /);
    expect(read).toMatch(/could not reach Ewa Zielinska by (Teams|Slack): .*, because: /);
    expect(read).toContain('told Ewa Zielinska by e-mail: there is a new concern');
    tom.close();
  });

  itKeepsItsPromises(() => journey);
});

describe.each(platforms)('nobody can be written to on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside', channel: false });
    for (const key of ['priya.nair', 'tom.hale', 'ewa.zielinska', 'sana.malik'])
      journey.upkeep.unreachable(key);
  });

  it('so the reporter hears at once whom to ring, and it never goes to anybody else', async () => {
    const reference = await raise(journey, 'joe.birch', picture);
    const told = aboutIn(journey.person('joe.birch'), reference).at(-1);
    expect(told).toContain('could not deliver it yet');
    expect(told).toContain('Please do not wait: ring the safeguarding team, 01632 960101');
    for (const name of ['Ruth Carr', 'Malcolm Dent', 'Ben Okoro', 'Grace Ilori'])
      expect(heardOf(journey, name, reference)).toBe(false);
    const tried = await journey.sql(`SELECT FROM case_event WHERE type = 'not-reached'`);
    expect(tried).toHaveLength(4);
  });

  itKeepsItsPromises(() => journey);
});
