import type { Urgency } from './case.ts';
import type { Policy, Question, WholeStep } from './procedure.ts';

const ladder: readonly Urgency[] = ['routine', 'urgent', 'emergency'];

/** The more urgent of the two. */
export function moreUrgent(one: Urgency, other: Urgency): Urgency {
  return ladder.indexOf(one) >= ladder.indexOf(other) ? one : other;
}

/**
 * How urgently a concern is alerted: an emergency is one; otherwise the most urgent of the kinds chosen,
 * an allegation about an adult here at least urgent, one step more when nobody was told in person.
 * Source: decisions.md 9; scenario S6.
 */
export function urgencyOf(
  policy: Policy,
  concern: { emergency: boolean; kinds: readonly string[]; allegation: boolean; told: boolean },
): Urgency {
  if (concern.emergency) return 'emergency';
  const kinds = concern.kinds.map((kind) => urgencyOfKind(policy, kind));
  const highest = kinds.reduce(moreUrgent, concern.allegation ? 'urgent' : 'routine');
  return concern.told ? highest : oneStepUp(highest);
}

/** One step, and never into an emergency: nobody has said that anybody is in danger now. */
function oneStepUp(urgency: Urgency): Urgency {
  return urgency === 'routine' ? 'urgent' : urgency;
}

function urgencyOfKind(policy: Policy, kind: string): Urgency {
  const option = kindQuestion(policy)?.options.find(({ id }) => id === kind);
  if (option === undefined) return 'routine';
  const added = option.adds.map((id) => policy.procedures.get(id)?.urgency ?? 'routine');
  return added.reduce<Urgency>(moreUrgent, option.urgency ?? 'routine');
}

/** The question of the spine that the reporter's form asks for what it is about. */
export function kindQuestion(policy: Policy): WholeStep<Question> | undefined {
  const step = policy.steps.get('spine/kind');
  return step?.kind === 'question' ? step : undefined;
}

/** What a chat message may call the case: the labels of the procedures that run, the most telling first. */
export function labelOf(policy: Policy, running: readonly string[], restricted: boolean): string {
  if (restricted) return 'Confidential matter';
  const labels = running
    .filter((id) => id !== 'spine')
    .map((id) => policy.procedures.get(id)?.label)
    .filter((label) => label !== undefined);
  return labels.length === 0 ? 'Concern' : labels.join(' · ');
}
