import { beforeAll, describe, expect, it } from 'vitest';
import { claim, openStep, openSteps, raise, seen, walkOf } from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import {
  askToClose,
  calmLook,
  offered,
  readStep,
  standing,
  take,
  walkMs,
  writing,
} from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const untilThePolice = 'Record what the police said, or why waiting would put a child at risk.';
const parentsOf = (child: number) => `Shall this child’s parents be told?: child ${String(child)}`;

describe.each(platforms)('sexual harm between children on %s', (platform) => {
  let journey: Journey;
  const priya = () => journey.person('priya.nair');
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  describe('managed in school (S20)', () => {
    let reference: string;

    it('asks how it is taken further, with a reason', { timeout: walkMs }, async () => {
      reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['sexual-comments'],
        words: { said: 'Comments about Seraphina in the group chat' },
      });
      await claim(journey, 'priya.nair', reference);
      await take(priya(), reference, {
        ...calmLook(
          { name: 'Seraphina Vale-Marsh', parts: ['harmed'] },
          { name: 'Thaddeus Oakes', parts: ['alleged'] },
        ),
        'What is said to have happened?': ['Unwanted sexual comments or messages'],
        'Is any of them 18 or over?': 'No, all of them are under 18',
        'Is it still online, or spreading?': 'Yes',
      });
      await openStep(priya(), reference, 'How is it taken further?');
      priya().fill({ chosen: 'Handled in school', 'check-again': '2026-12-04' });
      await priya().submit();
      expect(priya().screen()?.text).toContain('Please write the reason. It stands in the record.');
      priya().fill({ reason: 'One remark, and Thaddeus is sorry' });
      await priya().submit();
      expect(seen(priya())).toContain('Saved at');
    });

    it('needs no police, and has blocking, reporting and taking down with the child', async () => {
      const { text, buttons } = await openSteps(priya(), reference);
      expect(standing(text, 'Speak to the police')).toBeNull();
      expect(buttons).toContain('Get it taken down');
      await priya().press('Get it taken down');
      expect(priya().screen()?.text).toMatch(
        /report it to the site or app, and show them how to block/,
      );
      priya().close();
    });

    it('has help for each child, and a decision about parents for each child alone', async () => {
      const titles = await offered(priya(), reference);
      for (const title of ['Help for this child: child 1', 'Help for this child: child 2'])
        expect(titles).toContain(title);
      await take(priya(), reference, { [parentsOf(1)]: writing({ chosen: 'Tell them now' }) });
      const { text } = await openSteps(priya(), reference);
      expect(standing(text, parentsOf(1))?.state).toBe('Done');
      expect(standing(text, parentsOf(2))?.state).toBe('To do');
      expect(standing(text, 'Tell this child’s parents: child 1')?.state).toBe('To do');
      expect(standing(text, 'Tell this child’s parents: child 2')).toBeNull();
      expect(standing(text, 'Look back at how it went')?.state).toBe('To do');
      priya().close();
    });

    it('shows the name of no other child beside the step of one family', async () => {
      const first = await readStep(priya(), reference, 'Tell this child’s parents: child 1');
      expect(first).toContain('Seraphina Vale-Marsh');
      expect(first).not.toContain('Thaddeus');
      expect(first).toContain('Do not name or describe another child.');
      const second = await readStep(priya(), reference, parentsOf(2));
      expect(second).toContain('Thaddeus Oakes');
      expect(second).not.toContain('Seraphina');
      priya().close();
    });
  });

  describe('a rape told of beside online harassment, at 14:50 (S18)', () => {
    let reference: string;
    beforeAll(async () => {
      journey.itIs('14:50');
      reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['sexual-comments', 'sexual-assault'],
        words: { said: 'Drusilla told me about the messages, and then about the park' },
      });
      await claim(journey, 'priya.nair', reference);
      await take(priya(), reference, {
        ...calmLook(
          { name: 'Drusilla Finch', parts: ['harmed'] },
          { name: 'Caspian Holt', parts: ['alleged'] },
        ),
        'Could it be a crime?': 'Yes',
        'What is said to have happened?': [
          'Unwanted sexual comments or messages',
          'Rape or sexual assault, told of alongside',
        ],
        'Is any of them 18 or over?': 'No, all of them are under 18',
      });
    }, walkMs);

    it('puts the police first, now, with the minutes until the child goes home', async () => {
      await journey.settled();
      const walk = walkOf(priya(), reference)?.text ?? '';
      expect(walk).toContain('Northmoor Police, 101');
      expect(walk).toMatch(/Next due 15:15, in 2[0-5] minutes\./);
      expect(walk).toContain('Never question them before the police');
    });

    it('asks for a plan for each child, to keep them apart, and for a safe way home', async () => {
      const { text } = await openSteps(priya(), reference);
      expect(standing(text, 'Speak to the police')?.state).toBe('Now');
      for (const title of [
        'Keep the children apart',
        'Risk and needs of this child: child 1',
        'Risk and needs of this child: child 2',
        'Agree a safe way home',
        'Refer to children’s social care?',
      ])
        expect(standing(text, title)?.state, title).toBe('To do');
      expect(text).toContain('The child goes home soon: Fri 27 Nov 15:15');
      priya().close();
    });

    it('locks hearing both sides, sanctions and parents until the police have advised', async () => {
      const { text, buttons } = await openSteps(priya(), reference);
      for (const title of [
        'Talk with the children involved',
        'Action under the behaviour policy',
        parentsOf(1),
        parentsOf(2),
      ]) {
        expect(standing(text, title), title).toEqual({ state: 'Locked', note: untilThePolice });
        expect(buttons).not.toContain(title);
      }
      priya().close();
    });

    it('cannot be closed without any of them', async () => {
      await askToClose(priya(), reference);
      expect(priya().screen()?.title).toBe('Not yet');
      for (const title of [
        'Speak to the police',
        'Keep the children apart',
        'Risk and needs of this child: child 1',
      ])
        expect(priya().screen()?.text).toContain(title);
      priya().close();
    });

    it('keeps talking and parents locked while the police want them to wait', async () => {
      await take(priya(), reference, {
        'Speak to the police': writing({
          'log-number': 'NM-20261127-0755',
          'says-parents': 'Wait until they say so',
          'says-interviews': 'Wait until they say so',
        }),
        [parentsOf(1)]: writing({ chosen: 'Tell them now' }),
      });
      const { text } = await openSteps(priya(), reference);
      expect(standing(text, 'Talk with the children involved')?.state).toBe('Locked');
      expect(standing(text, 'Tell this child’s parents: child 1')?.state).toBe('Locked');
      priya().close();
    });
  });

  itKeepsItsPromises(() => journey);
});
