import { stepsNamedIn, type Condition } from '../condition.ts';
import type { Policy } from '../procedure.ts';
import { partsOf } from './conditions.ts';

/** Steps whose coming up depends, through other steps, on themselves. */
export function stepsInCircles(policy: Policy): ReadonlySet<string> {
  const edges = new Map(
    [...policy.steps.values()].map((step) => [step.ref, dependenciesOf(step.when, policy)]),
  );
  return new Set([...edges.keys()].filter((ref) => isReachable(ref, ref, edges)));
}

function dependenciesOf(condition: Condition, policy: Policy): string[] {
  const procedures = partsOf(condition).flatMap((part) =>
    part.type === 'procedure' ? part.ids : [],
  );
  return [...stepsNamedIn(condition), ...procedures.flatMap((id) => questionsAdding(id, policy))];
}

function questionsAdding(procedure: string, policy: Policy): string[] {
  return [...policy.steps.values()]
    .filter(
      (step) =>
        step.kind === 'question' && step.options.some(({ adds }) => adds.includes(procedure)),
    )
    .map(({ ref }) => ref);
}

function isReachable(from: string, to: string, edges: ReadonlyMap<string, string[]>): boolean {
  const seen = new Set<string>();
  const waiting = [...(edges.get(from) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(edges.get(next) ?? []));
  }
  return false;
}
