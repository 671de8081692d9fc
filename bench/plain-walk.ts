import { slotOf, type Answer, type Child } from '../src/domain/answer.ts';
import type { Condition } from '../src/domain/condition.ts';
import {
  isDoable,
  type Act,
  type DoableStep,
  type Policy,
  type Timer,
  type WholeStep,
} from '../src/domain/procedure.ts';
import type {
  Facts,
  GateState,
  Lock,
  StandingProhibition,
  StepState,
  TimerStart,
  Walk,
  WalkStep,
} from '../src/domain/walk.ts';

/*
 * The walk written straight from the specification: every condition is read anew, every step of the policy
 * is looked at every time. It is what the fast one in src/domain is measured against, and must agree with.
 */

type Known = {
  policy: Policy;
  facts: Facts;
  answers: readonly Answer[];
  running: ReadonlySet<string>;
};

/** The same walk as `walk` in src/domain, slowly. */
export function plainWalk(policy: Policy, facts: Facts): Walk {
  const now = whatHoldsNow(policy, facts);
  const ever = { policy, facts, answers: facts.answers, running: everRunning(policy, facts) };
  const prohibitions = standing(now, ever);
  const gates = gateStates(now);
  const steps = walkedSteps(now, gates, prohibitions);
  const open = steps.filter(({ state }) => state === 'open');
  return {
    running: [...policy.procedures.keys()].filter((id) => now.running.has(id)),
    absent: [...now.running].filter((id) => !policy.procedures.has(id)),
    steps,
    prohibitions,
    gates,
    timers: runningTimers(now, steps),
    ends: stepsOf(now, 'end')
      .filter(({ when }) => holds(when, now, null))
      .map((end) => ({ end, available: holds(end.requires, now, null) })),
    next:
      open.find(({ step }) => step.due === 'now') ??
      open.find(({ step }) => step.need !== 'suggested') ??
      open[0] ??
      null,
    missing: steps.filter(
      ({ step, state }) =>
        state === 'awaiting' ||
        (step.need !== 'suggested' && (state === 'open' || state === 'locked')),
    ),
  };
}

function lastAnswers({ answers }: Facts): Answer[] {
  return answers.filter(
    (answer, at) => answers.findLastIndex((other) => slotOf(other) === slotOf(answer)) === at,
  );
}

function whatHoldsNow(policy: Policy, facts: Facts): Known {
  const recorded = lastAnswers(facts);
  let answers = recorded;
  for (let turn = 0; ; turn += 1) {
    const known: Known = { policy, facts, answers, running: running(policy, facts, answers) };
    const candidates = turn <= recorded.length ? recorded : answers;
    const next = candidates.filter((answer) => applies(answer, known));
    if (next.length === answers.length && next.every((answer) => answers.includes(answer)))
      return known;
    answers = next;
  }
}

function applies({ step: ref, child }: Answer, known: Known): boolean {
  const step = known.policy.steps.get(ref);
  if (step === undefined || !isDoable(step) || !known.running.has(step.procedure)) return false;
  const about = known.facts.children.find(({ id }) => id === child) ?? null;
  if ((step.per === 'child') !== (about !== null) || (about === null && child !== null))
    return false;
  return holds(step.when, known, about);
}

function running(policy: Policy, facts: Facts, answers: readonly Answer[]): Set<string> {
  const wanted = new Set(facts.restricted ? ['spine', 'staff'] : ['spine']);
  for (let size = 0; size < wanted.size;) {
    size = wanted.size;
    const counting = answers.filter(({ step }) => wanted.has(step.split('/')[0] ?? ''));
    for (const id of counting.flatMap((answer) => addedBy(policy, answer))) wanted.add(id);
  }
  return wanted;
}

function everRunning(policy: Policy, facts: Facts): Set<string> {
  const base = facts.restricted ? ['spine', 'staff'] : ['spine'];
  const placed = facts.answers.filter(({ step, child }) => isInPlace(policy, facts, step, child));
  return new Set([...base, ...placed.flatMap((answer) => addedBy(policy, answer))]);
}

function isInPlace(policy: Policy, { children }: Facts, ref: string, child: string | null) {
  return policy.steps.get(ref)?.per === 'child'
    ? children.some(({ id }) => id === child)
    : child === null;
}

function addedBy(policy: Policy, { step: ref, part, chosen }: Answer): string[] {
  const step = policy.steps.get(ref);
  if (step?.kind !== 'question' || part !== 'step') return [];
  return step.options
    .filter(({ id }) => chosen.includes(id))
    .flatMap(({ adds }) => adds)
    .filter((id) => id !== 'staff');
}

function holds(condition: Condition, known: Known, child: Child | null): boolean {
  switch (condition.type) {
    case 'always':
      return true;
    case 'all':
      return condition.of.every((part) => holds(part, known, child));
    case 'any':
      return condition.of.some((part) => holds(part, known, child));
    case 'not':
      return !holds(condition.of, known, child);
    case 'answered':
      return answersTo(condition.step, known, child).some(({ chosen }) =>
        chosen.some((option) => condition.options.includes(option)),
      );
    case 'recorded':
      return answersTo(condition.step, known, child).some(
        ({ result, record }) =>
          result === 'done' && condition.options.includes(record[condition.field] ?? ''),
      );
    case 'done':
      return everySlot(condition.step, known, child, ({ result }) =>
        ['done', 'chosen'].includes(result),
      );
    case 'settled':
      return everySlot(condition.step, known, child, () => true);
    case 'switch':
      return condition.values.includes(known.facts.switches.get(condition.name) ?? '');
    case 'procedure':
      return condition.ids.some((id) => known.policy.procedures.has(id) && known.running.has(id));
    case 'child':
      return child?.parts.some((part) => condition.parts.includes(part)) ?? false;
  }
}

function answersTo(step: string, known: Known, child: Child | null): Answer[] {
  const slots = slotsOf(step, known, child);
  return known.answers.filter((answer) => slots.includes(slotOf(answer)));
}

function everySlot(
  step: string,
  known: Known,
  child: Child | null,
  test: (answer: Answer) => boolean,
): boolean {
  const slots = slotsOf(step, known, child);
  const given = (slot: string) => known.answers.filter((answer) => slotOf(answer) === slot);
  return slots.length > 0 && slots.every((slot) => given(slot).some(test));
}

function slotsOf(step: string, { policy, facts }: Known, child: Child | null): string[] {
  const part = 'step';
  if (policy.steps.get(step)?.per !== 'child') return [slotOf({ step, child: null, part })];
  const children = child === null ? facts.children : [child];
  return children.map(({ id }) => slotOf({ step, child: id, part }));
}

function stepsOf<K extends WholeStep['kind']>(
  { policy, running: ids }: Known,
  ...kinds: K[]
): Extract<WholeStep, { kind: K }>[] {
  return [...policy.steps.values()].filter(
    (step): step is Extract<WholeStep, { kind: K }> =>
      (kinds as string[]).includes(step.kind) && ids.has(step.procedure),
  );
}

function childrenOf(step: WholeStep, { facts }: Known): (Child | null)[] {
  if (step.per === 'case') return [null];
  return facts.children.filter(
    ({ parts }) => step.children.length === 0 || parts.some((part) => step.children.includes(part)),
  );
}

function standing(now: Known, ever: Known): StandingProhibition[] {
  return stepsOf(ever, 'prohibition').flatMap((prohibition) =>
    childrenOf(prohibition, ever)
      .filter((child) => holds(prohibition.when, ever, child))
      .map(() => ({
        prohibition,
        lifted: prohibition.until !== undefined && holds(prohibition.until, now, null),
      })),
  );
}

function gateStates(known: Known): GateState[] {
  return stepsOf(known, 'gate').flatMap((gate) =>
    childrenOf(gate, known)
      .filter((child) => holds(gate.when, known, child))
      .map((child) => ({ gate, child: child?.id ?? null, open: holds(gate.opens, known, child) })),
  );
}

function walkedSteps(known: Known, gates: GateState[], bans: StandingProhibition[]): WalkStep[] {
  const recorded = lastAnswers(known.facts);
  const place = (step: WholeStep<DoableStep>, child: string | null): Omit<WalkStep, 'state'> => {
    const of = (part: Answer['part']) =>
      recorded.find((one) => slotOf(one) === slotOf({ step: step.ref, child, part })) ?? null;
    const locks = locksOn(step, child, gates, bans);
    return { step, child, locks, answer: of('step'), outcome: of('outcome') };
  };
  const applying = stepsOf(known, 'question', 'action', 'referral').flatMap((step) =>
    childrenOf(step, known)
      .filter((child) => holds(step.when, known, child))
      .map((child) => place(step, child?.id ?? null))
      .map((one) => ({ ...one, state: stateOf(one, bans) })),
  );
  const counted = applying.map(({ answer }) => answer);
  const inOrder = [...Map.groupBy(known.facts.answers, ({ step }) => step).keys()];
  const superseded = inOrder
    .flatMap((ref) => recorded.filter(({ step }) => step === ref))
    .filter((answer) => answer.part === 'step' && !counted.includes(answer))
    .flatMap((answer): WalkStep[] => {
      const step = known.policy.steps.get(answer.step);
      if (step === undefined || !isDoable(step)) return [];
      return [{ ...place(step, answer.child), state: 'superseded' }];
    });
  return (['first', 'respond', 'people', 'close'] as const).flatMap((phase) =>
    [...applying, ...superseded].filter(({ step }) => step.phase === phase),
  );
}

function stateOf(
  { step, answer, outcome, locks }: Omit<WalkStep, 'state'>,
  bans: StandingProhibition[],
): StepState {
  if (step.who === 'product') return 'automatic';
  if (answer?.result === 'chosen') return 'done';
  if (answer?.result === 'done')
    return step.kind === 'referral' && outcome === null ? 'awaiting' : 'done';
  if (answer !== null) return answer.result;
  const forGood = bans.some(
    ({ prohibition }) =>
      prohibition.until === undefined && overlaps(prohibition.forbids, step.acts),
  );
  if (forGood) return 'forbidden';
  return locks.length > 0 ? 'locked' : 'open';
}

function locksOn(
  step: WholeStep<DoableStep>,
  child: string | null,
  gates: GateState[],
  bans: StandingProhibition[],
): Lock[] {
  const shut = gates
    .filter(({ open }) => !open)
    .filter(({ child: about }) => about === null || child === null || about === child)
    .filter(({ gate }) => overlaps(gate.locks, step.acts) || gate.locks_steps.includes(step.ref))
    .map(({ gate }) => ({ by: gate.ref, title: gate.title, opens: gate.opens_words }));
  const forbidden = bans
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

function runningTimers(known: Known, steps: WalkStep[]): Walk['timers'] {
  return stepsOf(known, 'timer').flatMap((timer) =>
    childrenOf(timer, known)
      .filter((child) => holds(timer.when, known, child))
      .flatMap((child) => {
        const from = timerStart(timer, known, child);
        const waiting = steps.some(
          ({ step, child: about, state }) =>
            step.ref === timer.bounds &&
            (child === null || about === null || about === child.id) &&
            (state === 'open' ||
              state === 'locked' ||
              (state === 'awaiting' && timer.from.split('.')[0] === timer.bounds)),
        );
        return from !== null && waiting ? [{ timer, child: child?.id ?? null, from }] : [];
      }),
  );
}

function timerStart(timer: WholeStep<Timer>, known: Known, about: Child | null): TimerStart | null {
  if (timer.from === 'concern') return { type: 'concern' };
  const [step, field] = timer.from.split('.');
  const answer = known.answers.findLast(
    (one) =>
      one.step === step &&
      one.part === 'step' &&
      (about === null || one.child === null || one.child === about.id),
  );
  if (field === undefined) return answer === undefined ? null : { type: 'moment', at: answer.at };
  const recorded = answer?.record[field] ?? '';
  return recorded === '' ? { type: 'concern' } : { type: 'moment', at: recorded };
}
