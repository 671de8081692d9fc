import fc from 'fast-check';
import type { Answer, Child } from '../../src/domain/answer.ts';
import type { Policy, Question, RecordField } from '../../src/domain/procedure.ts';
import { kindQuestion } from '../../src/domain/urgency.ts';
import { walk, type Walk, type WalkStep } from '../../src/domain/walk.ts';
import { pack } from './walking.ts';

const children: Child[] = [
  { id: 'a', parts: ['harmed', 'pictured'], elsewhere: false },
  { id: 'b', parts: ['alleged', 'shared'], elsewhere: false },
];

/** A case that somebody settles step by step, choosing by the numbers. */
export type RandomCase = {
  packId: string;
  restricted: boolean;
  kinds: string[];
  choices: number[];
};

const kinds = kindQuestion(pack('st-wilfrids'))?.options.map(({ id }) => id) ?? [];

/** Any pack, any kinds of concern, about an adult here or not, and any choices after that. */
export const cases: fc.Arbitrary<RandomCase> = fc.record({
  packId: fc.constantFrom('st-wilfrids', 'westlands'),
  restricted: fc.boolean(),
  kinds: fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 3 }),
  choices: fc.array(fc.nat(1000), { minLength: 1, maxLength: 80 }),
});

/** Cases of these kinds that begin with the safeguarding team. */
export function casesOf(...wanted: string[]): fc.Arbitrary<RandomCase> {
  return cases.map((one) => ({ ...one, restricted: false, kinds: wanted }));
}

/** Long enough for every case to be settled; more turns than this would be a walk that never ends. */
const mostTurns = 700;

/**
 * The walks of a case as somebody settles one open step after the other. It moves to the manager, and back,
 * when an answer says so.
 */
export function* settling({
  packId,
  restricted,
  kinds: chosen,
  choices,
}: RandomCase): Generator<Walk> {
  const policy = pack(packId);
  const switches = new Map(Object.entries(policy.pack.switches));
  const answers: Answer[] = [{ ...blank, step: 'spine/kind', result: 'chosen', chosen }];
  let about = restricted;
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const walked = walk(policy, { restricted: about, answers, children, switches });
    yield walked;
    const number = choices[turn % choices.length] ?? 0;
    const next = nextStep(walked, turn < choices.length ? number : 0);
    if (next === undefined) return;
    const answer = answerTo(next, number);
    answers.push(answer);
    about = afterMoves(policy, answer, about);
  }
}

const blank: Omit<Answer, 'step' | 'result'> = {
  child: null,
  part: 'step',
  chosen: [],
  record: {},
  reason: null,
  by: 'p',
  at: '2026-11-28T10:00:00Z',
};

/** While numbers last any open step; then what stands in the way of closing and may be settled. */
function nextStep({ steps, missing }: Walk, number: number): WalkStep | undefined {
  const open = steps.filter(({ state }) => state === 'open');
  if (number > 0 && open.length > 0) return open[number % open.length];
  return missing.find(({ state, step }) => state !== 'locked' || step.kind !== 'question');
}

function answerTo({ step, child, state }: WalkStep, number: number): Answer {
  const at = { ...blank, step: step.ref, child };
  if (state === 'awaiting') return { ...at, part: 'outcome', result: 'done' };
  if (state === 'locked') return { ...at, result: 'not-applicable', reason: 'Locked to the end.' };
  if (step.kind === 'question')
    return { ...at, result: 'chosen', chosen: chosenFrom(step, number), reason: 'A reason.' };
  return { ...at, result: 'done', record: recordFor(step.record, number) };
}

/** Two answers at a time where several may be chosen, so that what they bring in comes together. */
function chosenFrom({ options, choose }: Question, number: number): string[] {
  const at = (index: number) => options[index % options.length]?.id ?? '';
  return choose === 'one' ? [at(number)] : [...new Set([at(number), at(number >> 3)])];
}

function recordFor(fields: RecordField[], number: number) {
  return Object.fromEntries(
    fields.map((field) => [
      field.id,
      field.kind === 'choice' ? (field.options[number % field.options.length]?.id ?? '') : 'words',
    ]),
  );
}

function afterMoves(policy: Policy, { step: ref, chosen }: Answer, about: boolean): boolean {
  const step = policy.steps.get(ref);
  if (step?.kind !== 'question') return about;
  const moves = step.options.filter(({ id }) => chosen.includes(id)).map((option) => option.moves);
  if (moves.includes('to-manager')) return true;
  return moves.includes('to-lead') ? false : about;
}

/** Every walk of a case. */
export function everyWalk(given: RandomCase, check: (walked: Walk) => void): void {
  for (const walked of settling(given)) check(walked);
}

/** Whether somebody could record it as done now. */
export function mayBeDone({ steps }: Walk, ref: string): boolean {
  return steps.some(
    ({ step, state, locks }) =>
      step.ref === ref && locks.length === 0 && state !== 'superseded' && state !== 'automatic',
  );
}

/** The answer that counts for a step that is walked once. */
export function answerOf({ steps }: Walk, ref: string): Answer | null {
  const found = steps.find(({ step, state }) => step.ref === ref && state !== 'superseded');
  return found?.answer ?? null;
}

/** Whether a step is asked for. */
export function isWanted({ steps }: Walk, ref: string): boolean {
  return steps.some(({ step, state }) => step.ref === ref && state !== 'superseded');
}

/** What the police said about something; null when they were not asked. */
export function policeSay(walked: Walk, field: string): string | null {
  return answerOf(walked, 'spine/police')?.record[field] ?? null;
}
