import { beforeAll, describe, expect, it } from 'vitest';
import { claim, openSteps, raise, seen } from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { calmLook, take } from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const toIt = 'Block it and find out why';

describe.each(platforms)('what IT was asked to do on %s', (platform) => {
  let journey: Journey;
  let reference: string;
  const priya = () => journey.person('priya.nair');
  const ben = () => journey.person('ben.okoro');

  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
    reference = await raise(journey, 'amy.lowe', {
      about: ['child-here', 'system'],
      kinds: ['unsuitable-site'],
      words: { said: 'Ferdinand saw an advert for betting', who: 'Ferdinand Quill' },
    });
    await claim(journey, 'priya.nair', reference);
    await take(priya(), reference, {
      ...calmLook({ name: 'Ferdinand Quill', parts: ['witness'] }),
      'What got through, or is blocked?': ['Legal but not right for children'],
    });
  }, 120_000);

  async function give() {
    await openSteps(priya(), reference);
    await priya().press(toIt);
    await priya().press('Give it to IT');
    priya().fill({ details: 'Machine 14' });
    await priya().submit();
    priya().close();
    await journey.settled();
  }

  it('does not stand in the holder’s way meanwhile', async () => {
    await give();
    await openSteps(priya(), reference);
    await priya().press(toIt);
    expect(priya().screen()?.text).toMatch(/IT has it, as task T-\d{4}/);
    priya().close();
  });

  it('comes back to the holder with a word when IT cannot do it', async () => {
    await ben().press('I can’t');
    await journey.settled();
    expect(seen(priya())).toMatch(/IT cannot do task T-\d{4}/);
  });

  it('is taken back when the case turns out to be about an adult here', async () => {
    await give();
    await ben().press('Open');
    expect(ben().screen()?.text).toContain('Machine 14');
    const done = ben().keep('Done');
    ben().close();
    await take(priya(), reference, { 'By chance, or looked for?': 'It was an adult’s log-in' });
    await journey.settled();
    expect(seen(ben())).toContain('This task is no longer needed.');
    expect(await ben().pressKept(done)).not.toContain('thank you');
    ben().close();
    expect(seen(ben())).not.toContain('Machine 14');
  });

  itKeepsItsPromises(() => journey);
});
