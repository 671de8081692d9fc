import type { Policy } from '../../domain/procedure.ts';
import { kindQuestion } from '../../domain/urgency.ts';

/** What the reporter must not do: the spine's list, and those of the kinds chosen. */
export function neverFor(policy: Policy, kinds: readonly string[], allegation: boolean): string[] {
  const items = proceduresOf(policy, kinds, allegation).flatMap(
    (id) => policy.procedures.get(id)?.reporter.never ?? [],
  );
  return [...new Set(items)];
}

/** What the reporter does meanwhile. */
export function untilThenFor(
  policy: Policy,
  kinds: readonly string[],
  allegation: boolean,
): string[] {
  const items = proceduresOf(policy, kinds, allegation).flatMap(
    (id) => policy.procedures.get(id)?.reporter.until_then ?? [],
  );
  return [...new Set(items)];
}

function proceduresOf(policy: Policy, kinds: readonly string[], allegation: boolean): string[] {
  const added = kindQuestion(policy)
    ?.options.filter(({ id }) => kinds.includes(id))
    .flatMap(({ adds }) => adds);
  return [...new Set([...(allegation ? ['staff'] : []), ...(added ?? []), 'spine'])];
}
