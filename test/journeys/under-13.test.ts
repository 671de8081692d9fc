import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  claim,
  openStep,
  openSteps,
  raise,
  seen,
  walkOf,
} from '../support/journey-acts.ts';
import type { KeptButton } from '../support/journey-person.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import {
  askToClose,
  calmLook,
  changeAnswer,
  finish,
  notDoing,
  openFilled,
  standing,
  take,
  walkMs,
  writing,
  type Plan,
} from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const untilThePolice = 'Record what the police said, or why waiting would put a child at risk.';
const untilTheyMayDelete = 'Record that the police say it may be deleted. Nothing else opens this.';
const deleting = 'Have the young people delete it';
const sexualActs = 'Sign 4: sexual acts and under 13?';

/** Nothing aggravating at first, and deleting already confirmed. */
const firstLook: Plan = {
  ...calmLook(
    { name: 'Octavia Plum', parts: ['pictured'], year: 'Year 7' },
    { name: 'Leander Rook', parts: ['received'], year: 'Year 7' },
  ),
  'Whose devices are involved?': ['A child’s own device'],
  'What kind of picture is it?': 'Of an under-18, shared only among under-18s',
  'Sign 1: is an adult involved?': 'No',
  'Sign 2: was a child pressed or tricked?': 'No',
  'Sign 3: violent, or unusual for the age?': 'No',
  [sexualActs]: 'No',
  'Sign 5: at risk right now?': 'No',
  'Before anything is deleted': [
    'No other agency needs to be involved',
    'Deleting puts no child at risk',
    'No investigation is harmed, no device kept for one',
  ],
};

describe.each(platforms)('sexual acts and a child under 13 (S10) on %s', (platform) => {
  let journey: Journey;
  let reference: string;
  const old: KeptButton[] = [];
  const priya = () => journey.person('priya.nair');
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
    reference = await raise(journey, 'amy.lowe', {
      about: ['child-here'],
      kinds: ['nude-picture'],
      words: { said: 'Two of them sent one another pictures, Octavia told me' },
    });
    await claim(journey, 'priya.nair', reference);
  });

  it(
    'begins without the police while none of the five signs is there',
    { timeout: walkMs },
    async () => {
      await take(priya(), reference, firstLook);
      const { text } = await openSteps(priya(), reference);
      expect(standing(text, 'Speak to the police')).toBeNull();
      expect(standing(text, deleting)?.state).toBe('To do');
      await openFilled(priya(), reference, deleting);
      old.push(priya().keep('Save'));
      await openStep(priya(), reference, 'Shall this child’s parents be told?: child 1');
      priya().fill({ chosen: 'Tell them now', reason: '' });
      old.push(priya().keep('Save'));
      priya().close();
    },
  );

  it('asks for the police now and for social care, once the fourth sign is a yes', async () => {
    await changeAnswer(priya(), reference, sexualActs, { chosen: 'Yes' });
    const now = walkOf(priya(), reference)?.text ?? '';
    expect(now).toContain('\nSpeak to the police\n');
    expect(now).toContain('Northmoor Police, 101');
    const { text } = await openSteps(priya(), reference);
    expect(standing(text, 'Speak to the police')?.state).toBe('Now');
    expect(standing(text, 'Refer to children’s social care?')?.state).toBe('To do');
  });

  it('locks talking, parents, sanctions and deleting, and says why', async () => {
    const { text, buttons } = await openSteps(priya(), reference);
    for (const title of [
      'Talk with the children involved',
      'Shall this child’s parents be told?: child 1',
      'Shall this child’s parents be told?: child 2',
      'Action under the behaviour policy',
    ]) {
      expect(standing(text, title)).toEqual({ state: 'Locked', note: untilThePolice });
      expect(buttons).not.toContain(title);
    }
    expect(standing(text, deleting)).toEqual({ state: 'Locked', note: untilTheyMayDelete });
    expect(buttons).not.toContain(deleting);
  });

  it('records nothing from a dialog that was open before', async () => {
    for (const save of old) expect(await priya().pressKept(save)).toContain('Locked. Record');
    expect(await stepsRecorded()).not.toContain('nudes/delete');
    expect(await stepsRecorded()).not.toContain('spine/parents');
    priya().close();
  });

  it('opens the decision about parents with the log number, and keeps deleting locked', async () => {
    await take(priya(), reference, {
      'Speak to the police': writing({
        'log-number': 'NM-20261127-0412',
        advice: 'Parents may be told. Do not delete.',
        'says-parents': 'They may be told',
        'says-deleting': 'Do not delete',
        'says-interviews': 'Wait until they say so',
        'says-devices': 'They collect them',
      }),
    });
    const { text, buttons } = await openSteps(priya(), reference);
    for (const child of ['child 1', 'child 2'])
      expect(buttons).toContain(`Shall this child’s parents be told?: ${child}`);
    expect(standing(text, deleting)).toEqual({ state: 'Locked', note: untilTheyMayDelete });
    expect(standing(text, 'Talk with the children involved')?.state).toBe('Locked');
    const [deletingSave] = old;
    if (deletingSave !== undefined)
      expect(await priya().pressKept(deletingSave)).toContain(untilTheyMayDelete);
    expect(await stepsRecorded()).not.toContain('nudes/delete');
    priya().close();
  });

  it(
    'cannot be closed as handled in school, and is closed with the police without deleting anything',
    { timeout: walkMs },
    async () => {
      await finish(journey, priya(), reference, {
        'Refer to children’s social care?': 'Refer now',
        'Refer to children’s social care': writing({ 'says-parents': 'They may be told' }),
        'Was the school’s network used?': 'No',
        'Must anybody look at it?': 'No, nobody needs to look',
        'How far has it gone?': 'Between the two of them only',
        'Shall this child’s parents be told?': writing({ chosen: 'Tell them now' }),
        'Action under the behaviour policy': notDoing('Help comes first'),
      });
      await everyAnswerCanBeChanged();
      await askToClose(priya(), reference);
      expect(priya().screen()?.title).toBe('Not yet');
      expect(await offeredHere()).toEqual([deleting]);
      await priya().press(deleting);
      expect(priya().screen()?.text).toContain(untilTheyMayDelete);
      expect(
        priya()
          .screen()
          ?.fields.map(({ id }) => id),
      ).toEqual(['reason']);
      priya().fill({ reason: 'The police have the phones' });
      await priya().submit();
      await askToClose(priya(), reference);
      const boxes = { summary: 'Told above', outcome: 'The police lead' };
      priya().fill({ ...boxes, end: 'Handled in school' });
      await priya().submit();
      expect(seen(priya())).toContain(
        'It cannot end like this yet. Only when nothing asked for the police',
      );
      priya().fill({ end: 'With the police' });
      await priya().submit();
      priya().close();
      await journey.settled();
      const tom = journey.person('tom.hale');
      await tom.press('Confirm and close', { on: reference });
      await journey.settled();
      expect(aboutIn(journey.person('amy.lowe'), reference).at(-1)).toContain('is closed');
      expect((await stepsRecorded()).filter((step) => step === 'nudes/delete')).toHaveLength(1);
    },
  );

  const stepsRecorded = async () => (await journey.record(reference)).map(({ step }) => step);
  const offeredHere = () =>
    Promise.resolve(
      (priya().screen()?.buttons ?? []).filter((label) => !['Back', 'Try again'].includes(label)),
    );
  /** However many there are. */
  async function everyAnswerCanBeChanged(): Promise<void> {
    await priya().press('Change an answer', walkOf(priya(), reference)?.at);
    const last = priya().screen()?.buttons ?? [];
    expect(last).toContain('Look back at how it went');
    await priya().press('Earlier answers');
    const first = priya().screen()?.buttons ?? [];
    expect(first).toContain('Is anyone in danger right now?');
    expect(first).not.toContain('Earlier answers');
    for (const title of [
      'Who is it about?',
      'Speak to the police',
      sexualActs,
      'How far has it gone?',
    ])
      expect([...first, ...last].filter((one) => one === title)).toHaveLength(1);
    priya().close();
  }

  itKeepsItsPromises(() => journey);
});
