import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  beginRaising,
  claim,
  details,
  fillInConcern,
  heardOf,
  inChannel,
  raise,
  raiseEmergency,
  readable,
  saved,
  seen,
  sentTo,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const team = ['priya.nair', 'tom.hale', 'ewa.zielinska'];

describe.each(platforms)('what cannot wait on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  describe('an emergency (S1)', () => {
    let reference: string;

    it('asks about danger before any field, also by typing', async () => {
      const amy = journey.person('amy.lowe');
      await amy.says('/concern');
      expect(seen(amy)).toContain('Is anyone in danger right now?');
      expect(amy.screen()?.fields ?? []).toEqual([]);
    });

    it('shows 999 and whom to find, with their phones, before there is anything to fill in', async () => {
      const amy = journey.person('amy.lowe');
      await amy.press('Yes, right now');
      const card = amy.screen()?.text ?? '';
      expect(card.indexOf('Ring 999 now')).toBeLessThan(card.indexOf('Who is in danger?'));
      for (const who of [
        'Priya Nair, 01632 960102',
        'Tom Hale, 01632 960103',
        'Ewa Zielinska, 01632 960104',
      ])
        expect(card).toContain(who);
      const boxes = amy.screen()?.fields.filter(({ type }) => type === 'text');
      expect(boxes?.map(({ label }) => label)).toEqual([
        'Who is in danger?',
        'Where are they now?',
      ]);
    });

    it('alerts the whole team and the leadership on call at once, boxes filled or not', async () => {
      const amy = journey.person('amy.lowe');
      amy.fill({ adult: 'no' });
      await amy.submit();
      await journey.settled();
      [reference = ''] = /HS-\w{5}-\w{5}/.exec(seen(amy)) ?? [];
      expect(inChannel(journey, 'priya.nair', reference)).toContain('EMERGENCY');
      for (const key of [...team, 'sana.malik'])
        expect(aboutIn(journey.person(key), reference)).toEqual([
          expect.stringContaining('Somebody is in danger. Find the person who raised it'),
        ]);
    });

    it('tells nobody else', () => {
      for (const name of ['Ruth Carr', 'Malcolm Dent', 'Joe Birch', 'Ben Okoro', 'Grace Ilori'])
        expect(sentTo(journey, name)).toBe(0);
    });

    it('lets the leadership on call take it, and the channel says who', async () => {
      const sana = journey.person('sana.malik');
      await sana.press('Claim', { on: reference });
      await journey.settled();
      expect(inChannel(journey, 'priya.nair', reference)).toContain('Claimed by S. Malik');
      expect(aboutIn(sana, reference).at(-1)).toContain('Ring 999 now');
    });

    it('keeps both boxes, and who it is about stays out of every message', async () => {
      const filled = await raiseEmergency(journey, 'joe.birch', {
        adult: 'no',
        who: 'Ferdinand Kingfisher',
        where: 'behind the gym',
      });
      const tom = await claim(journey, 'tom.hale', filled);
      const read = await details(tom, filled);
      expect(read).toContain('Ferdinand Kingfisher');
      expect(read).toContain('behind the gym');
      tom.close();
    });

    it('makes one alarm of a form that is sent five times', async () => {
      const joe = journey.person('joe.birch');
      await joe.raises();
      await joe.press('Yes, right now');
      joe.fill({ adult: 'no', who: 'Cornelius' });
      journey.workplace.deliverNext(5);
      const before = await journey.sql('SELECT id FROM case_file');
      await joe.submit();
      await journey.settled();
      joe.close();
      expect(await journey.sql('SELECT id FROM case_file')).toHaveLength(before.length + 1);
    });
  });

  describe('nobody acknowledges (S3)', () => {
    let reference: string;

    it('tells the lead at once when it is urgent, and the deputies only through the channel', async () => {
      journey.itIs('13:00');
      reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['nude-picture'],
        words: { said: 'A picture of Isadora goes round' },
      });
      expect(aboutIn(journey.person('priya.nair'), reference)).toHaveLength(1);
      for (const key of ['tom.hale', 'ewa.zielinska', 'sana.malik'])
        expect(aboutIn(journey.person(key), reference)).toEqual([]);
    });

    it('tells nobody before its time', async () => {
      journey.itIs('13:09');
      await journey.chase();
      await journey.settled();
      for (const key of ['tom.hale', 'ewa.zielinska', 'sana.malik'])
        expect(aboutIn(journey.person(key), reference)).toEqual([]);
    });

    it('reminds the deputies after ten minutes, once', async () => {
      journey.itIs('13:11');
      await journey.chase();
      await journey.chase();
      await journey.settled();
      for (const key of ['tom.hale', 'ewa.zielinska'])
        expect(aboutIn(journey.person(key), reference)).toEqual([
          expect.stringContaining('Nobody has claimed it yet'),
        ]);
      expect(aboutIn(journey.person('sana.malik'), reference)).toEqual([]);
      expect(aboutIn(journey.person('amy.lowe'), reference)).toHaveLength(1);
    });

    it('tells the leadership on call after twenty, and Amy whom to phone', async () => {
      journey.itIs('13:21');
      await journey.chase();
      await journey.settled();
      expect(aboutIn(journey.person('sana.malik'), reference)).toHaveLength(1);
      const told = aboutIn(journey.person('amy.lowe'), reference).at(-1);
      expect(told).toContain('nobody has acknowledged it yet');
      expect(told).toContain(
        'Please ring the safeguarding team, 01632 960101, or First Contact, 01632 960111',
      );
    });

    it('stops once Tom claims it, and never reached the headteacher', async () => {
      journey.itIs('13:22');
      const tom = journey.person('tom.hale');
      await tom.press('Claim', { on: reference });
      await journey.settled();
      const counts = () =>
        ['priya.nair', 'tom.hale', 'ewa.zielinska', 'sana.malik'].map(
          (key) => aboutIn(journey.person(key), reference).length,
        );
      const before = counts();
      journey.itIs('13:59');
      await journey.chase();
      await journey.settled();
      expect(counts()).toEqual(before);
      expect(heardOf(journey, 'Ruth Carr', reference)).toBe(false);
      expect(aboutIn(journey.person('amy.lowe'), reference).at(-1)).toContain('seen by');
    });

    it('begins again when it is given back, with the ten minutes of a new wait', async () => {
      const tom = journey.person('tom.hale');
      await details(tom, reference);
      await tom.press('Give it back');
      tom.fill({ reason: 'I have to teach' });
      await tom.submit();
      tom.close();
      await journey.settled();
      for (const key of ['priya.nair', 'ewa.zielinska'])
        expect(aboutIn(journey.person(key), reference).at(-1)).toContain('Please claim it.');
      const before = aboutIn(journey.person('ewa.zielinska'), reference).length;
      await journey.chase();
      await journey.settled();
      expect(aboutIn(journey.person('ewa.zielinska'), reference)).toHaveLength(before);
      journey.itIs('14:10');
      await journey.chase();
      await journey.settled();
      expect(aboutIn(journey.person('ewa.zielinska'), reference)).toHaveLength(before + 1);
    });
  });

  describe('words of immediate danger', () => {
    it('show 999 again, and decide nothing else', async () => {
      const amy = journey.person('amy.lowe');
      await beginRaising(amy, 'chat');
      await fillInConcern(amy, {
        about: ['child-here'],
        kinds: ['bullying'],
        words: { said: 'Lucretia says she will kill herself tonight' },
      });
      await amy.submit();
      expect(readable(amy).join('\n')).toMatch(/ring 999 first. Do not wait/);
      const reference = await saved(journey, amy);
      expect(inChannel(journey, 'priya.nair', reference)).toContain('Routine');
    });
  });

  itKeepsItsPromises(() => journey);
});
