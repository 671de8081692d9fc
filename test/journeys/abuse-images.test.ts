import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  claim,
  heardOf,
  inChannel,
  openMatter,
  openStep,
  openSteps,
  raise,
  seen,
  sentTo,
  walkOf,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import {
  askToClose,
  calmLook,
  offered,
  openFilled,
  readStep,
  standing,
  take,
  walkMs,
  writing,
} from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const policeOnDeleting = 'Record what the police said about deleting, in “Speak to the police”.';
const parents = 'Shall this child’s parents be told?: child 1';
const copies = 'Have copies deleted, unopened';

describe.each(platforms)('sexual abuse pictures of children on %s', (platform) => {
  let journey: Journey;
  const priya = () => journey.person('priya.nair');
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  describe('a pop-up on a school laptop (S24)', () => {
    let reference: string;
    beforeAll(async () => {
      reference = await raise(journey, 'amy.lowe', {
        about: ['child-here', 'system'],
        kinds: ['abuse-images'],
        words: { said: 'A window sprang open while Emmeline looked for horses' },
      });
      await claim(journey, 'priya.nair', reference);
      await take(priya(), reference, {
        ...calmLook({ name: 'Emmeline Stork', parts: ['witness'] }),
        'Whose devices are involved?': ['A school device or account'],
        'What has happened?': [
          'Somebody came across it by chance',
          'It is or was on a school device, account or network',
        ],
        'Is it only among children?': 'No, or an adult has a part in it',
        'Whose log-in was it, and on purpose?': writing({
          chosen: 'It came up by chance, nobody put it there',
          reason: 'It opened by itself',
        }),
        'Is there a web address?': 'Yes',
        'Should the filter have stopped it?': 'Yes',
      });
    }, walkMs);

    it('has the steps of both branches: police and social care, the IWF, the device, the filter', async () => {
      const { text } = await openSteps(priya(), reference);
      expect(standing(text, 'Speak to the police')?.state).toBe('Now');
      for (const title of [
        'Refer to children’s social care',
        'Report the address to the IWF',
        'Keep the device safe, as found',
        'Look after whoever saw it',
        'What got through, or is blocked?',
      ])
        expect(standing(text, title)?.state, title).toBe('To do');
      priya().close();
      await journey.settled();
      expect(walkOf(priya(), reference)?.text).toContain('Northmoor Police, 101');
    });

    it('is never treated as a chance alone: the police are not a choice', async () => {
      const { text } = await openSteps(priya(), reference);
      expect(standing(text, 'Ask the police as well?')).toBeNull();
      priya().close();
    });

    it('keeps the device as found and everything on it, and the parents for later', async () => {
      const { text } = await openSteps(priya(), reference);
      for (const never of [
        'Never look, open or search.',
        'Never switch off, move or tidy up.',
        'Never delete before the police say so.',
        'Never send the link to anybody.',
      ])
        expect(text).toContain(never);
      expect(standing(text, parents)?.state).toBe('Locked');
      priya().close();
    });

    it('looks after the teacher too', async () => {
      const welfare = await readStep(priya(), reference, 'Look after whoever saw it');
      expect(welfare).toContain('Say that they did nothing wrong.');
      expect(welfare).toMatch(/Samaritans/);
      priya().close();
    });
  });

  describe('an e-mail with a suspect attachment (S25)', () => {
    let reference: string;
    beforeAll(async () => {
      reference = await raise(journey, 'joe.birch', {
        about: ['child-here', 'someone-online'],
        kinds: ['abuse-images'],
        words: { said: 'A stranger’s mail with a file, the preview was enough for Leocadia' },
      });
      await claim(journey, 'priya.nair', reference);
      await take(priya(), reference, {
        ...calmLook({ name: 'Leocadia Brandt', parts: ['witness'] }),
        'Whose devices are involved?': ['A school device or account'],
        'Could it be a crime?': 'Yes',
        'What has happened?': ['It is or was on a school device, account or network'],
        'Is it only among children?': 'No, or an adult has a part in it',
        'Whose log-in was it, and on purpose?': writing({
          chosen: 'It came up by chance, nobody put it there',
          reason: 'It was sent to the office',
        }),
        'Is there a web address?': 'No',
        'Are there copies in school?': 'Yes',
      });
    }, walkMs);

    it('lets nothing be deleted, by anybody, before the police have said so', async () => {
      const { text, buttons } = await openSteps(priya(), reference);
      expect(standing(text, copies)?.state).toBe('Locked');
      expect(standing(text, copies)?.note).toContain(policeOnDeleting);
      expect(buttons).not.toContain(copies);
      priya().close();
    });

    it(
      'refuses it again from an open dialog, when the police have changed their mind',
      { timeout: walkMs },
      async () => {
        await take(priya(), reference, {
          'Speak to the police': writing({
            officer: 'PC 1234, Northmoor',
            'log-number': '55',
            advice: 'Delete without opening',
            'says-deleting': 'It may be deleted',
          }),
        });
        expect(await offered(priya(), reference)).toContain(copies);
        priya().close();
        await openFilled(priya(), reference, copies, { item: 'Office mailbox, item 7' });
        const save = priya().keep('Save');
        const give = priya().keep('Give it to IT');
        priya().close();
        await police('Do not delete');
        expect(await priya().pressKept(save)).toContain('Locked.');
        priya().close();
        await priya().pressKept(give);
        if (priya().screen()?.buttons.includes('Send') === true) await priya().submit();
        expect(seen(priya())).toContain('Locked.');
        priya().close();
        await askToClose(priya(), reference);
        await priya().press(copies);
        expect(priya().screen()?.text).toContain('Why does it not apply?');
        expect(
          priya()
            .screen()
            ?.fields.map(({ id }) => id),
        ).toEqual(['reason']);
        priya().close();
        await journey.settled();
        expect(sentTo(journey, 'Ben Okoro')).toBe(0);
        expect(await recorded()).not.toContain('child-abuse-images/delete-copies');
      },
    );

    it(
      'goes to IT once they have: to delete without opening, and to write down which',
      { timeout: walkMs },
      async () => {
        await police('It may be deleted');
        await openStep(priya(), reference, copies);
        await priya().press('Give it to IT');
        expect(priya().screen()?.text).toContain('Please delete, without opening');
        await priya().submit();
        expect(seen(priya())).toContain('without a name');
        priya().close();
        await journey.settled();
        const ben = journey.person('ben.okoro');
        expect(ben.chat().at(-1)?.text).toContain('Please delete, without opening');
        await ben.press('Open');
        expect(ben.screen()?.fields.map(({ id }) => id)).toEqual([
          'item',
          'time-date',
          'time-time',
          'done-by',
        ]);
        ben.fill({
          item: 'Office mailbox, item 7',
          'time-date': '2026-11-27',
          'time-time': '11:40',
        });
        await ben.submit();
        ben.close();
        await journey.settled();
        expect(await journey.record(reference)).toContainEqual(
          expect.objectContaining({
            step: 'child-abuse-images/delete-copies',
            result: 'done',
            by: 'Ben Okoro',
          }),
        );
      },
    );

    it('offers nobody to forward anything', () => {
      for (const key of ['priya.nair', 'ben.okoro', 'joe.birch'])
        for (const { buttons } of journey.person(key).chat())
          for (const label of buttons) expect(label).not.toMatch(/forward|send on|attach/i);
      const toBen = journey.workplace.recordings().filter(({ to }) => to === 'Ben Okoro');
      for (const { body } of toBen) {
        expect(body).not.toContain('Leocadia');
        expect(body).not.toContain(reference);
      }
    });

    async function police(word: string): Promise<void> {
      await openChange('Speak to the police');
      priya().fill({
        officer: 'PC 1234, Northmoor',
        'log-number': '55',
        'time-date': '2026-11-27',
        'time-time': '11:20',
        advice: 'As they said',
        'says-parents': 'Not discussed',
        'says-interviews': 'Not discussed',
        'says-devices': 'Not discussed',
        'says-deleting': word,
      });
      await priya().submit();
      priya().close();
    }

    async function openChange(title: string): Promise<void> {
      await priya().press('Change an answer', walkOf(priya(), reference)?.at);
      await priya().press(title);
    }

    const recorded = async () => (await journey.record(reference)).map(({ step }) => step);
  });

  describe('on the school laptop of a teacher (S27)', () => {
    let reference: string;
    const ruth = () => journey.person('ruth.carr');

    it('goes to the headteacher alone, and tells Ben to touch nothing', async () => {
      const channel = priya().channel(journey.leadChannel).length;
      reference = await raise(journey, 'ben.okoro', {
        about: ['adult-here'],
        kinds: ['abuse-images'],
        adult: { part: 'done-by', subject: 'Amy Lowe' },
        words: {
          said: 'I was to update it, and there were pictures. Nobody else has seen it, Anselm',
        },
      });
      expect(aboutIn(ruth(), reference)).toEqual([
        expect.stringMatching(/^A confidential matter needs you\.\nHS-.* · \d\d:\d\d$/),
      ]);
      const [receipt] = aboutIn(journey.person('ben.okoro'), reference);
      expect(receipt).toContain('Do not touch, move or wipe any computer, phone or account.');
      expect(priya().channel(journey.leadChannel)).toHaveLength(channel);
      nobodyElseHeard();
    });

    it(
      'is about the LADO within a working day and the police, with the device kept away from all',
      { timeout: walkMs },
      async () => {
        await openMatter(journey, 'ruth.carr', reference);
        await openStep(ruth(), reference, 'Say which adult it is about');
        await ruth().press('That is who it is');
        await take(ruth(), reference, {
          'Does this adult work with children here?': 'Yes',
          'Is a child in danger now?': 'No',
          'When was anyone here first told?': writing({
            'moment-date': '2026-11-27',
            'moment-time': '10:20',
          }),
          'What may the adult have done?': ['Sexual pictures of children'],
        });
        await openMatter(journey, 'ruth.carr', reference);
        const { text } = await openSteps(ruth(), reference);
        for (const title of [
          'Ring the LADO',
          'Speak to the police',
          'Keep everyone away from the device',
        ])
          expect(['To do', 'Now'], title).toContain(standing(text, title)?.state);
        expect(text).toContain('The LADO must hear of it: Mon 30 Nov 17:00');
        expect(standing(text, 'Tell the adult')?.state ?? 'Locked').toBe('Locked');
        for (const never of [
          'Never speak to the adult first.',
          'Never tell colleagues or the team.',
          'Never delete or wipe anything.',
        ])
          expect(text).toContain(never);
      },
    );

    it('leaves it to the headteacher whether the team hears of the child', async () => {
      await openMatter(journey, 'ruth.carr', reference);
      expect(await offered(ruth(), reference)).toContain('Give the team the child’s side');
      ruth().close();
      nobodyElseHeard();
    });

    it('is in no list, and found by nobody', async () => {
      for (const key of ['priya.nair', 'tom.hale', 'ewa.zielinska', 'ben.okoro', 'amy.lowe']) {
        const person = journey.person(key);
        await person.says('concern cases');
        expect(seen(person)).not.toContain(reference);
        if (key === 'ben.okoro') continue;
        await person.says(reference);
        expect(seen(person)).toContain('There is nothing here for you.');
      }
      const ben = journey.person('ben.okoro');
      expect(aboutIn(ben, reference).filter((text) => !text.includes('Saved at'))).toEqual([]);
    });

    function nobodyElseHeard(): void {
      for (const name of ['Priya Nair', 'Tom Hale', 'Ewa Zielinska', 'Malcolm Dent', 'Sana Malik'])
        expect(heardOf(journey, name, reference)).toBe(false);
      expect(sentTo(journey, 'Malcolm Dent')).toBe(0);
      expect(heardOf(journey, 'Amy Lowe', reference)).toBe(false);
      expect(inChannel(journey, 'priya.nair', reference)).toBe('');
    }
  });

  itKeepsItsPromises(() => journey);
});
