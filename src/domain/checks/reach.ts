import type { Condition } from '../condition.ts';
import type { End, Policy, WholeStep } from '../procedure.ts';
import { contradictsItself } from './contradiction.ts';
import { stepsInCircles } from './circles.ts';
import { does, mayHold, obstaclesOf, possibleWorld, worldOf } from './possible.ts';
import { eachStep, type Problem } from './problem.ts';

/** Every procedure can be brought in, and every step of it can come up. */
export function everyStepCanBeReached(policy: Policy): Problem[] {
  const world = possibleWorld(policy, [], stepsInCircles(policy));
  const orphans = [...policy.procedures.keys()]
    .filter((id) => !world.mayRun.has(id))
    .map((id) => ({ at: id, problem: 'no answer brings this procedure in' }));
  const unreachable = eachStep(policy, (step) =>
    world.mayRun.has(step.procedure) &&
    !(mayHold(step.when, world) && !contradictsItself(step.when, policy))
      ? ['can never come up']
      : [],
  );
  return [...orphans, ...unreachable];
}

/** Whether a step comes up never depends, through other steps, on its own answer. */
export function noQuestionDependsOnItself(policy: Policy): Problem[] {
  return [...stepsInCircles(policy)].map((ref) => ({
    at: ref,
    problem: 'depends on its own answer',
  }));
}

/** No gate, and no prohibition that lifts, stands against the very step that would open it. */
export function everyGateCanOpen(policy: Policy): Problem[] {
  const obstacles = obstaclesOf(policy);
  const world = possibleWorld(policy, obstacles, stepsInCircles(policy));
  return obstacles
    .filter(({ opens }) => !mayHold(opens, world) || contradictsItself(opens, policy))
    .map(({ step }) => ({ at: step.ref, problem: 'can never open' }));
}

/** No step asks for what its own procedure, or the spine, always forbids. */
export function nothingMandatoryIsForbiddenForGood(policy: Policy): Problem[] {
  const forGood = [...policy.steps.values()].filter(
    (step) =>
      step.kind === 'prohibition' && step.until === undefined && step.when.type === 'always',
  );
  return eachStep(policy, (step) =>
    forGood
      .filter(({ procedure }) => procedure === step.procedure || procedure === 'spine')
      .filter((ban) => ban.kind === 'prohibition' && does(step, ban.forbids))
      .map(({ ref }) => `is always forbidden by ${ref}`),
  );
}

/** Every end can be chosen at some time. */
export function everyEndCanBeChosen(policy: Policy): Problem[] {
  const world = possibleWorld(policy, [], stepsInCircles(policy));
  return eachStep(policy, (step) =>
    step.kind === 'end' && world.mayRun.has(step.procedure) && !mayHold(step.requires, world)
      ? ['can never be chosen']
      : [],
  );
}

/** Ends that say the case was none of its own: they do not show that it can be brought to an end. */
const noEndOfItsOwn = ['E-DUP', 'E-ERR'];

/** Whatever runs, the case can be closed as what it is. */
export function everyCaseCanEnd(policy: Policy): Problem[] {
  const others = [...policy.procedures.keys()].filter((id) => id !== 'spine' && id !== 'staff');
  const bases = policy.procedures.has('staff') ? [['spine'], ['spine', 'staff']] : [['spine']];
  return bases
    .flatMap((base) => [base, ...others.map((id) => [...base, id])])
    .filter((running) => !canEnd(policy, new Set(running)))
    .map((running) => ({ at: running.join(' + '), problem: 'no end can be chosen' }));
}

function canEnd(policy: Policy, running: ReadonlySet<string>): boolean {
  const world = worldOf(policy, running);
  return [...policy.steps.values()]
    .filter((step): step is WholeStep<End> => step.kind === 'end' && running.has(step.procedure))
    .filter(({ code }) => !noEndOfItsOwn.includes(code))
    .some((end) => mayHold(both(end), world) && !contradictsItself(both(end), policy));
}

function both(end: WholeStep<End>): Condition {
  return { type: 'all', of: [end.when, end.requires] };
}
