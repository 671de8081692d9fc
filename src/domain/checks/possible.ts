import type { Condition } from '../condition.ts';
import type { Act, Policy, WholeStep } from '../procedure.ts';
import { isDoable } from '../procedure.ts';

/*
 * What may ever come true in a policy, whatever people answer. Generous on purpose: what it calls
 * impossible is impossible, so that a finding is always worth reading.
 */

/** What has been found possible so far. Steps that do not exist count as possible: they are reported elsewhere. */
export type World = {
  policy: Policy;
  /** Steps that somebody may come to settle. */
  steps: ReadonlySet<string>;
  /** Procedures that may run, and those that surely do. */
  mayRun: ReadonlySet<string>;
  mustRun: ReadonlySet<string>;
};

/** Whether the condition may hold at some time in this world. */
export function mayHold(condition: Condition, world: World): boolean {
  switch (condition.type) {
    case 'always':
    case 'switch':
    case 'child':
      return true;
    case 'all':
      return condition.of.every((part) => mayHold(part, world));
    case 'any':
      return condition.of.some((part) => mayHold(part, world));
    case 'not':
      return mayFail(condition.of, world);
    case 'answered':
    case 'recorded':
    case 'done':
    case 'settled':
      return !world.policy.steps.has(condition.step) || world.steps.has(condition.step);
    case 'procedure':
      return condition.ids.some((id) => world.mayRun.has(id));
  }
}

function mayFail(condition: Condition, world: World): boolean {
  switch (condition.type) {
    case 'always':
      return false;
    case 'all':
      return condition.of.some((part) => mayFail(part, world));
    case 'any':
      return condition.of.every((part) => mayFail(part, world));
    case 'not':
      return mayHold(condition.of, world);
    case 'procedure':
      return !condition.ids.some((id) => world.mustRun.has(id));
    case 'answered':
    case 'recorded':
    case 'done':
    case 'settled':
    case 'switch':
    case 'child':
      return true;
  }
}

/** A gate, or a prohibition that lifts: it stands against steps until something holds. */
export type Obstacle = { step: WholeStep; against: (step: WholeStep) => boolean; opens: Condition };

export function obstaclesOf(policy: Policy): Obstacle[] {
  return [...policy.steps.values()].flatMap((step): Obstacle[] => {
    if (step.kind === 'gate')
      return [
        {
          step,
          opens: step.opens,
          against: (other) => does(other, step.locks) || step.locks_steps.includes(other.ref),
        },
      ];
    if (step.kind === 'prohibition' && step.until !== undefined)
      return [{ step, opens: step.until, against: (other) => does(other, step.forbids) }];
    return [];
  });
}

export function does(step: WholeStep, forbidden: readonly Act[]): boolean {
  return isDoable(step) && step.acts.some((act) => forbidden.includes(act));
}

/**
 * Everything that may happen while the obstacles stand in the way, grown from `given` until nothing new
 * is possible.
 */
export function possibleWorld(
  policy: Policy,
  obstacles: Obstacle[],
  given: ReadonlySet<string> = new Set(),
): World {
  return grow(policy, given, obstacles, (steps) => ({
    mayRun: new Set(['spine', 'staff', ...addedBy(policy, steps)]),
    mustRun: new Set(['spine']),
  }));
}

/** Everything that may happen while exactly these procedures run. */
export function worldOf(policy: Policy, running: ReadonlySet<string>): World {
  return grow(policy, new Set(), [], () => ({ mayRun: running, mustRun: running }));
}

function grow(
  policy: Policy,
  given: ReadonlySet<string>,
  obstacles: Obstacle[],
  run: (steps: ReadonlySet<string>) => Pick<World, 'mayRun' | 'mustRun'>,
): World {
  let world: World = { policy, steps: given, ...run(given) };
  for (let before = -1; before < world.steps.size;) {
    before = world.steps.size;
    const steps = new Set([...world.steps, ...newlyPossible(world, obstacles)]);
    world = { policy, steps, ...run(steps) };
  }
  return world;
}

function newlyPossible(world: World, obstacles: Obstacle[]): string[] {
  return [...world.policy.steps.values()]
    .filter((step) => isSettledByPeople(step) && world.mayRun.has(step.procedure))
    .filter((step) => mayHold(step.when, world))
    .filter((step) =>
      obstacles.every(({ against, opens }) => !against(step) || mayHold(opens, world)),
    )
    .map(({ ref }) => ref);
}

function isSettledByPeople(step: WholeStep): boolean {
  return isDoable(step) && step.who !== 'product';
}

function addedBy(policy: Policy, steps: ReadonlySet<string>): string[] {
  return [...policy.steps.values()].flatMap((step) =>
    step.kind === 'question' && steps.has(step.ref) ? step.options.flatMap(({ adds }) => adds) : [],
  );
}
