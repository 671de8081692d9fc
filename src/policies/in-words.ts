import type { Condition } from '../domain/condition.ts';
import type { Policy, RecordField, WholeStep } from '../domain/procedure.ts';
import { isDoable } from '../domain/procedure.ts';

/** What names are needed to say a condition in words. */
export type Names = Pick<Policy, 'steps' | 'procedures'>;

/** The condition as a lead would say it. Empty when it always holds. */
export function conditionInWords(condition: Condition, names: Names): string {
  switch (condition.type) {
    case 'always':
      return '';
    case 'all':
      return condition.of.map((part) => bracketed(part, names, 'any')).join(', and ');
    case 'any':
      return condition.of.map((part) => bracketed(part, names, 'all')).join('; or ');
    case 'not':
      return `not (${conditionInWords(condition.of, names)})`;
    case 'answered':
      return `${titleOf(condition.step, names)} is ${choicesInWords(optionsOf(names.steps.get(condition.step)), condition.options)}`;
    case 'recorded':
      return recordedInWords(condition, names);
    case 'done':
      return `${titleOf(condition.step, names)} is done`;
    case 'settled':
      return `${titleOf(condition.step, names)} is settled`;
    case 'switch':
      return `the school’s switch ${condition.name.replaceAll('_', ' ')} is ${condition.values.join(' or ')}`;
    case 'procedure':
      return `${condition.ids.map((id) => `“${names.procedures.get(id)?.title ?? id}”`).join(' or ')} runs`;
    case 'child':
      return `the child was ${condition.parts.join(' or ')}`;
  }
}

function bracketed(part: Condition, names: Names, other: 'all' | 'any'): string {
  const words = conditionInWords(part, names);
  return part.type === other ? `(${words})` : words;
}

function recordedInWords(
  { step, field, options }: Condition & { type: 'recorded' },
  names: Names,
): string {
  const found = fieldsOf(names.steps.get(step)).find(({ id }) => id === field);
  const label = found?.label ?? field;
  const choices = found?.kind === 'choice' ? found.options : [];
  return `${titleOf(step, names)}, “${label}” is ${choicesInWords(choices, options)}`;
}

function titleOf(ref: string, { steps }: Names): string {
  return `“${steps.get(ref)?.title ?? ref}”`;
}

type Labelled = { id: string; label: string };

function choicesInWords(choices: Labelled[], ids: string[]): string {
  return ids
    .map((id) => `“${choices.find((choice) => choice.id === id)?.label ?? id}”`)
    .join(' or ');
}

function optionsOf(step: WholeStep | undefined): Labelled[] {
  return step?.kind === 'question' ? step.options : [];
}

function fieldsOf(step: WholeStep | undefined): RecordField[] {
  return step !== undefined && isDoable(step) ? step.record : [];
}

const kinds = {
  question: 'Question',
  action: 'Do',
  referral: 'Refer',
  prohibition: 'Never',
  gate: 'Lock',
  timer: 'Clock',
  end: 'End',
} as const;

const owners = {
  reporter: 'the reporter',
  lead: 'whoever holds the case',
  manager: 'the case manager',
  it: 'IT',
  leadership: 'the leadership team',
  product: 'this product, by itself',
} as const;

const whens = {
  now: 'now',
  'before-home': 'before home time',
  today: 'today',
  'one-working-day': 'within one working day',
  ongoing: 'as it goes on',
  'at-close': 'before closing',
} as const;

const musts = {
  mandatory: 'must',
  conditional: 'must',
  judgement: 'decide, with a reason',
  suggested: 'may',
} as const;

/** What kind of step it is, in one word. */
export function kindInWords(step: WholeStep): string {
  return kinds[step.kind];
}

/** Whose step it is, by when, and how binding; empty for what nobody carries out. */
export function dutyInWords(step: WholeStep): string {
  if (!isDoable(step)) return step.per === 'child' ? 'for each child' : '';
  if (step.who === 'product') return owners.product;
  const each = step.per === 'child' ? ['for each child'] : [];
  return [owners[step.who], whens[step.due], musts[step.need], ...each].join(' · ');
}
