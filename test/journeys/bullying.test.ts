import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  claim,
  heardOf,
  inChannel,
  openMatter,
  openSteps,
  raise,
  sentTo,
  walkOf,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { calmLook, readStep, standing, take, walkMs, writing } from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const team = ['Priya Nair', 'Tom Hale', 'Ewa Zielinska'];

describe.each(platforms)('bullying online on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  describe('parents abuse a teacher (S30)', () => {
    let reference: string;
    const ruth = () => journey.person('ruth.carr');

    it('goes to the headteacher, and the channel and the team hear nothing', async () => {
      reference = await raise(journey, 'joe.birch', {
        about: ['adult-here', 'parent-or-visitor'],
        kinds: ['bullying'],
        adult: { part: 'done-to', subject: 'Amy Lowe' },
        words: { said: 'Parents call her names in a group of theirs, Theodolinda showed me' },
      });
      expect(aboutIn(ruth(), reference)).toHaveLength(1);
      for (const name of team) expect(sentTo(journey, name)).toBe(0);
      expect(journey.person('priya.nair').channel(journey.leadChannel)).toEqual([]);
    });

    it(
      'is about looking after her, with the helpline for professionals, and no pupil’s case',
      { timeout: walkMs },
      async () => {
        await openMatter(journey, 'ruth.carr', reference);
        await take(ruth(), reference, {
          'Is any child at risk right now?': 'No',
          'May an adult here have done something?': 'No',
          'Is any child affected?': 'No child is affected',
          'Whose devices are involved?': ['None'],
          'Could it be a crime?': 'No',
          'Are children elsewhere, or others, involved?': 'No',
          'Who is it aimed at?': ['An adult who works or volunteers here'],
          'Is any of this part of it?': ['None of these'],
          'Who is doing it?': ['A parent or relative'],
        });
        await openMatter(journey, 'ruth.carr', reference);
        const { text } = await openSteps(ruth(), reference);
        for (const title of ['Look after the adult', 'Ask the professionals’ helpline'])
          expect(['To do', 'Now'], title).toContain(standing(text, title)?.state);
        for (const title of [
          'Name each child involved',
          'Make the child’s day safe',
          'Where is the child now?',
          'Ring the LADO',
        ])
          expect(standing(text, title), title).toBeNull();
        await ruth().press('Back');
        const helpline = await readStep(ruth(), reference, 'Ask the professionals’ helpline');
        expect(helpline).toMatch(/Ring: .*Professionals Online Safety Helpline/);
        ruth().close();
        for (const name of team) expect(heardOf(journey, name, reference)).toBe(false);
      },
    );

    it('goes to the team too when a pupil is in it', async () => {
      const other = await raise(journey, 'joe.birch', {
        about: ['adult-here', 'parent-or-visitor', 'child-here'],
        kinds: ['bullying'],
        adult: { part: 'done-to', subject: 'Amy Lowe' },
        words: { said: 'They write about her and about Balthazar' },
      });
      expect(inChannel(journey, 'priya.nair', other)).toContain('Bullying online');
      expect(inChannel(journey, 'priya.nair', other)).not.toContain('Lowe');
    });
  });

  describe('the child says that she wants to die (S29)', () => {
    let reference: string;
    const priya = () => journey.person('priya.nair');
    beforeAll(async () => {
      reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['bullying'],
        words: { said: 'Marigold is called names by the whole group' },
      });
      await claim(journey, 'priya.nair', reference);
      await take(priya(), reference, {
        ...calmLook({ name: 'Marigold Penn', parts: ['harmed'] }),
        'Who is it aimed at?': ['A child here'],
        'Has the child spoken of dying?': 'Yes',
      });
      await journey.settled();
    }, walkMs);

    it('puts help now before everything of the bullying', async () => {
      const walk = walkOf(priya(), reference)?.text ?? '';
      expect(walk).toContain('\nRing for help now\n');
      expect(walk).toContain('Emergency services, 999');
      expect(walk).toContain('First Contact, 01632 960111');
      const { buttons } = await openSteps(priya(), reference);
      expect(buttons.slice(0, 2)).toEqual(['Ring for help now', 'Find the child and stay']);
      priya().close();
    });

    it('has the child found and not left alone', async () => {
      const stay = await readStep(priya(), reference, 'Find the child and stay');
      expect(stay).toContain('does not leave them alone');
      expect(stay).toContain('Do not leave the child alone.');
      expect(stay).toContain('Asking does not put the thought there.');
      priya().close();
    });

    it('gives nobody an hour for it', async () => {
      const { text } = await openSteps(priya(), reference);
      expect(text).not.toContain('To be claimed');
      expect(text).not.toMatch(/27 Nov 11:/);
      priya().close();
    });

    it('goes on with the bullying afterwards', { timeout: walkMs }, async () => {
      await take(priya(), reference, {
        'Ring for help now': writing({ whom: 'Children’s social care' }),
        'Find the child and stay': writing({}),
        'Is any of this part of it?': ['None of these'],
      });
      const { text } = await openSteps(priya(), reference);
      for (const title of [
        'Who is doing it?',
        'Open your anti-bullying policy',
        'Keep what shows it',
        'Make the child’s day safe',
      ])
        expect(['To do', 'Now'], title).toContain(standing(text, title)?.state);
      priya().close();
    });
  });

  itKeepsItsPromises(() => journey);
});
