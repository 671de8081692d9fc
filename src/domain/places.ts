import type { Child } from './answer.ts';
import type { Known } from './judge.ts';
import type { PolicyIndex, Ruled } from './policy-index.ts';

/** A step that applies, and the child it is for; null for a step walked once. */
export type Place<R extends Ruled> = { ruled: R; child: Child | null };
type Kind = 'walked' | 'prohibitions' | 'gates' | 'timers' | 'ends';

/** Where a kind of step applies: each step of what runs, once or for each of its children. */
export function placesOf<K extends Kind>(
  index: PolicyIndex,
  kind: K,
  known: Known,
): Place<PolicyIndex[K][number]>[] {
  const found: Place<PolicyIndex[K][number]>[] = [];
  for (const ruled of index[kind]) {
    if (!known.running.has(ruled.procedure)) continue;
    for (const child of childrenOf(ruled, known.children))
      if (ruled.when(known, child)) found.push({ ruled, child });
  }
  return found;
}

const once: readonly null[] = [null];

function childrenOf(
  { perChild, parts: wanted }: Ruled,
  children: readonly Child[],
): readonly (Child | null)[] {
  if (!perChild) return once;
  if (wanted.length === 0) return children;
  return children.filter(({ parts }) => parts.some((part) => wanted.includes(part)));
}
