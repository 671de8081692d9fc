import type { Policy } from './procedure.ts';
import { walk } from './walk.ts';

/**
 * The reporter's own duty to tell the police or social care, where the school's switch says that the law has it.
 * It is theirs alone: whoever holds the case sees whether it was done, and cannot do it for them.
 * Source: procedures.md 2.13; scenario S52.
 */
export const ownDuty = 'spine/own-notification';

/** Whether somebody who raises a concern of these kinds has the duty from the start. */
export function hasOwnDuty(
  policy: Policy,
  { kinds, ...raised }: { kinds: readonly string[]; restricted: boolean; at: string },
  switches: ReadonlyMap<string, string>,
): boolean {
  const { steps } = walk(policy, {
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
  return steps.some(({ step }) => step.ref === ownDuty);
}
