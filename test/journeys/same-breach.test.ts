import { beforeAll, describe, expect, it } from 'vitest';
import { claim, openSteps, raise, seen } from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import {
  calmLook,
  finish,
  offered,
  standing,
  take,
  walkMs,
  writing,
} from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const parents = 'Shall this child’s parents be told?: child 1';
const safeguarding = 'Is it a safeguarding concern?';
const toIt = 'Block it and find out why';

const schools = [
  { school: 'hillside', reporter: 'amy.lowe', lead: 'priya.nair', it: 'ben.okoro', asks: false },
  { school: 'westmoor', reporter: 'kim.ashe', lead: 'daniel.stone', it: 'lee.grant', asks: true },
] as const;

describe.each(platforms)('the same breach under two policies (S35) on %s', (platform) => {
  describe.each(schools)('at $school', ({ school, reporter, lead, it: technician, asks }) => {
    let journey: Journey;
    let reference: string;
    const holder = () => journey.person(lead);
    beforeAll(async () => {
      journey = await startJourney({ platform, school });
      reference = await raise(journey, reporter, {
        about: ['child-here', 'system'],
        kinds: ['unsuitable-site'],
        words: { said: 'Ferdinand saw an advert for betting', who: 'Ferdinand Quill' },
      });
      await claim(journey, lead, reference);
      await take(holder(), reference, {
        ...calmLook({ name: 'Ferdinand Quill', parts: ['witness'] }),
        'What got through, or is blocked?': ['Legal but not right for children'],
        'By chance, or looked for?': 'By chance',
        'Is a child upset, or was it self-harm?': 'No',
      });
    }, walkMs);

    it('has it written down, mended and told to the leadership', async () => {
      const titles = await offered(holder(), reference);
      for (const title of ['Write the breach down', toIt, 'Tell the leadership team'])
        expect(titles).toContain(title);
      holder().close();
    });

    if (asks)
      it('asks first whether it is a safeguarding concern, and has no step for parents when it is not', async () => {
        expect(standing((await openSteps(holder(), reference)).text, parents)).toBeNull();
        await take(holder(), reference, {
          [safeguarding]: writing({ chosen: 'No', reason: 'Nothing was seen but the advert' }),
        });
        expect(standing((await openSteps(holder(), reference)).text, parents)).toBeNull();
        holder().close();
      });
    else
      it('asks about the parents whatever it was, and telling them comes first', async () => {
        const { text, buttons } = await openSteps(holder(), reference);
        expect(standing(text, safeguarding)).toBeNull();
        await holder().press(buttons.find((one) => one === parents) ?? parents);
        expect(holder().screen()?.text).toContain('Tell them, unless');
        const chosen = holder()
          .screen()
          ?.fields.find(({ id }) => id === 'chosen');
        expect(chosen?.choices[0]).toBe('Tell them now');
        holder().close();
      });

    it('gives IT the device and the time, and no name', async () => {
      await take(holder(), reference, {
        'Write the breach down': writing({
          'device-number': 'LT-0417',
          'time-date': '2026-11-27',
          'time-time': '10:05',
          words: 'fruit machines for Ferdinand',
        }),
      });
      await openSteps(holder(), reference);
      await holder().press(toIt);
      await holder().press('Give it to IT');
      const known = holder()
        .screen()
        ?.fields.find(({ id }) => id === 'details')?.value;
      expect(known).toContain('LT-0417');
      expect(known).toContain('10:05');
      holder().fill({ details: `${String(known)}, Ferdinand was there` });
      await holder().submit();
      expect(holder().screen()?.text).toContain('A name from the case stands in it.');
      holder().fill({ details: String(known) });
      await holder().submit();
      expect(seen(holder())).toContain('without a name');
      holder().close();
      await journey.settled();
      const person = journey.person(technician);
      await person.press('Open');
      expect(person.screen()?.text).toContain('LT-0417');
      person.close();
      for (const { body } of journey.workplace
        .recordings()
        .filter(({ to }) => to === person.name)) {
        expect(body).not.toContain('Ferdinand');
        expect(body).not.toContain('fruit machines');
        expect(body).not.toContain(reference);
      }
    });

    it('is finished by IT from the task, and closed', { timeout: walkMs }, async () => {
      const person = journey.person(technician);
      await person.press('Open');
      person.fill({
        ticket: 'INC-9921',
        cause: 'A new advertiser',
        blocked: 'Yes, tested',
        others: 'No',
        provider: 'The address, by phone',
      });
      await person.submit();
      person.close();
      await finish(journey, holder(), reference, {
        [parents]: writing({ chosen: 'Tell them now' }),
        'Will the filter be changed?': 'No',
      });
      const { text } = await openSteps(holder(), reference);
      expect(standing(text, toIt)?.state).toBe('Done');
      expect(standing(text, 'Tell this child’s parents: child 1')?.state ?? null).toBe(
        asks ? null : 'Done',
      );
      holder().close();
    });

    itKeepsItsPromises(() => journey);
  });
});
