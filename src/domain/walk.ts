import type { Answer, Child } from './answer.ts';
import type { Known } from './judge.ts';
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
import { knowledgeOf, type AnswersByStep } from './known.ts';
import { placesOf, type Place } from './places.ts';
import { indexOf, phases, type PolicyIndex, type Ruled } from './policy-index.ts';

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
  const index = indexOf(policy);
  const { now, applying, ever, recorded, absent } = knowledgeOf(index, facts);
  const prohibitions = standing(index, now, ever);
  const gates = gateStates(index, now);
  const steps = walkedSteps(index, applying, recorded, barriersOf(gates, prohibitions));
  const open = steps.filter(({ state }) => state === 'open');
  return {
    running: [...now.running],
    absent,
    steps,
    prohibitions,
    gates,
    timers: runningTimers(index, now, steps),
    ends: endChoices(index, now),
    next:
      open.find(({ step }) => step.due === 'now') ??
      open.find(({ step }) => step.need !== 'suggested') ??
      open[0] ??
      null,
    missing: steps.filter(blocksClosing),
  };
}

/**
 * A prohibition that ever stood stays until the case ends, whatever is revised later; only its own
 * `until` lifts it, and it is still listed then. Source: procedures.md 7, trap 7.
 */
function standing(index: PolicyIndex, now: Known, ever: Known): StandingProhibition[] {
  return placesOf(index, 'prohibitions', ever).map(({ ruled: { step, until } }) => ({
    prohibition: step,
    lifted: until?.(now, null) ?? false,
  }));
}

function gateStates(index: PolicyIndex, known: Known): GateState[] {
  return placesOf(index, 'gates', known).map(({ ruled: { step, opens }, child }) => ({
    gate: step,
    child: child?.id ?? null,
    open: opens(known, child),
  }));
}

/** What stands against steps now. */
type Barriers = {
  shut: GateState[];
  /** Single steps that some shut gate locks, whatever their acts. */
  named: ReadonlySet<string>;
  forbidding: WholeStep<Prohibition>[];
};

function barriersOf(gates: GateState[], prohibitions: StandingProhibition[]): Barriers {
  const shut = gates.filter(({ open }) => !open);
  return {
    shut,
    named: new Set(shut.flatMap(({ gate }) => gate.locks_steps)),
    forbidding: prohibitions
      .filter(({ lifted, prohibition }) => !lifted && prohibition.forbids.length > 0)
      .map(({ prohibition }) => prohibition),
  };
}

function walkedSteps(
  index: PolicyIndex,
  places: readonly Place<Ruled<DoableStep>>[],
  recorded: AnswersByStep,
  barriers: Barriers,
): WalkStep[] {
  const applying = places.map(({ ruled: { step }, child }) => {
    const about = child?.id ?? null;
    const answers = recorded.get(step.ref) ?? none;
    const answer = answerTo(answers, about, 'step');
    const outcome = answerTo(answers, about, 'outcome');
    const locks = locksOn(step, about, barriers);
    const state = stateOf(step, answer, outcome, locks, barriers);
    return { step, child: about, state, locks, answer, outcome };
  });
  const left = superseded(index, recorded, applying, barriers);
  if (left.length === 0) return applying;
  const steps = [...applying, ...left];
  return phases.flatMap((phase) => steps.filter(({ step }) => step.phase === phase));
}

const none: readonly Answer[] = [];

function answerTo(
  answers: readonly Answer[],
  about: string | null,
  wanted: Answer['part'],
): Answer | null {
  return answers.find(({ child, part }) => child === about && part === wanted) ?? null;
}

/** What was settled, and does not apply any more: it stays on the record. */
function superseded(
  index: PolicyIndex,
  recorded: AnswersByStep,
  applying: WalkStep[],
  barriers: Barriers,
): WalkStep[] {
  const counting = new Set(applying.map(({ answer }) => answer));
  return [...recorded.values()].flat().flatMap((answer): WalkStep[] => {
    const ruled = index.settled.get(answer.step);
    if (ruled === undefined || answer.part !== 'step' || counting.has(answer)) return [];
    const { step } = ruled;
    const { child } = answer;
    const outcome = answerTo(recorded.get(answer.step) ?? none, child, 'outcome');
    const locks = locksOn(step, child, barriers);
    return [{ step, child, state: 'superseded', locks, answer, outcome }];
  });
}

function stateOf(
  step: WholeStep<DoableStep>,
  answer: Answer | null,
  outcome: Answer | null,
  locks: Lock[],
  barriers: Barriers,
): StepState {
  if (step.who === 'product') return 'automatic';
  if (answer !== null) return settledState(step, answer, outcome);
  if (isForbidden(step, barriers)) return 'forbidden';
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
function isForbidden({ acts }: DoableStep, { forbidding }: Barriers): boolean {
  return forbidding.some(({ until, forbids }) => until === undefined && overlaps(acts, forbids));
}

/**
 * Every reason why the step may not be carried out now. Gates of any running procedure and prohibitions
 * that ever stood count, whichever procedure the step belongs to. Source: procedures.md 4.0, union rule.
 */
function locksOn(
  { ref, acts }: WholeStep<DoableStep>,
  about: string | null,
  { shut, named, forbidding }: Barriers,
): Lock[] {
  if (acts.length === 0 && !named.has(ref)) return [];
  const gates = shut
    .filter(({ gate }) => overlaps(acts, gate.locks) || gate.locks_steps.includes(ref))
    .filter((state) => state.child === null || about === null || state.child === about)
    .map(({ gate }) => ({ by: gate.ref, title: gate.title, opens: gate.opens_words }));
  const bans = forbidding
    .filter(({ forbids }) => overlaps(acts, forbids))
    .map((ban) => ({
      by: ban.ref,
      title: ban.title,
      opens: ban.until_words ?? 'Nothing. This stands until the case ends.',
    }));
  return [...gates, ...bans];
}

function overlaps(one: readonly Act[], other: readonly Act[]): boolean {
  return one.some((act) => other.includes(act));
}

function runningTimers(index: PolicyIndex, known: Known, steps: WalkStep[]): RunningTimer[] {
  return placesOf(index, 'timers', known).flatMap(({ ruled: { step: timer }, child }) => {
    const isBounded = steps.some(
      ({ step, child: about, state }) =>
        step.ref === timer.bounds &&
        isWaited(timer, state) &&
        (child === null || about === null || about === child.id),
    );
    const from = isBounded ? timerStart(timer, known, child) : null;
    return from === null ? [] : [{ timer, child: child?.id ?? null, from }];
  });
}

/** A clock on asking somebody stops when they were asked; one that the asking began stops with their answer. */
function isWaited({ from, bounds }: WholeStep<Timer>, state: StepState): boolean {
  if (state === 'awaiting') return from.split('.')[0] === bounds;
  return state === 'open' || state === 'locked';
}

/** A recorded moment wins over the report when it is there; a step's settling starts the clock when the data says so. */
function timerStart(timer: WholeStep<Timer>, known: Known, about: Child | null): TimerStart | null {
  if (timer.from === 'concern') return { type: 'concern' };
  const [step = '', field] = timer.from.split('.');
  const answer = known.answers
    .get(step)
    ?.findLast(({ child }) => about === null || child === null || child === about.id);
  if (field === undefined) return answer === undefined ? null : { type: 'moment', at: answer.at };
  const recorded = answer?.record[field];
  return recorded === undefined || recorded === ''
    ? { type: 'concern' }
    : { type: 'moment', at: recorded };
}

function endChoices(index: PolicyIndex, known: Known): EndChoice[] {
  return placesOf(index, 'ends', known).map(({ ruled: { step, requires } }) => ({
    end: step,
    available: requires(known, null),
  }));
}

function blocksClosing({ step, state }: WalkStep): boolean {
  if (state === 'awaiting') return true;
  return step.need !== 'suggested' && (state === 'open' || state === 'locked');
}
