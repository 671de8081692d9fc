import type { Policy, WholeStep } from '../procedure.ts';

/** Something wrong in a policy. `at` is a step's full name, or `pack` with what in it. */
export type Problem = { at: string; problem: string };

/** A clause about incidents that a policy has, and which procedures it is about (none: the spine). */
export type ClauseRow = { line: number; to?: number | undefined; short: string; trees: string[] };

/** What the checks know besides the policy. */
export type CheckContext = {
  /** Names in sources.yaml. */
  sources: ReadonlySet<string>;
  /** The clauses that this pack's policy has. */
  clauses: readonly ClauseRow[];
};

/** One rule about the data: every problem it finds, none when all is well. */
export type Check = (policy: Policy, context: CheckContext) => Problem[];

/** Every procedure that is planned. An answer may bring one in that has not landed: the spine runs alone then. */
export const plannedProcedures: readonly string[] = [
  'spine',
  'sexual-harm',
  'nudes',
  'exploitation',
  'child-abuse-images',
  'cyberbullying',
  'hate',
  'radicalisation',
  'filtering',
  'monitoring',
  'staff',
  'other-triggers',
  'unsure',
];

/** Runs a rule over every step. */
export function eachStep(policy: Policy, problemsOf: (step: WholeStep) => string[]): Problem[] {
  return [...policy.steps.values()].flatMap((step) =>
    problemsOf(step).map((problem) => ({ at: step.ref, problem })),
  );
}
