import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  claim,
  inChannel,
  raise,
  readable,
  walkOf,
  type Told,
} from '../support/journey-acts.ts';
import type { KeptButton } from '../support/journey-person.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

/* Somebody of the team leaves (S48). */

const bullying: Told = {
  about: ['child-here'],
  kinds: ['bullying'],
  words: { said: 'They hide the shoes of Hildegard' },
};

/** Ewa has claimed one, and still has its buttons. */
async function ewaHoldsOne(journey: Journey): Promise<{ reference: string; steps: KeptButton }> {
  const reference = await raise(journey, 'amy.lowe', bullying);
  const ewa = await claim(journey, 'ewa.zielinska', reference);
  return { reference, steps: ewa.keep('All steps', walkOf(ewa, reference)?.at) };
}

async function expectGivenBack(journey: Journey, reference: string): Promise<void> {
  await journey.settled();
  expect(await journey.record(reference)).toContainEqual(
    expect.objectContaining({ type: 'unclaimed', by: null }),
  );
  expect(inChannel(journey, 'priya.nair', reference)).not.toContain('Claimed by');
  const priya = journey.person('priya.nair');
  expect(readable(priya).join('\n')).toContain('One case that they held has nobody now.');
  expect(aboutIn(priya, reference).at(-1)).toContain('Please claim it.');
}

describe.each(platforms)('somebody of the team leaves (S48) on %s', (platform) => {
  let journey: Journey;
  let held: Awaited<ReturnType<typeof ewaHoldsOne>>;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
    await journey.bot.goRound();
    held = await ewaHoldsOne(journey);
  });

  it('gives back what she held once she is out of the channel, and tells Priya', async () => {
    await journey.upkeep.leaves('ewa.zielinska');
    journey.itIs('11:45');
    await journey.bot.goRound();
    await expectGivenBack(journey, held.reference);
  });

  it('lets somebody else claim it', async () => {
    const tom = await claim(journey, 'tom.hale', held.reference);
    expect(inChannel(journey, 'priya.nair', held.reference)).toContain('Claimed by T. Hale');
    tom.close();
  });

  it('obeys none of her old buttons once she is out of the school’s file', async () => {
    const people = journey.file.people.filter(({ key }) => key !== 'ewa.zielinska');
    await journey.bot.store.applySchool({ ...journey.file, people }, '2026-11-27T11:50:00Z');
    const ewa = journey.person('ewa.zielinska');
    expect(await ewa.pressKept(held.steps)).toContain('There is nothing here for you.');
    ewa.close();
  });

  itKeepsItsPromises(() => journey);
});

describe.each(['heard', 'unheard'] as const)('an account that ended in Slack (%s)', (how) => {
  let journey: Journey;
  let held: Awaited<ReturnType<typeof ewaHoldsOne>>;
  beforeAll(async () => {
    journey = await startJourney({ platform: 'slack', school: 'hillside' });
    held = await ewaHoldsOne(journey);
    // What Slack said of somebody is believed for five minutes.
    journey.itIs('10:40');
    await journey.upkeep.leaves('ewa.zielinska', { unheard: how === 'unheard' });
  });

  it('is refused at its next press, and what it held goes back', async () => {
    const ewa = journey.person('ewa.zielinska');
    expect(await ewa.pressKept(held.steps)).toContain('There is nothing here for you.');
    ewa.close();
    await expectGivenBack(journey, held.reference);
  });

  it('takes back what stands in its own chat', () => {
    expect(aboutIn(journey.person('ewa.zielinska'), held.reference)).toEqual([
      `${held.reference} is no longer in this list.`,
    ]);
  });

  it('stays refused, and is told kindly where to go', async () => {
    const ewa = journey.person('ewa.zielinska');
    await ewa.raises();
    expect(readable(ewa).join('\n')).toContain('999');
    expect(ewa.screen()?.fields ?? []).toEqual([]);
    ewa.close();
  });

  itKeepsItsPromises(() => journey);
});
