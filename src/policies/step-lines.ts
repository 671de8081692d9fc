import type { Condition, WholeStep } from '../domain/procedure.ts';
import { isDoable } from '../domain/procedure.ts';
import { conditionInWords, dutyInWords, type Names } from './in-words.ts';

/** A line of a drawn step. */
export type Line = { words: string; style: 'title' | 'plain' | 'quiet' | 'option' };

/** A condition longer than this is said once and then referred to, and said in parts. */
const longCondition = 140;

/** What a drawn step says, from its title to when it comes up. */
export function linesOf(step: WholeStep, steps: readonly WholeStep[], names: Names): Line[] {
  const style =
    (name: Line['style']) =>
    (words: string): Line => ({ words, style: name });
  return [
    ...[step.title].map(style('title')),
    ...[step.do].map(style('plain')),
    ...detailsOf(step, names).map(style('option')),
    ...[...whenLines(step, steps, names), dutyInWords(step)]
      .filter((words) => words !== '')
      .map(style('quiet')),
  ];
}

function whenLines(step: WholeStep, steps: readonly WholeStep[], names: Names): string[] {
  const condition = conditionInWords(step.when, names);
  if (condition === '') return [];
  if (condition.length < longCondition) return [`When: ${condition}`];
  const said = steps.find((other) => conditionInWords(other.when, names) === condition);
  if (said !== undefined && said.ref !== step.ref) return [`When: as for “${said.title}”`];
  if (step.when.type !== 'any') return [`When: ${condition}`];
  return [
    'When one of these holds:',
    ...step.when.of.map((part) => `– ${conditionInWords(part, names)}`),
  ];
}

function detailsOf(step: WholeStep, names: Names): string[] {
  switch (step.kind) {
    case 'question':
      return step.options.map((option) => optionLine(step.ref, option, names));
    case 'action':
    case 'referral':
      return step.never.map((never) => `✕ ${never}`);
    case 'prohibition':
      return step.until_words === undefined ? [] : [`Until: ${step.until_words}`];
    case 'gate':
      return [`Locks: ${lockedBy(step, names).join(' · ')}`, `Opens: ${step.opens_words}`];
    case 'timer':
      return [
        `${step.lasts.replaceAll('-', ' ')}, for “${names.steps.get(step.bounds)?.title ?? step.bounds}”`,
      ];
    case 'end':
      return step.requires_words === undefined ? [] : [step.requires_words];
  }
}

type Question = WholeStep & { kind: 'question' };

function optionLine(
  question: string,
  { id, label, adds, moves }: Question['options'][number],
  names: Names,
): string {
  const leads = new Set([
    ...[...names.steps.values()]
      .filter((step) => isDoable(step) && asksFor(step.when, question, id))
      .map(({ title }) => title),
    ...adds.map(
      (procedure) => `the procedure “${names.procedures.get(procedure)?.title ?? procedure}”`,
    ),
    ...(moves === undefined ? [] : [movesInWords(moves)]),
  ]);
  return leads.size === 0 ? `○ ${label}` : `○ ${label}  →  ${[...leads].join(' · ')}`;
}

function movesInWords(moves: 'to-manager' | 'to-lead'): string {
  return moves === 'to-manager'
    ? 'the case goes to the headteacher or the chair'
    : 'the case goes to the safeguarding team';
}

function asksFor(condition: Condition, ref: string, option: string): boolean {
  if (condition.type === 'all' || condition.type === 'any')
    return condition.of.some((part) => asksFor(part, ref, option));
  return (
    condition.type === 'answered' && condition.step === ref && condition.options.includes(option)
  );
}

function lockedBy(gate: WholeStep & { kind: 'gate' }, names: Names): string[] {
  const locked = [...names.steps.values()]
    .filter((step) => isDoable(step))
    .filter(
      ({ acts, ref }) =>
        acts.some((act) => gate.locks.includes(act)) || gate.locks_steps.includes(ref),
    );
  return [...new Set(locked.map(({ title }) => title))];
}
