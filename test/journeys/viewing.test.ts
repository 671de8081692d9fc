import { beforeAll, describe, expect, it } from 'vitest';
import {
  answer,
  claim,
  details,
  openStep,
  openSteps,
  raise,
  seen,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import {
  calmLook,
  openFilled,
  standing,
  take,
  walkMs,
  writing,
  type Plan,
} from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const looking = 'Look once, with a witness';
const viewing = 'Must anybody look at it?';
const toDecide = 'Yes: no other way to decide on a referral';

const firstLook: Plan = {
  ...calmLook({ name: 'Clementine Ash', parts: ['pictured'] }),
  'What kind of picture is it?': 'Of an under-18, shared only among under-18s',
};

describe.each(platforms)('looking at a picture (S13) on %s', (platform) => {
  describe('at Hillside', () => {
    let journey: Journey;
    let reference: string;
    const priya = () => journey.person('priya.nair');
    const looked = async () =>
      (await journey.record(reference)).filter(({ step }) => step === 'nudes/view');
    beforeAll(async () => {
      journey = await startJourney({ platform, school: 'hillside' });
      reference = await raise(journey, 'joe.birch', {
        about: ['child-here'],
        kinds: ['nude-picture'],
        words: { said: 'Clementine’s picture came up on the board' },
      });
      await claim(journey, 'priya.nair', reference);
      await take(priya(), reference, firstLook);
    }, walkMs);

    it('asks for one of three grounds, and wanting to be sure is none', async () => {
      await openStep(priya(), reference, viewing);
      expect(priya().screen()?.text).toContain('Wanting to be sure is not a ground.');
      const chosen = priya()
        .screen()
        ?.fields.find(({ id }) => id === 'chosen');
      expect(chosen?.choices).toEqual([
        'No, nobody needs to look',
        toDecide,
        'Yes: it cannot be taken down otherwise',
        'Yes: a child showed it, or it was found here',
      ]);
    });

    it('takes no ground without a reason', async () => {
      priya().fill({ chosen: toDecide });
      await priya().submit();
      expect(priya().screen()?.text).toContain('Please write the reason. It stands in the record.');
      priya().fill({ reason: 'The two say opposite things about her age, Winifred confirms' });
      await priya().submit();
      expect(seen(priya())).toContain('Saved at');
    });

    it('lets nobody look before the headteacher has been told', async () => {
      const { text, buttons } = await openSteps(priya(), reference);
      expect(standing(text, looking)).toEqual({
        state: 'Locked',
        note: 'Record one of the three grounds, and that the headteacher or chair was told.',
      });
      expect(buttons).not.toContain(looking);
      expect(text).toContain('Never look at the picture.');
      await take(priya(), reference, {
        'Tell the headteacher first': writing({ told: 'Ruth Carr', how: 'Face to face' }),
      });
      expect((await openSteps(priya(), reference)).buttons).toContain(looking);
    });

    it('asks who looked, who was there, where, when and why, and takes no picture', async () => {
      await openStep(priya(), reference, looking);
      const fields = priya().screen()?.fields ?? [];
      expect(fields.map(({ id }) => id)).toEqual([
        'viewer',
        'witness',
        'place',
        'time-date',
        'time-time',
        'reason',
        'same-sex',
      ]);
      for (const { type } of fields) expect(['text', 'date', 'time', 'choice']).toContain(type);
      expect(priya().screen()?.text).toContain('Do not look on your own.');
      priya().close();
    });

    it('lets Joe record nothing of it', async () => {
      await openFilled(priya(), reference, looking, { viewer: 'Joe Birch' });
      const save = priya().keep('Save');
      priya().close();
      const joe = journey.person('joe.birch');
      expect(await joe.pressKept(save)).toContain('no longer valid');
      joe.close();
      await joe.says(reference);
      expect(seen(joe)).not.toContain(looking);
      expect(await looked()).toEqual([]);
    });

    it('records that Joe saw it as a thing that happened to him, with help', async () => {
      await answer(priya(), reference, 'Has any adult seen it by chance?', 'Yes');
      await openStep(priya(), reference, 'Write down who saw it');
      expect(priya().screen()?.text).toContain(
        'This is not a viewing that anybody has authorised.',
      );
      expect(
        priya()
          .screen()
          ?.fields.map(({ id }) => id),
      ).toContain('welfare');
      priya().close();
      await take(priya(), reference, {
        'Write down who saw it': writing({ 'seen-by': 'Joe Birch', welfare: 'Marguerite met him' }),
      });
      expect(await looked()).toEqual([]);
      expect(await journey.record(reference)).toContainEqual(
        expect.objectContaining({ step: 'nudes/seen-by-chance', result: 'done', by: 'Priya Nair' }),
      );
    });

    it('is a signed record, once it was done', async () => {
      await take(priya(), reference, {
        [looking]: writing({ viewer: 'Priya Nair', witness: 'Ruth Carr', place: 'Her office' }),
      });
      expect(await looked()).toEqual([
        expect.objectContaining({ result: 'done', by: 'Priya Nair' }),
      ]);
      const read = await details(priya(), reference);
      expect(read).toContain('Ruth Carr');
      priya().close();
    });

    itKeepsItsPromises(() => journey);
  });

  describe('at Fernbrook, where the headteacher leads', () => {
    let journey: Journey;
    let reference: string;
    const helen = () => journey.person('helen.marsh');
    beforeAll(async () => {
      journey = await startJourney({ platform, school: 'fernbrook' });
      reference = await raise(journey, 'joe.birch', {
        about: ['child-here'],
        kinds: ['nude-picture'],
        words: { said: 'A picture of Clementine goes round' },
      });
      await claim(journey, 'helen.marsh', reference);
      await take(helen(), reference, {
        ...firstLook,
        [viewing]: writing({ chosen: toDecide, reason: 'Nobody else can tell' }),
      });
    }, walkMs);

    it('asks for the chair, because nobody tells themselves', async () => {
      const { text, buttons } = await openSteps(helen(), reference);
      expect(standing(text, 'Tell the headteacher first')).toBeNull();
      expect(standing(text, looking)?.state).toBe('Locked');
      await helen().press(
        buttons.find((one) => one.startsWith('Tell the chair')) ?? 'no such step',
      );
      expect(helen().screen()?.text).toContain(
        'Tell the chair of governors that it has to be looked at and why.',
      );
      helen().close();
    });

    it('opens looking once the chair has been told', async () => {
      await take(helen(), reference, {
        'Tell the chair of governors first': writing({ told: 'Malcolm Dent' }),
      });
      expect((await openSteps(helen(), reference)).buttons).toContain(looking);
      helen().close();
    });

    itKeepsItsPromises(() => journey);
  });
});
