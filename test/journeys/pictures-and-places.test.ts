import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  heardOf,
  inChannel,
  raise,
  reads,
  saved,
  seen,
  sentTo,
  type Told,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { platforms, readSchoolFile, startJourney, type Journey } from '../support/journey.ts';

const bullying: Told = {
  about: ['child-here'],
  kinds: ['bullying'],
  words: { said: 'Hermione is pushed about' },
};

describe.each(platforms)('pictures, channels and schools on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  describe('a picture dropped in the chat (S4)', () => {
    let reference: string;

    it('is stopped at once, with whom to tell face to face', async () => {
      const joe = journey.person('joe.birch');
      await joe.sendsPicture();
      const answer = seen(joe);
      expect(answer).toContain('Stop');
      expect(answer).toContain('Please do not send or open pictures or files here.');
      expect(answer).toContain('Tell one of these people face to face now:');
      expect(answer).toContain('Priya Nair, 01632 960102');
      [reference = ''] = /HS-\w{5}-\w{5}/.exec(answer) ?? [];
      await journey.settled();
    });

    it('raises a flag with the team and opens a stub, without a preview', async () => {
      expect(inChannel(journey, 'tom.hale', reference)).not.toBe('');
      for (const key of ['priya.nair', 'tom.hale', 'ewa.zielinska'])
        expect(aboutIn(journey.person(key), reference)).toEqual([
          expect.stringContaining(
            'Somebody sent a picture or a file to the bot. It was not opened.',
          ),
        ]);
      const tom = journey.person('tom.hale');
      await tom.press('Open', { on: reference });
      expect(tom.screen()?.text).toContain('Joe Birch');
      tom.close();
    });

    it('is fetched, shown, passed on and named nowhere', () => {
      expect(journey.workplace.violations()).toEqual([]);
      for (const { body } of journey.workplace.recordings()) {
        expect(body).not.toMatch(/\.png|F0INVENTED|\/files\//);
        expect(body).not.toContain('Image');
      }
      expect(journey.logged.join('')).not.toMatch(/\.png|F0INVENTED/);
    });

    it('is one stub, however many pictures come', async () => {
      const joe = journey.person('joe.birch');
      const before = await journey.sql('SELECT id FROM case_file');
      journey.workplace.deliverNext(3);
      await joe.sendsPicture();
      await joe.sendsPicture();
      await journey.settled();
      expect(await journey.sql('SELECT id FROM case_file')).toHaveLength(before.length);
    });
  });

  describe('what is only typed', () => {
    it('is not kept, and Joe is told so', async () => {
      const joe = journey.person('joe.birch');
      await joe.says('Algernon told me something awful');
      expect(seen(joe)).toContain('Not saved. I do not keep what is typed here.');
      await joe.press('Raise it as a concern');
      await reads(joe, 'Is anyone in danger right now?');
    });

    it('is answered privately when it was typed to the bot in a channel, where nothing is said', async () => {
      await journey.upkeep.staffRoom('Staff room', 'joe.birch');
      const joe = journey.person('joe.birch');
      await joe.saysIn('Staff room', 'worried about Algernon in Y6');
      await journey.settled();
      expect(joe.channel('Staff room')).toHaveLength(1);
      expect(joe.channel('Staff room')[0]?.buttons).toEqual([]);
    });
  });

  describe('a bot that somebody has added to a team', () => {
    it('goes on writing to people in their own chats', async () => {
      await journey.upkeep.staffRoom('Whole school', 'amy.lowe');
      const reference = await raise(journey, 'amy.lowe', bullying);
      expect(aboutIn(journey.person('amy.lowe'), reference)).toHaveLength(1);
      expect(journey.person('amy.lowe').channel('Whole school')).toEqual([]);
      expect(journey.person('amy.lowe').channel('Staff room')).toHaveLength(1);
    });
  });

  describe('the lead’s channel', () => {
    it('takes nothing while somebody reads there who is not of the team; they hear in their own chats', async () => {
      await journey.upkeep.joinsLeads('Ben Okoro');
      const reference = await raise(journey, 'amy.lowe', bullying);
      expect(inChannel(journey, 'priya.nair', reference)).toBe('');
      for (const key of ['priya.nair', 'tom.hale', 'ewa.zielinska']) {
        const told = aboutIn(journey.person(key), reference);
        expect(told).toHaveLength(2);
        expect(told[1]).toContain('the channel is not as private as it must be');
      }
      expect(heardOf(journey, 'Ben Okoro', reference)).toBe(false);
    });

    it('takes back what stands there once a stranger can read it', async () => {
      const reference = await raise(journey, 'amy.lowe', bullying);
      const priya = journey.person('priya.nair');
      await priya.press('Claim', { on: reference });
      await journey.settled();
      for (const { text } of priya.channel(journey.leadChannel))
        expect(text).not.toContain('Claimed by');
    });

    it('is passed over also when it failed first', async () => {
      journey.upkeep.failNext(1);
      const reference = await raise(journey, 'amy.lowe', bullying);
      journey.itIs('10:50');
      await waitFor(() => aboutIn(journey.person('ewa.zielinska'), reference).length === 2);
      expect(inChannel(journey, 'priya.nair', reference)).toBe('');
    });
  });

  describe('one account, two schools', () => {
    it('asks which, and takes it to that school alone', async () => {
      await alsoWorksAtFernbrook();
      const amy = journey.person('amy.lowe');
      await amy.raises();
      expect(amy.screen()?.text).toContain('Which school is it about?');
      expect(amy.screen()?.text).toContain('In danger, ring 999 first.');
      const before = sentTo(journey, 'Priya Nair');
      await amy.press('Fernbrook Primary School');
      await amy.press('No, or I’m not sure');
      expect(amy.screen()?.text).toContain('First Contact (01632 960111)');
      amy.fill({ about: ['child-here'], kinds: ['bullying'] });
      await amy.submit();
      amy.fill({ said: 'At the other school, Maximilian', told: 'yes' });
      await amy.submit();
      const reference = await saved(journey, amy);
      expect(reference).toMatch(/^FB-/);
      await journey.settled();
      expect(sentTo(journey, 'Priya Nair')).toBe(before);
    });

    it('stops a picture before it asks which', async () => {
      const amy = journey.person('amy.lowe');
      await amy.sendsPicture();
      expect(seen(amy)).toContain('Please do not send or open pictures or files here.');
      expect(seen(amy)).toContain('Which school is it about?');
      await amy.press('Hillside Primary School');
      await reads(amy, 'Reference HS-');
      await journey.settled();
    });

    async function alsoWorksAtFernbrook() {
      const file = readSchoolFile('fernbrook');
      const people = file.people.map((person) => {
        const { teams: _teams, slack: _slack, ...rest } = person;
        return person.key === 'joe.birch'
          ? { ...rest, name: 'Amy Lowe', ...journey.upkeep.accountOf('amy.lowe') }
          : rest;
      });
      await journey.bot.store.applySchool(
        { ...file, people, channels: {} },
        '2026-11-27T10:00:00Z',
      );
    }
  });

  async function waitFor(what: () => boolean) {
    await journey.person('amy.lowe').until(what);
  }

  itKeepsItsPromises(() => journey);
});
