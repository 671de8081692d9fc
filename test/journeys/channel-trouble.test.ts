import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  beginRaising,
  fillInConcern,
  inChannel,
  raise,
  readable,
  type Told,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { channelTroubles, platforms, startJourney, type Journey } from '../support/journey.ts';

/* The lead's channel is not as closed as it must be: nothing is posted there, and the lead hears of it. */

const bullying: Told = {
  about: ['child-here'],
  kinds: ['bullying'],
  words: { said: 'Everybody laughs at Demetrius' },
};
const alarm = 'Please look at the team’s channel';
const team = ['priya.nair', 'tom.hale', 'ewa.zielinska'];

describe.each(platforms)('trouble with the lead’s channel on %s', (platform) => {
  let journey: Journey;
  let minutes = 0;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
    await journey.bot.goRound();
  });

  const later = async (by: number) => {
    minutes += by;
    journey.itIs(new Date(Date.parse('2026-11-27T10:30:00Z') + minutes * 60_000).toISOString());
    await journey.bot.goRound();
  };
  const priyaReads = () => readable(journey.person('priya.nair'))[1] ?? '';

  describe.each(channelTroubles[platform])('(%s)', (trouble) => {
    let spoilt: { end: () => void };

    it('holds the post, and each of the team hears in their own chat, and why', async () => {
      spoilt = journey.upkeep.spoilChannel(trouble);
      const reference = await raise(journey, 'amy.lowe', bullying);
      expect(inChannel(journey, 'priya.nair', reference)).toBe('');
      for (const key of team) {
        const told = aboutIn(journey.person(key), reference);
        expect(told[0]).toContain('Bullying online');
        expect(told[1]).toContain('the channel is not as private as it must be');
      }
    });

    it('raises the alarm with the lead when the channel is next looked at, once', async () => {
      await later(61);
      await journey.settled();
      expect(priyaReads()).toContain(alarm);
      const before = alarms();
      await later(61);
      await journey.settled();
      expect(alarms()).toBe(before);
    });

    it('says when all is well again, and then posts there', async () => {
      spoilt.end();
      await later(61);
      await journey.settled();
      expect(priyaReads()).toContain('All is well with the team’s channel');
      const reference = await raise(journey, 'amy.lowe', bullying);
      expect(inChannel(journey, 'priya.nair', reference)).toContain('Bullying online');
    });
  });

  it('waits while the platform does not say who can read there, and the lead hears of that', async () => {
    const { end } = journey.upkeep.spoilChannel('silent');
    const before = alarms();
    const amy = journey.person('amy.lowe');
    await beginRaising(amy);
    await fillInConcern(amy, bullying);
    await amy.submit();
    const [reference = ''] = /HS-\w{5}-\w{5}/.exec(readable(amy).join()) ?? [];
    await amy.until(() => aboutIn(amy, reference).length > 0);
    amy.close();
    await later(1);
    await later(2);
    await amy.until(() => alarms() === before + 1);
    expect(priyaReads()).toContain('I cannot see who can read it.');
    expect(inChannel(journey, 'priya.nair', reference)).toBe('');
    end();
    await later(6);
    await journey.settled();
    expect(inChannel(journey, 'priya.nair', reference)).toContain('Bullying online');
    expect(priyaReads()).toContain('All is well with the team’s channel');
  });

  /** How many the lead has. */
  function alarms(): number {
    return journey
      .person('priya.nair')
      .chat()
      .filter(({ text }) => text.includes(alarm)).length;
  }

  it('alarms nobody but the lead', () => {
    const alarmed = journey.workplace.recordings().filter(({ body }) => body.includes(alarm));
    expect(new Set(alarmed.map(({ to }) => to))).toEqual(new Set(['Priya Nair']));
  });

  itKeepsItsPromises(() => journey);
});
