import { beforeAll, describe, expect, it } from 'vitest';
import { aboutIn, raise } from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

describe.each(platforms)('a school without a channel for its leads on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside', channel: false });
  });

  it.each(['bullying', 'nude-picture'])(
    'tells each of the team in their own chat (%s)',
    async (kind) => {
      const reference = await raise(journey, 'amy.lowe', {
        about: ['child-here'],
        kinds: [kind],
        words: { said: 'It is about Melchior' },
      });
      for (const key of ['priya.nair', 'tom.hale', 'ewa.zielinska'])
        expect(aboutIn(journey.person(key), reference)).toHaveLength(1);
    },
  );

  it('shows each of them who has it, once one claims it', async () => {
    const tom = journey.person('tom.hale');
    await tom.press('Claim');
    await journey.settled();
    const told = journey.person('ewa.zielinska').chat().at(-1)?.text;
    expect(told).toContain('Claimed by T. Hale');
  });

  itKeepsItsPromises(() => journey);
});
