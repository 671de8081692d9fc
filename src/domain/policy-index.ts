import {
  isDoable,
  type DoableStep,
  type End,
  type Gate,
  type Policy,
  type Prohibition,
  type Question,
  type Timer,
  type WholeStep,
} from './procedure.ts';

/** A policy's steps by what the walk does with them. */
export type PolicyIndex = {
  walked: WholeStep<DoableStep>[];
  prohibitions: WholeStep<Prohibition>[];
  gates: WholeStep<Gate>[];
  timers: WholeStep<Timer>[];
  ends: WholeStep<End>[];
  /** Questions of which some option brings a procedure in. */
  adding: WholeStep<Question>[];
  /** Full names of the steps that are walked once per child. */
  perChild: ReadonlySet<string>;
};

const indexes = new WeakMap<Policy, PolicyIndex>();

/** Sorted once per policy: thousands of walks share one policy. */
export function indexOf(policy: Policy): PolicyIndex {
  const known = indexes.get(policy);
  if (known !== undefined) return known;
  const made = makeIndex([...policy.steps.values()]);
  indexes.set(policy, made);
  return made;
}

function makeIndex(steps: WholeStep[]): PolicyIndex {
  return {
    walked: steps.filter((step): step is WholeStep<DoableStep> => isDoable(step)),
    prohibitions: steps.filter(
      (step): step is WholeStep<Prohibition> => step.kind === 'prohibition',
    ),
    gates: steps.filter((step): step is WholeStep<Gate> => step.kind === 'gate'),
    timers: steps.filter((step): step is WholeStep<Timer> => step.kind === 'timer'),
    ends: steps.filter((step): step is WholeStep<End> => step.kind === 'end'),
    adding: steps.filter(
      (step): step is WholeStep<Question> =>
        step.kind === 'question' && step.options.some(({ adds }) => adds.length > 0),
    ),
    perChild: new Set(steps.filter(({ per }) => per === 'child').map(({ ref }) => ref)),
  };
}
