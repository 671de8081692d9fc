import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  answer,
  beginRaising,
  claim,
  details,
  fillInConcern,
  heardOf,
  inChannel,
  openMatter,
  openStep,
  openSteps,
  raise,
  raiseEmergency,
  record,
  saved,
  seen,
  sentTo,
  walkOf,
  type Told,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const team = ['priya.nair', 'tom.hale', 'ewa.zielinska'];

const coach: Told = {
  about: ['child-here', 'unknown-adult'],
  kinds: ['grooming'],
  words: { said: 'Somebody, maybe a coach, wrote to Philippa at night' },
};

const assistant: Told = {
  about: ['adult-here'],
  kinds: ['extremism'],
  adult: { part: 'done-by', subject: 'Joe Birch' },
  words: { said: 'He showed Bartholomew a martyrdom video' },
};

describe.each(platforms)('concerns about adults on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  const channelOf = () => journey.person('priya.nair').channel(journey.leadChannel).length;
  const nobodyOfTheTeamHeard = (reference: string) => {
    for (const key of team) expect(aboutIn(journey.person(key), reference)).toEqual([]);
    expect(inChannel(journey, 'priya.nair', reference)).toBe('');
  };

  describe('an adult who may work here (S7)', () => {
    let reference: string;

    it('goes to the headteacher alone, without content', async () => {
      reference = await raise(journey, 'amy.lowe', coach);
      nobodyOfTheTeamHeard(reference);
      expect(channelOf()).toBe(0);
      const ruth = journey.person('ruth.carr');
      expect(ruth.chat().map(({ text, notification }) => [text, notification])).toEqual([
        [
          expect.stringMatching(
            new RegExp(`^A confidential matter needs you.\n${reference} · 10:3\\d$`),
          ),
          'A confidential matter needs you.',
        ],
      ]);
    });

    it('tells Amy where it went and that she may ring the LADO herself', () => {
      const [receipt] = aboutIn(journey.person('amy.lowe'), reference);
      expect(receipt).toContain('It has gone to the headteacher, not to the safeguarding team');
      expect(receipt).toContain('You may ring the LADO yourself: the LADO, 01632 960222');
      expect(receipt).not.toContain('01632 960101');
    });

    it('is nothing to the team: not by reference, not in a list, not by an old button', async () => {
      const priya = journey.person('priya.nair');
      await priya.says(reference);
      expect(seen(priya)).toContain('There is nothing here for you.');
      await priya.says('concern cases');
      expect(seen(priya)).toContain('Nothing open.');
      const open = journey.person('ruth.carr').keep('Open', { on: reference });
      expect(await priya.pressKept(open)).toContain('no longer valid');
      priya.close();
    });

    it('is released to the team by the headteacher’s answer, with the reason', async () => {
      const ruth = await openMatter(journey, 'ruth.carr', reference);
      await openStep(ruth, reference, 'Does this adult work with children here?');
      ruth.fill({
        chosen: 'No: hand it to the safeguarding team',
        reason: 'The coach is of another club, says Wolfgang',
      });
      await ruth.submit();
      expect(seen(ruth)).toContain('no longer in your list');
      ruth.close();
      await journey.settled();
      expect(inChannel(journey, 'tom.hale', reference)).toContain('URGENT');
      expect(await journey.record(reference)).toContainEqual(
        expect.objectContaining({ type: 'released-to-lead', by: 'Ruth Carr' }),
      );
      expect(aboutIn(ruth, reference)).toEqual([`${reference} is no longer in this list.`]);
    });

    it('is seen by the team when the team claims it, and what the manager wrote stays with her', async () => {
      journey.itIs('10:50');
      const priya = await claim(journey, 'priya.nair', reference);
      expect(inChannel(journey, 'tom.hale', reference)).toContain('Claimed by P. Nair 10:50');
      expect(aboutIn(journey.person('amy.lowe'), reference).at(-1)).toContain(
        'seen by the safeguarding team at 10:50',
      );
      const read = await details(priya, reference);
      expect(read).toContain('Philippa');
      expect(read).not.toContain('Wolfgang');
      priya.close();
    });
  });

  describe('a radicalised teaching assistant (S34)', () => {
    let reference: string;

    it('goes to the headteacher alone, and never to him', async () => {
      const before = channelOf();
      reference = await raise(journey, 'amy.lowe', assistant);
      nobodyOfTheTeamHeard(reference);
      expect(channelOf()).toBe(before);
      expect(sentTo(journey, 'Joe Birch')).toBe(0);
      expect(aboutIn(journey.person('ruth.carr'), reference)).toHaveLength(1);
    });

    it('starts the LADO’s clock when his suitability is in doubt, and asks for Prevent', async () => {
      const ruth = await openMatter(journey, 'ruth.carr', reference);
      expect(ruth.screen()?.text).toContain('Never speak to the adult first');
      await openStep(ruth, reference, 'Say which adult it is about');
      await ruth.press('That is who it is');
      await answer(ruth, reference, 'Does this adult work with children here?', 'Yes');
      await answer(ruth, reference, 'Is a child in danger now?', 'No');
      await record(ruth, reference, 'When was anyone here first told?', {
        'moment-date': '2026-11-27',
        'moment-time': '09:15',
        'to-whom': 'The class teacher',
      });
      await answer(ruth, reference, 'What may the adult have done?', ['Extremism']);
      for (const question of [
        'May a child have been harmed?',
        'May it be a crime involving a child?',
        'May the adult be a risk?',
      ])
        await answer(ruth, reference, question, 'No');
      await answer(ruth, reference, 'May they be unsuitable for children?', 'Yes');
      const steps = await openSteps(ruth, reference);
      expect(steps.text).toContain('The LADO must hear of it: Mon 30 Nov 17:00');
      expect(steps.buttons).toContain('Ring the LADO');
      expect(steps.buttons).not.toContain('Tell the adult');
      expect(steps.text).toContain('Record what the LADO advised.');
      ruth.close();
    });

    it('says in Ruth’s chat when it is due and nothing else', () => {
      const { warningSign } = journey.workplace;
      expect(aboutIn(journey.person('ruth.carr'), reference)).toEqual([
        expect.stringMatching(
          new RegExp(
            `^A confidential matter needs you\\.\nHS-.* · 10:5\\d\n${warningSign}Next due`,
          ),
        ),
      ]);
    });

    it('gives the team the child’s side as a case of its own, without the adult’s name', async () => {
      const ruth = journey.person('ruth.carr');
      await ruth.press('Open', { on: reference });
      await openStep(ruth, reference, 'Give the team the child’s side');
      expect(ruth.screen()?.buttons).not.toContain('Save');
      await ruth.press('Tell the safeguarding team');
      ruth.fill({ child: 'Bartholomew Quince, Year 5', said: 'Joe Birch showed him a film' });
      await ruth.submit();
      expect(seen(ruth)).toContain('The adult’s name stands in what you wrote');
      ruth.fill({ said: 'He was shown a violent film by an adult. Please look after him.' });
      await ruth.submit();
      const [own] = /as (HS-\w{5}-\w{5})/.exec(seen(ruth))?.slice(1) ?? [];
      if (own === undefined) throw new Error(seen(ruth));
      ruth.close();
      await journey.settled();
      expect(inChannel(journey, 'tom.hale', own)).toContain('URGENT');
      const tom = await claim(journey, 'tom.hale', own);
      const read = await details(tom, own);
      expect(read).toContain('Bartholomew Quince');
      expect(read).not.toContain('Joe Birch');
      expect(read).not.toContain(reference);
      tom.close();
    });

    it('tells Amy nothing more, whatever is done', async () => {
      journey.itIs('14:00');
      await journey.chase();
      await journey.settled();
      expect(aboutIn(journey.person('amy.lowe'), reference)).toHaveLength(1);
      const amy = journey.person('amy.lowe');
      await amy.says('concern mine');
      expect(seen(amy)).toMatch(new RegExp(`${reference}: raised Fri 27 Nov 10:5\\d(\n|$)`));
    });
  });

  describe('a case that turns out to be about an adult (S36)', () => {
    let reference: string;

    it('moves to the manager whole when it was a teacher’s log-in, and says nothing of why', async () => {
      reference = await raise(journey, 'amy.lowe', {
        about: ['system'],
        kinds: ['unsuitable-site'],
        words: { said: 'Pictures came up on the laptop of Mortimer’s table' },
      });
      const priya = await claim(journey, 'priya.nair', reference);
      const tomsOpen = journey.person('tom.hale').keep('Open', {
        channel: journey.leadChannel,
        on: reference,
      });
      const note = await priyasNote(reference);
      await answer(priya, reference, 'Is any child at risk right now?', 'No');
      await answer(priya, reference, 'What got through, or is blocked?', [
        'Legal but not right for children',
      ]);
      await answer(priya, reference, 'By chance, or looked for?', 'It was an adult’s log-in');
      expect(seen(priya)).toContain('It has gone to the right person');
      priya.close();
      await journey.settled();
      expect(inChannel(journey, 'tom.hale', reference)).toBe(
        `${reference} is no longer in this list.`,
      );
      for (const text of aboutIn(priya, reference))
        expect(text).toBe(`${reference} is no longer in this list.`);
      expect(aboutIn(journey.person('ruth.carr'), reference)).toHaveLength(1);
      expect(await journey.person('tom.hale').pressKept(tomsOpen)).toContain(
        'There is nothing here for you.',
      );
      expect(await priya.pressKept(note)).toContain('There is nothing here for you.');
      journey.person('tom.hale').close();
      priya.close();
    });

    /** A note form that was open before the case moved. */
    async function priyasNote(of: string) {
      const priya = journey.person('priya.nair');
      await priya.press('Note', walkOf(priya, of)?.at);
      priya.fill({ text: 'Never to be saved, Gwendolen' });
      const note = priya.keep('Save');
      priya.close();
      return note;
    }

    it('keeps what the team read before in the audit, and their refused presses too', async () => {
      const rows = await journey.sql<{ type: string }>(
        `SELECT type FROM school_event WHERE type = 'denied'`,
      );
      expect(rows.length).toBeGreaterThan(0);
      const kept = await journey.record(reference);
      expect(kept.map(({ type }) => type)).toContain('moved-to-manager');
      expect(kept.some(({ type }) => type === 'noted')).toBe(false);
    });

    it('gives the new manager her own time before anybody is told that she has not looked', async () => {
      await journey.chase();
      await journey.settled();
      expect(aboutIn(journey.person('malcolm.dent'), reference)).toEqual([]);
      expect(aboutIn(journey.person('amy.lowe'), reference).join()).not.toContain(
        'not been opened',
      );
    });

    it('tells Amy what to do when nobody opens it, and the chair after two hours', async () => {
      journey.itIs('14:15');
      await journey.chase();
      journey.itIs('14:30');
      await journey.chase();
      await journey.settled();
      const told = aboutIn(journey.person('amy.lowe'), reference).at(-1);
      expect(told).toContain('it has not been opened yet');
      expect(told).toContain('Please ring the LADO, 01632 960222, or First Contact, 01632 960111');
      expect(told).not.toContain('960101');
      expect(aboutIn(journey.person('malcolm.dent'), reference)).toEqual([]);
      journey.itIs('16:29');
      await journey.chase();
      await journey.settled();
      expect(aboutIn(journey.person('malcolm.dent'), reference)).toEqual([
        expect.stringMatching(/^A confidential matter needs you\.\nHS-.{11} · \d\d:\d\d$/),
      ]);
    });
  });

  describe('something added that brings an adult into it', () => {
    let reference: string;

    it('asks about the adult first, moves the case at once and takes it from the team', async () => {
      reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['bullying'],
        words: { said: 'Cuthbert is being laughed at' },
      });
      await claim(journey, 'priya.nair', reference);
      const amy = journey.person('amy.lowe');
      await amy.press('Add something', { on: reference });
      expect(amy.screen()?.fields.map(({ id }) => id)).toEqual(['adult', 'subject']);
      amy.fill({ adult: 'Yes, something they did', subject: 'Tom Hale' });
      await amy.submit();
      expect(amy.screen()?.text).toContain('no longer to the safeguarding team');
      amy.fill({ said: 'A teacher called Cuthbert names, said Evangeline' });
      await amy.submit();
      expect(seen(amy)).toContain('Added at');
      amy.close();
      await journey.settled();
      expect(inChannel(journey, 'ewa.zielinska', reference)).toBe(
        `${reference} is no longer in this list.`,
      );
      expect(aboutIn(journey.person('tom.hale'), reference)).toEqual([]);
    });

    it('shows both texts to the headteacher', async () => {
      const ruth = await openMatter(journey, 'ruth.carr', reference);
      const read = await details(ruth, reference);
      expect(read).toContain('Cuthbert is being laughed at');
      expect(read).toContain('said Evangeline');
      ruth.close();
    });

    it('adds what was sent once, however often it comes', async () => {
      const amy = journey.person('amy.lowe');
      await amy.press('Add something', { on: reference });
      amy.fill({ adult: 'No' });
      await amy.submit();
      amy.fill({ said: 'Only once more, Leopoldine' });
      const send = amy.keep('Send');
      journey.workplace.deliverNext(3);
      await amy.submit();
      expect(await amy.pressKept(send)).toContain('This was added before');
      amy.close();
      const added = (await journey.record(reference)).filter(({ type }) => type === 'words-added');
      expect(added).toHaveLength(2);
    });
  });

  describe('the headteacher herself', () => {
    it('never receives what names her only in its text, once Amy has been asked', async () => {
      const reference = await raise(journey, 'amy.lowe', {
        about: ['adult-here', 'child-here'],
        kinds: ['adult-behaviour'],
        adult: { part: 'done-by', 'subject-typed': 'the one who took the assembly' },
        words: { said: 'Mrs Carr pulled Octavian by the ear' },
        check: { involved: 'yes' },
      });
      expect(heardOf(journey, 'Ruth Carr', reference)).toBe(false);
      expect(aboutIn(journey.person('malcolm.dent'), reference)).toHaveLength(1);
      expect(aboutIn(journey.person('amy.lowe'), reference)[0]).toContain('the chair of governors');
    });

    it('receives it when Amy says that she only helped', async () => {
      const reference = await raise(journey, 'amy.lowe', {
        about: ['adult-here'],
        kinds: ['adult-behaviour'],
        adult: { part: 'done-by', subject: 'Ben Okoro' },
        words: { said: 'He shouted, and Ruth Carr calmed Florian down' },
        check: { involved: 'no' },
      });
      expect(aboutIn(journey.person('ruth.carr'), reference)).toHaveLength(1);
      expect(sentTo(journey, 'Ben Okoro')).toBe(0);
    });

    it('loses it to the chair at the moment she turns out to be the adult', async () => {
      const reference = await raise(journey, 'amy.lowe', {
        about: ['adult-here'],
        kinds: ['adult-behaviour'],
        adult: { part: 'not-sure' },
        words: { said: 'An adult in a grey coat shouted at Peregrine' },
      });
      const ruth = await openMatter(journey, 'ruth.carr', reference);
      const kept = ruth.keep('All steps');
      ruth.close();
      const amy = journey.person('amy.lowe');
      await amy.press('Add something', { on: reference });
      amy.fill({ adult: 'Yes, something they did', subject: 'Ruth Carr' });
      await amy.submit();
      amy.fill({ said: 'It was her, Peregrine says now' });
      await amy.submit();
      amy.close();
      await journey.settled();
      expect(aboutIn(ruth, reference)).toEqual([`${reference} is no longer in this list.`]);
      expect(await ruth.pressKept(kept)).toContain('There is nothing here for you.');
      ruth.close();
      await ruth.says(reference);
      expect(seen(ruth)).toContain('There is nothing here for you.');
      const chair = journey.person('malcolm.dent');
      expect(aboutIn(chair, reference)[0]).toContain('A confidential matter needs you.');
      await openMatter(journey, 'malcolm.dent', reference);
      expect(await details(chair, reference)).toContain('grey coat');
      chair.close();
    });

    it('passes on what she must not handle, and the chair has it', async () => {
      const reference = await raise(journey, 'amy.lowe', {
        about: ['adult-here'],
        kinds: ['adult-behaviour'],
        adult: { part: 'done-by', subject: 'Ben Okoro' },
        words: { said: 'He filmed Tarquin' },
      });
      const ruth = await openMatter(journey, 'ruth.carr', reference);
      await details(ruth, reference);
      await ruth.press('I must not handle this');
      await ruth.submit();
      expect(seen(ruth)).toContain('it is no longer in your list');
      ruth.close();
      await journey.settled();
      expect(aboutIn(ruth, reference)).toEqual([`${reference} is no longer in this list.`]);
      expect(aboutIn(journey.person('malcolm.dent'), reference)).toHaveLength(1);
    });
  });

  describe('somebody close to it', () => {
    it('never receives it when Amy says so', async () => {
      const reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['bullying'],
        close: ['Tom Hale'],
        words: { said: 'It is about the cousin of Rosalind' },
      });
      expect(heardOf(journey, 'Tom Hale', reference)).toBe(false);
      expect(inChannel(journey, 'priya.nair', reference)).toBe('');
      for (const key of ['priya.nair', 'ewa.zielinska'])
        expect(aboutIn(journey.person(key), reference)).toHaveLength(1);
      expect(aboutIn(journey.person('amy.lowe'), reference)[0]).toContain('(2 people)');
    });
  });

  describe('an emergency with an adult here in it', () => {
    it.each(['yes', 'not-sure'] as const)(
      'goes to the headteacher and the leadership on call, never to the channel (%s)',
      async (adult) => {
        const before = channelOf();
        const reference = await raiseEmergency(journey, 'amy.lowe', {
          adult,
          who: 'Crispin',
          where: 'gym',
        });
        nobodyOfTheTeamHeard(reference);
        expect(channelOf()).toBe(before);
        for (const key of ['ruth.carr', 'sana.malik'])
          expect(aboutIn(journey.person(key), reference)).toEqual([
            expect.stringContaining('It is an emergency. Please open it now.'),
          ]);
      },
    );

    it('leaves out whoever of them it is about', async () => {
      const reference = await raiseEmergency(journey, 'amy.lowe', {
        adult: 'yes',
        who: 'Crispin',
        subject: 'Sana Malik',
      });
      expect(heardOf(journey, 'Sana Malik', reference)).toBe(false);
      expect(aboutIn(journey.person('ruth.carr'), reference)).toHaveLength(1);
    });

    it('lets the leadership on call look without taking it from the headteacher', async () => {
      const reference = await raiseEmergency(journey, 'joe.birch', {
        adult: 'yes',
        who: 'Lysander',
      });
      const sana = await openMatter(journey, 'sana.malik', reference);
      expect(await details(sana, reference)).toContain('Lysander');
      sana.close();
      const ruth = await openMatter(journey, 'ruth.carr', reference);
      expect(ruth.screen()?.buttons).toContain('Note');
      ruth.close();
      expect(await journey.record(reference)).toContainEqual(
        expect.objectContaining({ type: 'viewed', by: 'Sana Malik' }),
      );
    });
  });

  it('asks again whom it is about when the answer comes without its draft, and sends nothing empty', async () => {
    const amy = journey.person('amy.lowe');
    await beginRaising(amy);
    await fillInConcern(amy, {
      about: ['child-here'],
      kinds: ['bullying'],
      words: { said: 'Ask Joe Birch about Sebastiana' },
    });
    await amy.submit();
    amy.fill({ part: 'No. They helped, or were only there.' });
    const send = amy.keep('Send');
    amy.close();
    await amy.raises();
    await amy.press('Discard it');
    const before = await journey.sql('SELECT id FROM case_file');
    await amy.pressKept(send);
    expect(amy.screen()?.fields.map(({ id }) => id)).toContain('about');
    expect(await journey.sql('SELECT id FROM case_file')).toHaveLength(before.length);
    amy.close();
    await amy.raises();
    await amy.press('Discard it');
    amy.close();
  });

  it('asks about a name on the staff list, and sends it where the answer leads', async () => {
    const amy = journey.person('amy.lowe');
    await beginRaising(amy);
    await fillInConcern(amy, {
      about: ['child-here'],
      kinds: ['bullying'],
      words: { said: 'Tom Hale laughed when Benedicta cried' },
    });
    await amy.submit();
    expect(amy.screen()?.text).toContain('You wrote a name that is also on the staff list.');
    amy.fill({ part: 'Yes', subject: 'Tom Hale' });
    await amy.submit();
    const reference = await saved(journey, amy);
    nobodyOfTheTeamHeard(reference);
    expect(aboutIn(journey.person('ruth.carr'), reference)).toHaveLength(1);
  });

  itKeepsItsPromises(() => journey);
});
