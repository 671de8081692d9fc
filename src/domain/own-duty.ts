import type { Policy } from './procedure.ts';
import { walk, type Walk } from './walk.ts';

/**
 * The reporter's own duty to tell the police or social care, where the school's switch says that the law has it.
 * It is theirs alone: whoever holds the case sees whether it was done, and cannot do it for them.
 * Source: procedures.md 2.13; scenario S52.
 */
export const ownDuty = 'spine/own-notification';

/** Whether it is among the steps of a case as it stands. */
export function asksForOwnDuty({ steps }: Pick<Walk, 'steps'>): boolean {
  return steps.some(({ step, state }) => step.ref === ownDuty && state !== 'superseded');
}

/** Whether somebody who raises a concern of these kinds has the duty from the start. */
export function hasOwnDuty(
  policy: Policy,
  { kinds, ...raised }: { kinds: readonly string[]; restricted: boolean; at: string },
  switches: ReadonlyMap<string, string>,
): boolean {
  const seen = walk(policy, {
    restricted: raised.restricted,
    children: [],
    switches,
    answers: [
      {
        ...{ step: 'spine/kind', child: null, part: 'step', result: 'chosen', chosen: [...kinds] },
        ...{ record: {}, reason: null, by: '', at: raised.at },
      },
    ],
  });
  return asksForOwnDuty(seen);
}
