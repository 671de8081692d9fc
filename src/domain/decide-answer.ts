import type { Answer } from './answer.ts';
import type { CaseEvent } from './case-events.ts';
import type { CaseState } from './case.ts';
import { asPart } from './adult-part.ts';
import { isAllegation } from './audience.ts';
import type { Command, Decision, Refusal } from './commands.ts';
import type { Action, Question, RecordField, Referral } from './procedure.ts';
import type { Walk, WalkStep } from './walk.ts';

type AnswerCommand = Command & { type: 'answer' };
type Who = { actor: string; now: string };

/**
 * Whether an answer may be recorded: the step is in the walk, nothing locks or forbids it, the choice was
 * offered, what must be written down is there. A revision goes the same way and is a new answer.
 */
export function decideAnswer(
  state: CaseState,
  command: AnswerCommand,
  walk: Walk,
  who: Who,
): Decision {
  const place = walk.steps.find(
    ({ step, child }) => step.ref === command.step && child === command.child,
  );
  if (place === undefined || place.state === 'superseded' || place.state === 'automatic')
    return { ok: false, refusal: { type: 'not-offered' } };
  const refusal = whyNot(place, command) ?? whyNotYet(state, place, command);
  if (refusal !== null) return { ok: false, refusal };
  return { ok: true, events: answered(state, place, command, who) };
}

function whyNot(place: WalkStep, command: AnswerCommand): Refusal | null {
  if (command.part === 'outcome') return whyNoOutcome(place, command);
  const carriesOut = command.result === 'done' || command.result === 'chosen';
  if (carriesOut && place.locks.length > 0) return { type: 'locked', locks: place.locks };
  switch (command.result) {
    case 'chosen':
      return place.step.kind === 'question'
        ? whyNotChosen(place.step, command)
        : { type: 'not-offered' };
    case 'done':
      return place.step.kind === 'question'
        ? { type: 'not-offered' }
        : lacking(place.step.record, command.record);
    case 'not-done':
      return whyNotLeft(place, command, ['judgement', 'suggested']);
    case 'not-applicable':
      return whyNotLeft(place, command, ['mandatory', 'conditional', 'judgement', 'suggested']);
  }
}

/** Naming the children, naming the adult or telling the team is not done by ticking it off. */
function whyNotYet(
  state: CaseState,
  { step }: WalkStep,
  { result }: AnswerCommand,
): Refusal | null {
  if (result !== 'done' || step.kind !== 'action' || step.dialog === undefined) return null;
  const { dialog } = step;
  return hasDone(dialog, state) ? null : { type: 'not-done-yet', dialog };
}

function hasDone(
  dialog: NonNullable<Action['dialog']>,
  { children, involvement, subjectTyped, links }: CaseState,
): boolean {
  switch (dialog) {
    case 'children':
      return children.length > 0;
    case 'adult':
      return involvement.subjects.length > 0 || subjectTyped !== null;
    case 'child-side':
      return links.some(({ as }) => as === 'child-side');
  }
}

function whyNotChosen(
  question: Question,
  { chosen, reason, record }: AnswerCommand,
): Refusal | null {
  const offered = question.options.filter(({ id }) => chosen.includes(id));
  const wrong = chosen.length === 0 || offered.length !== chosen.length;
  if (wrong || (question.choose === 'one' && chosen.length > 1)) return { type: 'not-offered' };
  if (offered.some((option) => option.reason) && isBlank(reason)) return { type: 'reason-needed' };
  return lacking(question.record, record);
}

/** Leaving a step undone, or setting it aside: never silently, and never for a question. */
function whyNotLeft(place: WalkStep, { reason }: AnswerCommand, needs: string[]): Refusal | null {
  if (place.step.kind === 'question' || !needs.includes(place.step.need))
    return { type: 'not-offered' };
  return isBlank(reason) ? { type: 'reason-needed' } : null;
}

/** What the agency answered, or that it did not and this was followed up. Only for a referral that was made. */
function whyNoOutcome({ step, answer }: WalkStep, command: AnswerCommand): Refusal | null {
  if (step.kind !== 'referral' || answer?.result !== 'done') return { type: 'not-offered' };
  if (command.result === 'done') return lacking(outcomeFields(step), command.record);
  return command.result === 'not-done' && !isBlank(command.reason)
    ? null
    : { type: 'reason-needed' };
}

/** What is recorded when an agency has answered: the step's own fields, or its answer in its own words. */
export function outcomeFields(step: Referral): RecordField[] {
  if (step.outcome.length > 0) return step.outcome;
  return [{ kind: 'long', id: 'answer', label: 'What did they say?', required: true }];
}

function lacking(fields: RecordField[], record: Readonly<Record<string, string>>): Refusal | null {
  const empty = fields
    .filter((field) => field.required && isBlank(record[field.id]))
    .map(({ id }) => id);
  if (empty.length > 0) return { type: 'record-needed', fields: empty };
  const known = new Set(fields.map(({ id }) => id));
  const foreign = Object.keys(record).some((id) => !known.has(id));
  return foreign || fields.some((field) => !isOffered(field, record[field.id]))
    ? { type: 'not-offered' }
    : null;
}

function isOffered(field: RecordField, value: string | undefined): boolean {
  if (field.kind !== 'choice' || isBlank(value)) return true;
  return field.options.some(({ id }) => id === value);
}

function isBlank(value: string | null | undefined): boolean {
  return value === null || value === undefined || value.trim() === '';
}

function answered(
  state: CaseState,
  place: WalkStep,
  command: AnswerCommand,
  { actor, now }: Who,
): CaseEvent[] {
  const { step, child, part, result, chosen, record, reason } = command;
  const answer: Answer = { step, child, part, result, chosen, record, reason, by: actor, at: now };
  const before = part === 'outcome' ? place.outcome : place.answer;
  return [{ type: 'answered', answer, revises: before !== null }, ...moves(state, place, answer)];
}

/** An answer that says whose case it is moves it at once. Source: decisions.md 5; scenarios S7, S36. */
function moves(state: CaseState, { step }: WalkStep, answer: Answer): CaseEvent[] {
  if (step.kind !== 'question') return [];
  const chosen = step.options.filter(({ id }) => answer.chosen.includes(id));
  const toManager =
    chosen.some((option) => option.moves === 'to-manager') || becomesAllegation(state, answer);
  if (toManager) return state.allegation ? [] : [{ type: 'moved-to-manager' }];
  const toLead = chosen.some((option) => option.moves === 'to-lead') && state.lane === 'manager';
  return toLead ? [{ type: 'released-to-lead' }] : [];
}

function becomesAllegation(state: CaseState, answer: Answer): boolean {
  if (answer.step === 'spine/about')
    return isAllegation({ ...state.involvement, about: answer.chosen });
  if (answer.step !== 'spine/adult-part') return false;
  return isAllegation({ ...state.involvement, adultPart: asPart(answer.chosen[0]) });
}

/** The IT person reports a task done: it answers the step that the task came from. */
export function decideTask(
  state: CaseState,
  command: Command & { type: 'finish-task' },
  walk: Walk,
  who: Who,
): Decision {
  const task = state.tasks.find(
    (candidate) => candidate.task === command.task && candidate.state === 'given',
  );
  if (task?.to !== who.actor) return { ok: false, refusal: { type: 'not-entitled' } };
  const { step, child } = task;
  const answer = {
    step,
    child,
    part: 'step',
    result: 'done',
    chosen: [],
    record: command.record,
    reason: null,
  } as const;
  return decideAnswer(state, { type: 'answer', seen: null, ...answer, chosen: [] }, walk, who);
}
