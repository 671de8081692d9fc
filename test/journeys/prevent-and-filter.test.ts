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
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import {
  askToClose,
  calmLook,
  finish,
  offered,
  readStep,
  standing,
  take,
  walkMs,
  writing,
} from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const referral = 'Make the Prevent referral';
const decision = 'What do you decide?';

describe.each(platforms)('extreme views, and a lesson that is blocked, on %s', (platform) => {
  let journey: Journey;
  const priya = () => journey.person('priya.nair');
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  describe('a pupil with extremist videos (S32)', () => {
    let reference: string;
    beforeAll(async () => {
      reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['extremism'],
        words: { said: 'Leofric shows films of fighters at break' },
      });
      await claim(journey, 'priya.nair', reference);
      await take(priya(), reference, {
        ...calmLook({ name: 'Leofric Thorne', parts: ['harmed'] }),
        'Does any of these hold right now?': ['None of these'],
        'Who may be drawn into extremism?': ['A child here'],
        'Is there terrorist material somewhere?': ['No'],
      });
    }, walkMs);

    it('refers nobody because of the kind of concern', async () => {
      const { text } = await openSteps(priya(), reference);
      for (const title of [referral, 'Refer to children’s social care', 'Speak to the police'])
        expect(standing(text, title), title).toBeNull();
      expect(text).toContain('Never refer for a belief alone.');
      priya().close();
    });

    it(
      'has what was noticed checked, and advice asked before anything is decided',
      { timeout: walkMs },
      async () => {
        const check = await readStep(priya(), reference, 'Check what is known');
        expect(check).toContain('Question nobody for it.');
        await take(priya(), reference, { 'Check what is known': writing({}) });
        const consult = await readStep(priya(), reference, 'Ask before you decide');
        expect(consult).toContain('Asking is not referring.');
        expect(consult).toContain('01632 960155');
        await take(priya(), reference, { 'Ask before you decide': writing({}) });
        expect(standing((await openSteps(priya(), reference)).text, decision)?.state).toMatch(
          /Now|To do/,
        );
        priya().close();
      },
    );

    it('refers by decision, with a reason, by way of First Contact and with social care beside it', async () => {
      await openStep(priya(), reference, decision);
      priya().fill({ chosen: 'Refer to Prevent' });
      await priya().submit();
      expect(priya().screen()?.text).toContain('Please write the reason.');
      priya().fill({ reason: 'He speaks of going, and of nothing else' });
      await priya().submit();
      expect(seen(priya())).toContain('Saved at');
      const made = await readStep(priya(), reference, referral);
      expect(made).toContain('Make it through children’s social care');
      expect(made).toContain('First Contact, 01632 960111');
      expect(await offered(priya(), reference)).toContain('Refer to children’s social care?');
      priya().close();
    });

    it('needs neither a religion nor an ideology', async () => {
      await openStep(priya(), reference, referral);
      for (const { label } of priya().screen()?.fields ?? [])
        expect(label).not.toMatch(/religio|faith|ideolog|ethnic|nationalit/i);
      priya().close();
      await take(priya(), reference, { [referral]: writing({ views: '', signs: '', family: '' }) });
      expect(standing((await openSteps(priya(), reference)).text, referral)?.state).toBe('Waiting');
      priya().close();
    });

    it('tells the child before the parents, and the parents unless there is a reason not to', async () => {
      const child = await readStep(priya(), reference, 'Tell the child about the referral');
      expect(child).toContain('Before the parents are told');
      await openStep(priya(), reference, 'Shall this child’s parents be told?: child 1');
      expect(priya().screen()?.text).toContain('Tell them, unless');
      const chosen = priya()
        .screen()
        ?.fields.find(({ id }) => id === 'chosen');
      expect(chosen?.choices[0]).toBe('Tell them now');
      priya().close();
    });
  });

  describe('a lesson site is blocked (S37)', () => {
    let reference: string;
    beforeAll(async () => {
      reference = await raise(journey, 'joe.birch', {
        about: ['system'],
        kinds: ['unsuitable-site'],
        words: { said: 'The museum’s page on anatomy is blocked, says Hildebrand' },
      });
      await claim(journey, 'priya.nair', reference);
      await take(priya(), reference, {
        'Is any child at risk right now?': 'No',
        'May an adult here have done something?': 'No',
        'Is any child affected?': 'No child is affected',
        'Whose devices are involved?': ['None'],
        'Could it be a crime?': 'No',
        'Are children elsewhere, or others, involved?': 'No',
        'What got through, or is blocked?': ['Something useful is blocked'],
      });
    }, walkMs);

    it('is looked at with IT, and any change is weighed, agreed and logged', async () => {
      const look = await readStep(priya(), reference, 'Look at the block with IT');
      expect(look).toContain('With IT, see why it is blocked');
      await take(priya(), reference, { 'Will the filter be changed?': 'Yes' });
      await openStep(priya(), reference, 'Weigh the change and log it');
      expect(
        priya()
          .screen()
          ?.fields.map(({ id }) => id),
      ).toEqual(['risk', 'consent', 'log']);
      priya().close();
    });

    it('has no parents, no police and no child in it', async () => {
      const { text } = await openSteps(priya(), reference);
      for (const title of [
        'Name each child involved',
        'Speak to the police',
        'Refer to children’s social care?',
        'Is it a safeguarding concern?',
      ])
        expect(standing(text, title), title).toBeNull();
      expect(text).not.toContain('parents');
      priya().close();
    });

    it('ends as handled in school', { timeout: walkMs }, async () => {
      await finish(journey, priya(), reference, {});
      await askToClose(priya(), reference);
      priya().fill({ end: 'Handled in school', summary: 'Blocked by mistake', outcome: 'Opened' });
      await priya().submit();
      expect(walkOf(priya(), reference)?.text).toContain('waiting for a second person');
      priya().close();
      await journey.settled();
      await journey.person('ewa.zielinska').press('Confirm and close', { on: reference });
      await journey.settled();
      expect(aboutIn(journey.person('joe.birch'), reference).at(-1)).toContain('is closed');
    });
  });

  itKeepsItsPromises(() => journey);
});
