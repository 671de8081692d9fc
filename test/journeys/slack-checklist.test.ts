import { describe, expect, it } from 'vitest';
import { answer, claim, openSteps, raise, walkOf } from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { startJourney, type Journey } from '../support/journey.ts';

/* Slack's own checklist block is not in every workspace: the walk is the same without it. */

describe.each([true, false])('the walk in a workspace with the checklist block: %s', (has) => {
  let journey: Journey;

  it('shows the steps in the holder’s own chat, and goes on from there', async () => {
    journey = await startJourney({ platform: 'slack', school: 'hillside' });
    if (!has) journey.upkeep.withoutNewBlocks();
    const reference = await raise(journey, 'amy.lowe', {
      about: ['child-here'],
      kinds: ['nude-picture'],
      words: { said: 'There is a picture of Rosamund' },
    });
    const priya = await claim(journey, 'priya.nair', reference);
    const shown = walkOf(priya, reference)?.text ?? '';
    expect(shown).toContain('Is any child at risk right now?');
    await answer(priya, reference, 'Is any child at risk right now?', 'No');
    priya.close();
    await journey.settled();
    const { text } = await openSteps(priya, reference);
    expect(text).toContain('☑ Is any child at risk right now?');
    priya.close();
    const kept = journey.workplace.recordings().filter(({ kind }) => kind === 'chat');
    expect(kept.some(({ body }) => body.includes('task_card'))).toBe(has);
  });

  itKeepsItsPromises(() => journey);
});
