import type { Answer, Child } from './answer.ts';
import { slotOf } from './answer.ts';
import { holds, type Known } from './holds.ts';
import type {
  Act,
  DoableStep,
  End,
  Gate,
  Policy,
  Prohibition,
  Timer,
  WholeStep,
} from './procedure.ts';
import { knowledgeOf } from './known.ts';
import { indexOf } from './policy-index.ts';
import { isDoable } from './procedure.ts';

/** What the walk is computed from. Nothing else: no clock, no stored position. */
export type Facts = {
  /** The case is about an adult here and only its manager sees it: the staff procedure runs. */
  restricted: boolean;
  /** Oldest first, revisions included. */
  answers: readonly Answer[];
  children: readonly Child[];
  /** The pack's switches, as the school has set them. */
  switches: ReadonlyMap<string, string>;
};

/**
 * open: may be recorded now; locked: must wait; awaiting: a referral was made and its outcome is not
 * known; done, not-done, not-applicable: settled; forbidden: a prohibition stands against it until the
 * case ends, so nobody must do it; superseded: it was settled, and later answers took it out of the walk;
 * automatic: this product does it.
 */
export type StepState =
  | 'open'
  | 'locked'
  | 'awaiting'
  | 'done'
  | 'not-done'
  | 'not-applicable'
  | 'forbidden'
  | 'superseded'
  | 'automatic';

/** Why a step cannot be carried out now, and what would change that. */
export type Lock = { by: string; title: string; opens: string };

export type WalkStep = {
  step: WholeStep<DoableStep>;
  child: string | null;
  state: StepState;
  /** What stands against carrying it out now, also against doing a settled step again. */
  locks: Lock[];
  answer: Answer | null;
  outcome: Answer | null;
};
export type StandingProhibition = { prohibition: WholeStep<Prohibition>; lifted: boolean };
export type GateState = { gate: WholeStep<Gate>; child: string | null; open: boolean };
export type RunningTimer = { timer: WholeStep<Timer>; child: string | null; from: TimerStart };
/** `moment`: the clock starts at a recorded time; `concern`: at the report. */
export type TimerStart = { type: 'concern' } | { type: 'moment'; at: string };
export type EndChoice = { end: WholeStep<End>; available: boolean };

export type Walk = {
  /** Procedures that run, in the pack's order; the spine first. */
  running: string[];
  /** Procedures that an answer asked for and this policy does not have: the spine runs alone for them. */
  absent: string[];
  /** In the order in which a lead meets them. */
  steps: WalkStep[];
  prohibitions: StandingProhibition[];
  gates: GateState[];
  timers: RunningTimer[];
  ends: EndChoice[];
  /** What the lead should do first; null when nothing is open. */
  next: WalkStep | null;
  /** What stands between the case and its closing. */
  missing: WalkStep[];
};

/**
 * Where a case stands, from its recorded answers alone. Pure and total: any answers give a walk, and
 * the same answers give the same walk. Source: specification, procedures.md 4.0.
 */
export function walk(policy: Policy, facts: Facts): Walk {
  const { now, ever, recorded, absent } = knowledgeOf(policy, facts);
  const prohibitions = standing(policy, now, ever);
  const gates = gateStates(policy, now);
  const steps = walkedSteps(policy, now, recorded, gates, prohibitions);
  const open = steps.filter(({ state }) => state === 'open');
  return {
    running: [...now.running],
    absent,
    steps,
    prohibitions,
    gates,
    timers: runningTimers(policy, now, steps),
    ends: endChoices(policy, now),
    next:
      open.find(({ step }) => step.due === 'now') ??
      open.find(({ step }) => step.need !== 'suggested') ??
      open[0] ??
      null,
    missing: steps.filter(blocksClosing),
  };
}

/** The children a step is walked for; `[null]` for a step walked once. */
function childrenOf(step: WholeStep, children: readonly Child[]): readonly (Child | null)[] {
  if (step.per === 'case') return [null];
  if (step.children.length === 0) return children;
  return children.filter(({ parts }) => parts.some((part) => step.children.includes(part)));
}

function instances<S extends WholeStep>(
  steps: readonly S[],
  known: Known,
): { step: S; child: Child | null }[] {
  return steps
    .filter((step) => known.running.has(step.procedure))
    .flatMap((step) => childrenOf(step, known.children).map((child) => ({ step, child })));
}

/**
 * A prohibition that ever stood stays until the case ends, whatever is revised later; only its own
 * `until` lifts it, and it is still listed then. Source: procedures.md 7, trap 7.
 */
function standing(policy: Policy, now: Known, sticky: Known): StandingProhibition[] {
  return instances(indexOf(policy).prohibitions, sticky)
    .filter(({ step, child }) => holds(step.when, sticky, child))
    .map(({ step }) => ({
      prohibition: step,
      lifted: step.until !== undefined && holds(step.until, now, null),
    }));
}

function gateStates(policy: Policy, known: Known): GateState[] {
  return instances(indexOf(policy).gates, known)
    .filter(({ step, child }) => holds(step.when, known, child))
    .map(({ step, child }) => ({
      gate: step,
      child: child?.id ?? null,
      open: holds(step.opens, known, child),
    }));
}

const phases = ['first', 'respond', 'people', 'close'] as const;

function walkedSteps(
  policy: Policy,
  known: Known,
  recorded: ReadonlyMap<string, Answer>,
  gates: GateState[],
  prohibitions: StandingProhibition[],
): WalkStep[] {
  const walked = instances(indexOf(policy).walked, known).flatMap(({ step, child }) =>
    walkedStep(
      { step, child, applies: holds(step.when, known, child) },
      recorded,
      gates,
      prohibitions,
    ),
  );
  const left = settledElsewhere(policy, recorded, walked);
  return phases.flatMap((phase) => [...walked, ...left].filter(({ step }) => step.phase === phase));
}

type Place = { step: WholeStep<DoableStep>; child: Child | null; applies: boolean };

function walkedStep(
  { step, child, applies }: Place,
  recorded: ReadonlyMap<string, Answer>,
  gates: GateState[],
  prohibitions: StandingProhibition[],
): WalkStep[] {
  const of = (part: Answer['part']) =>
    recorded.get(slotOf({ step: step.ref, child: child?.id ?? null, part })) ?? null;
  const answer = of('step');
  if (!applies && answer === null) return [];
  const locks = locksOn(step, child, gates, prohibitions);
  const outcome = of('outcome');
  const state = applies ? stateOf(step, answer, outcome, locks, prohibitions) : 'superseded';
  return [{ step, child: child?.id ?? null, state, locks, answer, outcome }];
}

/** What was settled in a procedure that no longer runs, or for it, stays on the record. */
function settledElsewhere(
  policy: Policy,
  recorded: ReadonlyMap<string, Answer>,
  walked: WalkStep[],
): WalkStep[] {
  const here = new Set(
    walked.map(({ step, child }) => slotOf({ step: step.ref, child, part: 'step' })),
  );
  return [...recorded.values()].flatMap((answer) => {
    if (answer.part !== 'step' || here.has(slotOf(answer))) return [];
    const step = policy.steps.get(answer.step);
    if (step === undefined || !isDoable(step)) return [];
    return [
      { step, child: answer.child, state: 'superseded' as const, locks: [], answer, outcome: null },
    ];
  });
}

function stateOf(
  step: WholeStep<DoableStep>,
  answer: Answer | null,
  outcome: Answer | null,
  locks: Lock[],
  prohibitions: StandingProhibition[],
): StepState {
  if (step.who === 'product') return 'automatic';
  if (answer !== null) return settledState(step, answer, outcome);
  if (isForbidden(step, prohibitions)) return 'forbidden';
  return locks.length > 0 ? 'locked' : 'open';
}

function settledState(step: DoableStep, answer: Answer, outcome: Answer | null): StepState {
  switch (answer.result) {
    case 'chosen':
      return 'done';
    case 'done':
      return step.kind === 'referral' && outcome === null ? 'awaiting' : 'done';
    case 'not-done':
    case 'not-applicable':
      return answer.result;
  }
}

/** Forbidden until the case ends, so that it can never be required. */
function isForbidden(step: DoableStep, prohibitions: StandingProhibition[]): boolean {
  return prohibitions.some(
    ({ prohibition }) =>
      prohibition.until === undefined && overlaps(prohibition.forbids, step.acts),
  );
}

/**
 * Every reason why the step may not be carried out now. Gates of any running procedure and prohibitions
 * that ever stood count, whichever procedure the step belongs to. Source: procedures.md 4.0, union rule.
 */
function locksOn(
  step: WholeStep<DoableStep>,
  child: Child | null,
  gates: GateState[],
  prohibitions: StandingProhibition[],
): Lock[] {
  const shut = gates
    .filter(({ open }) => !open)
    .filter((state) => state.child === null || child === null || state.child === child.id)
    .filter(({ gate }) => overlaps(gate.locks, step.acts) || gate.locks_steps.includes(step.ref))
    .map(({ gate }) => ({ by: gate.ref, title: gate.title, opens: gate.opens_words }));
  const forbidden = prohibitions
    .filter(({ lifted }) => !lifted)
    .filter(({ prohibition }) => overlaps(prohibition.forbids, step.acts))
    .map(({ prohibition }) => ({
      by: prohibition.ref,
      title: prohibition.title,
      opens: prohibition.until_words ?? 'Nothing. This stands until the case ends.',
    }));
  return [...shut, ...forbidden];
}

function overlaps(one: readonly Act[], other: readonly Act[]): boolean {
  return one.some((act) => other.includes(act));
}

function runningTimers(policy: Policy, known: Known, steps: WalkStep[]): RunningTimer[] {
  return instances(indexOf(policy).timers, known)
    .filter(({ step, child }) => holds(step.when, known, child))
    .flatMap(({ step, child }) => {
      const from = timerStart(step, known);
      const waiting = steps.some(
        (candidate) =>
          candidate.step.ref === step.bounds &&
          (child === null || candidate.child === null || candidate.child === child.id) &&
          (candidate.state === 'open' ||
            candidate.state === 'locked' ||
            candidate.state === 'awaiting'),
      );
      return from !== null && waiting ? [{ timer: step, child: child?.id ?? null, from }] : [];
    });
}

/** A recorded moment wins over the report when it is there; a step's settling starts the clock when the data says so. */
function timerStart(timer: WholeStep<Timer>, known: Known): TimerStart | null {
  if (timer.from === 'concern') return { type: 'concern' };
  const [step, field] = timer.from.split('.');
  const answer = known.answers.get(slotOf({ step: step ?? '', child: null, part: 'step' }))?.at(-1);
  if (field === undefined) return answer === undefined ? null : { type: 'moment', at: answer.at };
  const recorded = answer?.record[field];
  return recorded === undefined || recorded === ''
    ? { type: 'concern' }
    : { type: 'moment', at: recorded };
}

function endChoices(policy: Policy, known: Known): EndChoice[] {
  return instances(indexOf(policy).ends, known)
    .filter(({ step }) => holds(step.when, known, null))
    .map(({ step }) => ({ end: step, available: holds(step.requires, known, null) }));
}

function blocksClosing({ step, state }: WalkStep): boolean {
  if (state === 'awaiting') return true;
  return step.need !== 'suggested' && (state === 'open' || state === 'locked');
}
