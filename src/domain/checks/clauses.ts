import { plannedProcedures, type CheckContext, type ClauseRow, type Problem } from './problem.ts';
import type { Pack, Policy } from '../procedure.ts';

/** Clauses point to steps that exist, and are cited only for procedures that exist. */
export function everyClauseNamesSteps(policy: Policy): Problem[] {
  const { clauses, defers } = policy.pack;
  const missing = clauses.flatMap(({ line, steps }) =>
    steps
      .filter((ref) => !policy.steps.has(ref))
      .map((ref) => ({ at: at(line), problem: `there is no step “${ref}”` })),
  );
  const unknown = [...clauses.flatMap(({ line, for: ids }) => ids.map((id) => ({ line, id })))]
    .concat(defers.map(({ line, procedure }) => ({ line, id: procedure })))
    .filter(({ id }) => !plannedProcedures.includes(id))
    .map(({ line, id }) => ({ at: at(line), problem: `there is no procedure “${id}”` }));
  return [...missing, ...unknown];
}

/** Every clause of the policy about incidents is carried by a step, as soon as a procedure it is about is adopted. */
export function everyClauseIsCarried(policy: Policy, { clauses }: CheckContext): Problem[] {
  const adopted = Object.keys(policy.pack.procedures);
  return clauses
    .filter((row) => isDue(row, adopted) && !isCarried(row, policy.pack))
    .map((row) => ({ at: at(row.line), problem: `no step carries the clause “${row.short}”` }));
}

/** Whether a clause has to be carried by now. */
export function isDue({ trees }: ClauseRow, adopted: readonly string[]): boolean {
  return trees.length === 0 || trees.some((id) => adopted.includes(id));
}

function isCarried(row: ClauseRow, { clauses, defers }: Pack): boolean {
  return [...clauses, ...defers].some(({ line }) => isWithin(row, line));
}

/** Whether a line of the policy belongs to a clause that may run over several. */
export function isWithin({ line: first, to = first }: ClauseRow, line: number): boolean {
  return line >= first && line <= to;
}

function at(line: number): string {
  return `pack line ${String(line)}`;
}
