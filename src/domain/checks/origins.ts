import type { Policy } from '../procedure.ts';
import type { CheckContext, Problem } from './problem.ts';

/** Every step can be cited: by a clause of the pack, or by national guidance or law. */
export function everyStepHasASource(policy: Policy): Problem[] {
  const carrying = new Set(policy.pack.clauses.flatMap(({ steps }) => steps));
  return [...policy.steps.values()]
    .filter(({ ref, source }) => source.length === 0 && !carrying.has(ref))
    .map(({ ref }) => ({ at: ref, problem: 'has no clause in the pack and no source' }));
}

export function sourcesExist(policy: Policy, { sources }: CheckContext): Problem[] {
  return [...policy.steps.values()].flatMap(({ ref, source }) =>
    source
      .filter((name) => !sources.has(name))
      .map((name) => ({ at: ref, problem: `there is no source “${name}”` })),
  );
}
