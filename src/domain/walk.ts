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
import { isDoable } from './procedure.ts';
import { runningProcedures } from './running.ts';

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
  const known = knownNow(policy, facts);
  const sticky = knownEver(policy, facts);
  const prohibitions = standing(policy, known, sticky);
  const gates = gateStates(policy, known);
  const steps = walkedSteps(policy, known, gates, prohibitions);
  return {
    running: [...known.running],
    absent: absentProcedures(policy, facts),
    steps,
    prohibitions,
    gates,
    timers: runningTimers(policy, known, steps),
    ends: endChoices(policy, known),
    next:
      steps.find((candidate) => candidate.state === 'open' && candidate.step.due === 'now') ??
      steps.find(
        (candidate) => candidate.state === 'open' && candidate.step.need !== 'suggested',
      ) ??
      steps.find((candidate) => candidate.state === 'open') ??
      null,
    missing: steps.filter(blocksClosing),
  };
}

function knownNow(policy: Policy, facts: Facts): Known {
  const last = new Map(facts.answers.map((answer) => [slotOf(answer), [answer]]));
  return known(policy, facts, last);
}

/** Every answer ever given, for rules that must not lapse when somebody changes their mind. */
function knownEver(policy: Policy, facts: Facts): Known {
  const every = Map.groupBy(facts.answers, slotOf);
  return known(policy, facts, every);
}

function known(policy: Policy, facts: Facts, answers: Known['answers']): Known {
  const base = {
    answers,
    children: facts.children,
    perChild: perChildSteps(policy),
    switches: facts.switches,
  };
  return { ...base, running: runningProcedures(policy, facts.restricted, base).running };
}

const perChildCache = new WeakMap<Policy, ReadonlySet<string>>();
function perChildSteps(policy: Policy): ReadonlySet<string> {
  const cached = perChildCache.get(policy);
  if (cached !== undefined) return cached;
  const steps = new Set(
    [...policy.steps.values()].filter(({ per }) => per === 'child').map(({ ref }) => ref),
  );
  perChildCache.set(policy, steps);
  return steps;
}

function absentProcedures(policy: Policy, facts: Facts): string[] {
  return runningProcedures(policy, facts.restricted, knownNow(policy, facts)).absent;
}

/** The children a step is walked for; `[null]` for a step walked once. */
function childrenOf(step: WholeStep, children: readonly Child[]): readonly (Child | null)[] {
  if (step.per === 'case') return [null];
  if (step.children.length === 0) return children;
  return children.filter(({ parts }) => parts.some((part) => step.children.includes(part)));
}

function instances<S extends WholeStep>(
  policy: Policy,
  known: Known,
  pick: (step: WholeStep) => step is S,
): { step: S; child: Child | null }[] {
  return [...policy.steps.values()]
    .filter((step) => known.running.has(step.procedure))
    .filter(pick)
    .flatMap((step) => childrenOf(step, known.children).map((child) => ({ step, child })));
}

const isProhibition = (step: WholeStep): step is WholeStep<Prohibition> =>
  step.kind === 'prohibition';
const isGate = (step: WholeStep): step is WholeStep<Gate> => step.kind === 'gate';
const isTimer = (step: WholeStep): step is WholeStep<Timer> => step.kind === 'timer';
const isEnd = (step: WholeStep): step is WholeStep<End> => step.kind === 'end';
const isWalked = (step: WholeStep): step is WholeStep<DoableStep> => isDoable(step);

/**
 * A prohibition that ever stood stays until the case ends, whatever is revised later; only its own
 * `until` lifts it, and it is still listed then. Source: procedures.md 7, trap 7.
 */
function standing(policy: Policy, now: Known, sticky: Known): StandingProhibition[] {
  return instances(policy, sticky, isProhibition)
    .filter(({ step, child }) => holds(step.when, sticky, child))
    .map(({ step }) => ({
      prohibition: step,
      lifted: step.until !== undefined && holds(step.until, now, null),
    }));
}

function gateStates(policy: Policy, known: Known): GateState[] {
  return instances(policy, known, isGate)
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
  gates: GateState[],
  prohibitions: StandingProhibition[],
): WalkStep[] {
  const walked = instances(policy, known, isWalked).flatMap(({ step, child }) =>
    walkedStep(step, child, known, gates, prohibitions),
  );
  const left = settledElsewhere(policy, known, walked);
  return phases.flatMap((phase) => [...walked, ...left].filter(({ step }) => step.phase === phase));
}

function walkedStep(
  step: WholeStep<DoableStep>,
  child: Child | null,
  known: Known,
  gates: GateState[],
  prohibitions: StandingProhibition[],
): WalkStep[] {
  const of = (part: Answer['part']) =>
    known.answers.get(slotOf({ step: step.ref, child: child?.id ?? null, part }))?.at(-1) ?? null;
  const answer = of('step');
  const applies = holds(step.when, known, child);
  if (!applies && answer === null) return [];
  const locks = locksOn(step, child, gates, prohibitions);
  const outcome = of('outcome');
  const state = applies ? stateOf(step, answer, outcome, locks, prohibitions) : 'superseded';
  return [
    {
      step,
      child: child?.id ?? null,
      state,
      locks: state === 'locked' ? locks : [],
      answer,
      outcome,
    },
  ];
}

/** What was settled in a procedure that no longer runs, or for it, stays on the record. */
function settledElsewhere(policy: Policy, known: Known, walked: WalkStep[]): WalkStep[] {
  const here = new Set(
    walked.map(({ step, child }) => slotOf({ step: step.ref, child, part: 'step' })),
  );
  return [...known.answers.values()].flatMap((answers) => {
    const answer = answers.at(-1);
    if (answer === undefined || answer.part !== 'step' || here.has(slotOf(answer))) return [];
    const step = policy.steps.get(answer.step);
    if (step === undefined || !isWalked(step)) return [];
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
  return instances(policy, known, isTimer)
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
  return instances(policy, known, isEnd)
    .filter(({ step }) => holds(step.when, known, null))
    .map(({ step }) => ({ end: step, available: holds(step.requires, known, null) }));
}

function blocksClosing({ step, state }: WalkStep): boolean {
  if (state === 'awaiting') return true;
  return step.need !== 'suggested' && (state === 'open' || state === 'locked');
}
