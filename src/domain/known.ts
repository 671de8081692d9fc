import type { Answer } from './answer.ts';
import type { Known } from './judge.ts';
import { placesOf, type Place } from './places.ts';
import type { PolicyIndex, Ruled } from './policy-index.ts';
import type { DoableStep } from './procedure.ts';
import { everRunning, runningProcedures } from './running.ts';
import type { Facts } from './walk.ts';

/** Answers by the full name of their step. */
export type AnswersByStep = ReadonlyMap<string, readonly Answer[]>;

export type Knowledge = {
  /** What holds now: the last answers, less those to steps that no longer apply. */
  now: Known;
  /** The steps that apply now. */
  applying: Place<Ruled<DoableStep>>[];
  /** Every answer ever given, for rules that must not lapse when somebody changes their mind. */
  ever: Known;
  /** The last answer to every step and agency, also of steps that no longer apply: they stay on the record. */
  recorded: AnswersByStep;
  /** Procedures that were asked for and that this policy does not have. */
  absent: string[];
};

/** What the conditions of a walk are judged against. */
export function knowledgeOf(index: PolicyIndex, facts: Facts): Knowledge {
  const every = Map.groupBy(facts.answers, ({ step }) => step);
  const recorded = eachStep(every, lastOf);
  const inPlace = (answers: readonly Answer[], step: string) =>
    answers.filter((answer) => hasPlace(answer, facts, index.perChild.has(step)));
  const { now, applying, absent } = knownNow(index, facts, eachStep(recorded, inPlace));
  const answers = eachStep(every, inPlace);
  const { running } = everRunning(index, facts.restricted, answers);
  return { now, applying, ever: knownFrom(facts, answers, running), recorded, absent };
}

type OfStep = (answers: readonly Answer[], step: string) => readonly Answer[];

function eachStep(answers: AnswersByStep, of: OfStep): AnswersByStep {
  const result = new Map<string, readonly Answer[]>();
  for (const [step, given] of answers) {
    const kept = of(given, step);
    if (kept.length > 0) result.set(step, kept);
  }
  return result;
}

/** Of several answers about the same child, or of the same agency, the last. */
function lastOf(answers: readonly Answer[]): readonly Answer[] {
  if (answers.length === 1) return answers;
  return answers.filter(
    ({ child, part }, at) =>
      answers.findLastIndex((other) => other.child === child && other.part === part) === at,
  );
}

/** An answer to a step, not of an agency, about a child of the case exactly where the step is walked per child. */
function hasPlace({ child, part }: Answer, { children }: Facts, perChild: boolean): boolean {
  if (part !== 'step') return false;
  return perChild ? children.some(({ id }) => id === child) : child === null;
}

function knownFrom(
  { children, switches }: Facts,
  answers: AnswersByStep,
  running: ReadonlySet<string>,
): Known {
  return { answers, children, running, switches };
}

/**
 * The answers whose steps apply, given just these answers. Whether a step applies never depends on itself
 * (a check of the procedures), so judging them all again settles within a few turns; in a policy with such
 * a circle, answers that would come and go for ever are left out in the end.
 */
function knownNow(index: PolicyIndex, facts: Facts, recorded: AnswersByStep) {
  let kept = recorded;
  for (let turn = 0; ; turn += 1) {
    const { running, absent } = runningProcedures(index, facts.restricted, kept);
    const now = knownFrom(facts, kept, running);
    const applying = placesOf(index, 'walked', now);
    const next = answersAt(applying, turn <= recorded.size ? recorded : kept);
    if (isSame(next, kept)) return { now, applying, absent };
    kept = next;
  }
}

function answersAt(places: readonly Place<Ruled<DoableStep>>[], candidates: AnswersByStep) {
  const found = new Map<string, Answer[]>();
  for (const { ruled, child } of places) {
    const about = child?.id ?? null;
    const answer = candidates.get(ruled.ref)?.find((given) => given.child === about);
    if (answer === undefined) continue;
    const others = found.get(ruled.ref);
    if (others === undefined) found.set(ruled.ref, [answer]);
    else others.push(answer);
  }
  return found;
}

function isSame(one: AnswersByStep, other: AnswersByStep): boolean {
  if (one.size !== other.size) return false;
  for (const [step, answers] of one) {
    const others = other.get(step);
    if (others?.length !== answers.length || !answers.every((answer) => others.includes(answer)))
      return false;
  }
  return true;
}
