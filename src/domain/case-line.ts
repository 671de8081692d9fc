import type { CaseState, Urgency } from './case.ts';
import type { Lane } from './audience.ts';
import type { Policy } from './procedure.ts';
import { spine } from './running.ts';
import { labelOf } from './urgency.ts';
import type { Walk } from './walk.ts';

export type LineState = 'new' | 'active' | 'awaiting' | 'closing' | 'closed';

/** What may stand about a case in a list: nothing that a person wrote. */
export function lineOf(
  state: CaseState,
  walk: Walk,
  deadlines: readonly { dueAt: string }[],
  policy: Policy,
): {
  id: string;
  reference: string;
  label: string;
  urgency: Urgency;
  lane: Lane;
  raisedAt: string;
  holder: string | null;
  state: LineState;
  openSteps: number;
  nextDue: string | null;
  kinds: string[];
  awaits: boolean;
  outcome: string | null;
} {
  const { id, reference, urgency, lane, raisedAt, holder } = state;
  const due = deadlines.map(({ dueAt }) => dueAt).toSorted();
  return {
    id,
    reference,
    label: labelOf(policy, walk.running, lane === 'manager'),
    urgency,
    lane,
    raisedAt,
    holder,
    state: lineState(state, walk),
    openSteps: walk.missing.length,
    nextDue: due[0] ?? null,
    kinds: walk.running.filter((id) => id !== spine),
    awaits: walk.steps.some((step) => step.state === 'awaiting'),
    outcome: endCode(state, policy),
  };
}

/** The code of how it ended, `E-CSC`. */
function endCode({ closedAs, closedAt }: CaseState, policy: Policy): string | null {
  if (closedAs === null || closedAt === null) return null;
  const end = policy.steps.get(closedAs);
  return end?.kind === 'end' ? end.code : null;
}

function lineState(state: CaseState, walk: Walk): LineState {
  if (state.closedAt !== null) return 'closed';
  if (state.closing !== null) return 'closing';
  if (state.holder === null) return 'new';
  const waiting =
    walk.missing.length > 0 && walk.missing.every((step) => step.state === 'awaiting');
  return waiting ? 'awaiting' : 'active';
}
