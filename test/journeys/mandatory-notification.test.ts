import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  claim,
  openStep,
  openSteps,
  raise,
  seen,
  type Told,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { askToClose, calmLook, standing, take, walkMs } from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const duty = 'Your own duty to tell';
const whomITold = 'Record whom I told';

const assault: Told = {
  about: ['child-here'],
  kinds: ['sexual-assault'],
  words: { said: 'Eudora told me what happened at the camp' },
};

describe.each(platforms)('the duty to notify from a date (S52) on %s', (platform) => {
  let journey: Journey;
  let before: string;
  let after: string;
  const amy = () => journey.person('amy.lowe');
  const priya = () => journey.person('priya.nair');
  const receipt = (reference: string) =>
    amy()
      .chat()
      .find(({ text }) => text.includes(reference) && text.includes('Saved at'));
  beforeAll(async () => {
    journey = await startJourney({
      platform,
      school: 'hillside',
      at: '2026-12-10T10:30:00Z',
      change: (file) => ({
        ...file,
        switches: { ...file.switches, mandatory_csa_notification: 'on from 2027-01-01' },
      }),
    });
    before = await raise(journey, 'amy.lowe', assault);
    await claim(journey, 'priya.nair', before);
  });

  it('asks nothing of whoever raised it before that day', async () => {
    expect(receipt(before)?.text).not.toContain(duty);
    expect(receipt(before)?.buttons).not.toContain(whomITold);
    expect(standing((await openSteps(priya(), before)).text, duty)).toBeNull();
    priya().close();
  });

  it('says to Amy on the receipt, from that day on, what the law asks of her herself', async () => {
    journey.itIs('2027-02-01T10:30:00Z');
    after = await raise(journey, 'amy.lowe', assault);
    expect(receipt(after)?.text).toContain(duty);
    expect(receipt(after)?.text).toContain('tell the police or social care yourself');
    expect(receipt(after)?.buttons).toContain(whomITold);
  });

  it('discourages nobody from telling the police or social care directly', () => {
    for (const text of aboutIn(amy(), after)) {
      expect(text).not.toMatch(/do not (ring|call|tell) (the )?(police|social care|999)/i);
      expect(text).not.toMatch(/ask .* before you (ring|tell)|leave it to the safeguarding team/i);
    }
    expect(receipt(after)?.text).toContain('You do not need to ask first.');
  });

  it('leaves the case of before as it was, however late it is looked at', async () => {
    expect(standing((await openSteps(priya(), before)).text, duty)).toBeNull();
    priya().close();
  });

  it(
    'is a step that Priya sees and cannot do for her, and the case does not close without it',
    { timeout: walkMs },
    async () => {
      await claim(journey, 'priya.nair', after);
      expect(standing((await openSteps(priya(), after)).text, duty)?.state).toBe('To do');
      await priya().press('Back');
      await openStep(priya(), after, duty);
      expect(priya().screen()?.fields).toEqual([]);
      expect(priya().screen()?.buttons).not.toContain('Save');
      expect(priya().screen()?.buttons).toContain('Does not apply');
      priya().close();
      await askToClose(priya(), after);
      expect(priya().screen()?.text).toContain(duty);
      priya().close();
    },
  );

  it('takes from Amy whom she told, when, and the reference, or who told them for her', async () => {
    await amy().press(whomITold, { on: after });
    expect(amy().screen()?.text).toContain('First Contact, 01632 960111');
    expect(amy().screen()?.text).toContain('Northmoor Police, 101');
    expect(
      amy()
        .screen()
        ?.fields.map(({ id }) => id),
    ).toEqual(['body', 'time-date', 'time-time', 'reference', 'for-me']);
    amy().fill({
      body: 'First Contact, Ermintrude at the desk',
      'time-date': '2027-02-01',
      'time-time': '10:20',
      reference: 'FC-7712',
    });
    const save = amy().keep('Save');
    await amy().submit();
    expect(seen(amy())).toMatch(/Saved at 10:\d\d\. Thank you\./);
    await amy().pressKept(save);
    amy().close();
    const told = (await journey.record(after)).filter(
      ({ step }) => step === 'spine/own-notification',
    );
    expect(told).toEqual([
      expect.objectContaining({ type: 'answered', result: 'done', by: 'Amy Lowe' }),
    ]);
  });

  it(
    'shows Priya that it was done, and Amy nothing of the case',
    async () => {
      expect(standing((await openSteps(priya(), after)).text, duty)?.state).toBe('Done');
      priya().close();
      await take(priya(), after, calmLook({ name: 'Eudora Finch', parts: ['harmed'] }));
      const screens = journey.workplace.recordings().filter(({ to }) => to === 'Amy Lowe');
      for (const { body } of screens) expect(body).not.toContain('Is any child at risk right now?');
    },
    walkMs,
  );

  it('lets nobody else record it', async () => {
    const button = amy().keep(whomITold, { on: after });
    const joe = journey.person('joe.birch');
    expect(await joe.pressKept(button)).toContain('no longer valid');
    joe.close();
    priya().close();
    expect(await priya().pressKept(button)).toContain('no longer valid');
    priya().close();
  });

  it(
    'tells Amy when it becomes her duty only by what comes out later',
    { timeout: walkMs },
    async () => {
      const bullying = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: ['bullying'],
        words: { said: 'They laugh at Eudora, I do not know why' },
      });
      expect(receipt(bullying)?.text).not.toContain(duty);
      await claim(journey, 'priya.nair', bullying);
      await take(priya(), bullying, {
        'Is any of this part of it?': ['A nude or sexual picture of a child, real or fake'],
      });
      await take(priya(), bullying, { 'Who is doing it?': ['A child here'] });
      await journey.settled();
      const told = aboutIn(amy(), bullying).filter((text) => text.includes(duty));
      expect(told).toEqual([expect.stringContaining('the law asks something of you too')]);
      expect(told[0]).not.toMatch(/picture|bullying/i);
      await amy().press(whomITold, { on: bullying });
      expect(
        amy()
          .screen()
          ?.fields.map(({ id }) => id),
      ).toContain('body');
      amy().close();
    },
  );

  itKeepsItsPromises(() => journey);
});
