import type { Condition } from '../condition.ts';
import type { WholeStep } from '../procedure.ts';

/** A condition of a step and what it is for. */
export type Use = {
  step: WholeStep;
  of: 'when' | 'until' | 'opens' | 'requires';
  condition: Condition;
};

/** Every condition that a step has. */
export function conditionsOf(step: WholeStep): Use[] {
  const uses: Use[] = [{ step, of: 'when', condition: step.when }];
  if (step.kind === 'prohibition' && step.until !== undefined)
    uses.push({ step, of: 'until', condition: step.until });
  if (step.kind === 'gate') uses.push({ step, of: 'opens', condition: step.opens });
  if (step.kind === 'end') uses.push({ step, of: 'requires', condition: step.requires });
  return uses;
}

/** The condition and every condition inside it. */
export function partsOf(condition: Condition): Condition[] {
  switch (condition.type) {
    case 'all':
    case 'any':
      return [condition, ...condition.of.flatMap(partsOf)];
    case 'not':
      return [condition, ...partsOf(condition.of)];
    case 'always':
    case 'answered':
    case 'recorded':
    case 'done':
    case 'settled':
    case 'switch':
    case 'procedure':
    case 'child':
      return [condition];
  }
}
