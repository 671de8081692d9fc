import { beforeAll, describe, expect, it } from 'vitest';
import { aboutIn, claim, inChannel, openSteps, raise, walkOf } from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { calmLook, changeAnswer, take, walkMs, type Plan } from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const fake = 'A fake or AI picture of a real child';
const counts =
  'Treat a fake sexual picture of a real child like a photograph. In law it is an indecent image too.';

const look: Plan = calmLook({ name: 'Philomena Reed', parts: ['pictured'] });

describe.each(platforms)('a fake picture of a real child (S15) on %s', (platform) => {
  let journey: Journey;
  const priya = () => journey.person('priya.nair');
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  describe('raised as a picture', () => {
    let reference: string;

    it('says on the form that fake and AI pictures count, and what not to do', async () => {
      const amy = journey.person('amy.lowe');
      await amy.raises();
      await amy.press('No, or I’m not sure');
      const kinds = amy.screen()?.fields.find(({ id }) => id === 'kinds');
      expect(JSON.stringify([amy.screen()?.text, kinds])).toContain('Fake and AI pictures count.');
      amy.close();
      reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['nude-picture'],
        words: { said: 'An app undressed Philomena in a photo' },
      });
      expect(aboutIn(amy, reference)[0]).toContain('Do not look at it.');
      expect(inChannel(journey, 'priya.nair', reference)).toContain('Picture of a child · URGENT');
    });

    it(
      'has the steps and the prohibitions of a photograph, and one warning more',
      { timeout: walkMs },
      async () => {
        await claim(journey, 'priya.nair', reference);
        await take(priya(), reference, {
          ...look,
          'What kind of picture is it?': 'Of an under-18, shared only among under-18s',
        });
        const photograph = await openSteps(priya(), reference);
        priya().close();
        await changeAnswer(priya(), reference, 'What kind of picture is it?', { chosen: fake });
        const nudified = await openSteps(priya(), reference);
        expect(nudified.buttons).toEqual(photograph.buttons);
        for (const never of [
          'Never look at the picture.',
          'Never copy, save or send it.',
          'Never ask a child to show it.',
          'Never delete it yet.',
        ])
          expect(nudified.text).toContain(never);
        expect(photograph.text).not.toContain(counts);
        expect(nudified.text).toContain(counts);
        priya().close();
      },
    );
  });

  describe('raised as bullying', () => {
    it(
      'becomes the same case of a picture as soon as the lead hears of it',
      { timeout: walkMs },
      async () => {
        const reference = await raise(journey, 'amy.lowe', {
          about: ['child-here'],
          kinds: ['bullying'],
          words: { said: 'They laugh about an undressed Philomena made by a computer' },
        });
        await claim(journey, 'priya.nair', reference);
        await take(priya(), reference, {
          'Is any of this part of it?': ['A nude or sexual picture of a child, real or fake'],
          'What kind of picture is it?': fake,
        });
        expect(walkOf(priya(), reference)?.text).toContain('Never look at the picture');
        const { text, buttons } = await openSteps(priya(), reference);
        expect(text).toContain(counts);
        for (const title of [
          'First meeting with a second person',
          'Sign 1: is an adult involved?',
          'Sign 4: sexual acts and under 13?',
        ])
          expect(buttons).toContain(title);
        priya().close();
      },
    );
  });

  itKeepsItsPromises(() => journey);
});
