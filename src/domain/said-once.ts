import type { Prohibition, WholeStep } from './procedure.ts';
import type { StandingProhibition } from './walk.ts';

/**
 * What must never be done, each thing once: the prohibitions that stand, less those of which the data says that
 * another one, which stands as well, says at least as much. What is left out here stands and forbids all the
 * same. Source: procedures.md 4.0, union rule.
 */
export function saidOnce(prohibitions: readonly StandingProhibition[]): WholeStep<Prohibition>[] {
  const standing = prohibitions
    .filter(({ lifted }) => !lifted)
    .map(({ prohibition }) => prohibition);
  const refs = new Set(standing.map(({ ref }) => ref));
  return [...new Map(standing.map((one) => [one.ref, one])).values()].filter(
    ({ same_as: others }) => !others.some((ref) => refs.has(ref)),
  );
}
