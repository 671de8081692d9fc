import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  claim,
  inChannel,
  openSteps,
  raise,
  seen,
  walkOf,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import {
  askToClose,
  calmLook,
  finish,
  notDoing,
  offered,
  readStep,
  standing,
  take,
  walkMs,
  writing,
} from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const deleting = 'Have the young people delete it';
const confirming = 'Before anything is deleted';

/** As a lead meets them. */
const inOrder = [
  'First meeting with a second person',
  'Sign 1: is an adult involved?',
  'Sign 2: was a child pressed or tricked?',
  'Sign 3: violent, or unusual for the age?',
  'Sign 4: sexual acts and under 13?',
  'Sign 5: at risk right now?',
  'Put the device away safely',
  'Risk assessment for this child: child 1',
  'Risk assessment for this child: child 2',
  'Shall this child’s parents be told?: child 1',
  'Shall this child’s parents be told?: child 2',
  'Help for this child: child 1',
  'Help for this child: child 2',
  'Action under the behaviour policy',
  deleting,
  'Why no police or social care',
  'Look back at how it went',
];

describe.each(platforms)('two 15-year-olds and nothing aggravating (S9) on %s', (platform) => {
  let journey: Journey;
  let reference: string;
  const stone = () => journey.person('daniel.stone');
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'westmoor' });
    reference = await raise(journey, 'kim.ashe', {
      about: ['child-here'],
      kinds: ['nude-picture'],
      words: { said: 'Rosamund sent Evander a picture, and told her tutor' },
    });
  });

  it('is urgent, and goes to the lead', async () => {
    expect(inChannel(journey, 'daniel.stone', reference)).toContain('Picture of a child · URGENT');
    await claim(journey, 'daniel.stone', reference);
  });

  it('shows the steps in their order', { timeout: walkMs }, async () => {
    await take(stone(), reference, {
      ...calmLook(
        { name: 'Rosamund Hartley', parts: ['pictured', 'shared'], year: 'Year 10' },
        { name: 'Evander Mole', parts: ['received'], year: 'Year 10' },
      ),
      'Whose devices are involved?': ['A child’s own device'],
      'What kind of picture is it?': 'Of an under-18, shared only among under-18s',
      'First meeting with a second person': writing({ 'second-person': 'Alice Vale' }),
      'Sign 1: is an adult involved?': 'No',
      'Sign 2: was a child pressed or tricked?': 'No',
      'Sign 3: violent, or unusual for the age?': 'No',
      'Sign 4: sexual acts and under 13?': 'No',
      'Sign 5: at risk right now?': 'No',
      'Was the school’s network used?': 'No',
      'Must anybody look at it?': 'No, nobody needs to look',
      'How far has it gone?': 'Between the two of them only',
    });
    const { text } = await openSteps(stone(), reference);
    const shown = text.split('\n').filter((line) => inOrder.some((one) => isLineOf(line, one)));
    expect(shown.map((line) => inOrder.find((one) => isLineOf(line, one)))).toEqual(inOrder);
  });

  it('asks for no police and shows no viewing', async () => {
    const { text } = await openSteps(stone(), reference);
    for (const title of [
      'Speak to the police',
      'Refer to children’s social care?',
      'Tell the headteacher first',
      'Look once, with a witness',
    ])
      expect(standing(text, title), title).toBeNull();
    stone().close();
  });

  it(
    'says on every step that the protocol leaves it to another policy',
    { timeout: walkMs },
    async () => {
      const nudes = (await offered(stone(), reference)).filter(isOfNudes);
      expect(nudes.length).toBeGreaterThan(4);
      for (const title of nudes)
        expect(await readStep(stone(), reference, title), title).toContain(
          'Sexting is handled under the safeguarding policy and the acceptable use agreements. ' +
            '(Online Safety Protocol, line 151); this step is national guidance',
        );
      stone().close();
    },
  );

  it('opens deleting only when all three points are confirmed', async () => {
    const opened = async () => {
      const { text } = await openSteps(stone(), reference);
      return standing(text, deleting);
    };
    const points = [
      'No other agency needs to be involved',
      'Deleting puts no child at risk',
      'No investigation is harmed, no device kept for one',
    ];
    const locked = {
      state: 'Locked',
      note: 'Confirm the three points in “Before anything is deleted”.',
    };
    expect(await opened()).toEqual(locked);
    await take(stone(), reference, { [confirming]: points.slice(0, 2) });
    expect(await opened()).toEqual(locked);
    await stone().press('Back');
    await stone().press('Change an answer');
    await stone().press(confirming);
    stone().fill({ chosen: points });
    await stone().submit();
    expect((await opened())?.state).toBe('To do');
    stone().close();
  });

  it('is closed as handled in school, by two people', { timeout: walkMs }, async () => {
    await finish(journey, stone(), reference, {
      'Shall this child’s parents be told?': writing({ chosen: 'Tell them now' }),
      'Action under the behaviour policy': notDoing('It would do more harm than good'),
    });
    await askToClose(stone(), reference);
    stone().fill({
      end: 'Handled in school',
      summary: 'Two of an age, of their own free will',
      outcome: 'Deleted by both; help goes on',
    });
    await stone().submit();
    expect(walkOf(stone(), reference)?.text).toContain('waiting for a second person');
    stone().close();
    await journey.settled();
    const vale = journey.person('alice.vale');
    expect(aboutIn(vale, reference).at(-1)).toContain('It needs a second person: you.');
    await vale.press('Confirm and close', { on: reference });
    await journey.settled();
    expect(aboutIn(journey.person('kim.ashe'), reference).at(-1)).toContain('is closed');
    expect(seen(stone())).not.toContain('Rosamund');
  });

  it('never shows a clause of another school’s policy', () => {
    for (const { body } of journey.workplace.recordings()) {
      expect(body).not.toContain('Online Safety Policy');
      expect(body).not.toMatch(/St Wilfrid/);
    }
  });

  function isOfNudes(title: string): boolean {
    const plain = title.replace(/: child \d+$/, '');
    const steps = [...(journey.policies.latest('westlands')?.steps.values() ?? [])];
    return steps.find((step) => step.title === plain)?.procedure === 'nudes';
  }

  itKeepsItsPromises(() => journey);
});

/** A line of the list of all steps, with or without a mark before and a remark behind. */
function isLineOf(line: string, title: string): boolean {
  return line.replace(/^\W* ?(Locked: )?/, '').split(' — ')[0] === title;
}
