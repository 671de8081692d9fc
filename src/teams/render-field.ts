import type { Choice, Field } from '../chat/elements.ts';
import { limits } from '../chat/limits.ts';
import type { ChoiceInput, Element, Input, TextBlock } from './adaptive-card.ts';
import { inputId } from './action-data.ts';
import { small } from './render-element.ts';
import { escapeMarkdown, inert, neutralise } from './text.ts';

/**
 * `kept`: the message stays in Teams, so that no value may be in it; `enforced`: Teams itself holds
 * the form back until everything required is there.
 */
export type FieldOptions = { kept: boolean; enforced: boolean; problem: string | null };

/** Draws one thing to fill in, with its help and what is wrong with it below. */
export function renderField(field: Field, options: FieldOptions): Element[] {
  const help = field.help === null ? [] : [small(field.help)];
  const problem = options.problem === null ? [] : [wrong(options.problem)];
  return [input(options.kept ? emptied(field) : field, options), ...help, ...problem];
}

function wrong(text: string): TextBlock {
  const block: TextBlock = { type: 'TextBlock', text: escapeMarkdown(text), wrap: true };
  return { ...block, color: 'Attention', weight: 'Bolder', spacing: 'None' };
}

function emptied(field: Field): Field {
  return field.type === 'choices' ? { ...field, value: [] } : { ...field, value: null };
}

function input(field: Field, options: FieldOptions): Input {
  const base = { id: inputId(field), label: labelOf(field), ...demanded(field, options) };
  switch (field.type) {
    case 'text':
    case 'long-text': {
      const isMultiline = field.type === 'long-text';
      const { maxLength } = field;
      return { type: 'Input.Text', ...base, isMultiline, maxLength, ...valueOf(field.value) };
    }
    case 'date':
      return { type: 'Input.Date', ...base, ...valueOf(field.value) };
    case 'time':
      return { type: 'Input.Time', ...base, ...valueOf(field.value) };
    case 'choice':
      return { ...choiceSet(base, field.choices, styleOf(field)), ...valueOf(field.value) };
    case 'choices':
      return { ...choiceSet(base, field.choices, 'expanded'), ...manyOf(field.value) };
    case 'person':
      return { ...choiceSet(base, shownPeople(field), 'filtered'), ...searchOf(field) };
  }
}

/** Optional fields say so; a star would have to be explained. */
function labelOf({ label, required }: Field): string {
  const said = /\(optional\)$/i.test(label);
  return neutralise(required || said ? label : `${label} (optional)`);
}

function demanded({ required, type }: Field, { enforced }: FieldOptions) {
  if (!required || !enforced) return {};
  const errorMessage = `Please ${ASKS[type]}.`;
  return { isRequired: true as const, errorMessage };
}

const ASKS: Record<Field['type'], string> = {
  choice: 'choose one',
  choices: 'tick at least one',
  person: 'choose a person',
  text: 'fill this in',
  'long-text': 'fill this in',
  date: 'give a date',
  time: 'give a time',
};

function valueOf(value: string | null) {
  return value === null ? {} : { value };
}

function manyOf(value: readonly string[]) {
  return value.length === 0 ? {} : { value: value.join(',') };
}

function styleOf(field: Field & { type: 'choice' }): 'expanded' | 'compact' {
  const short = field.choices.length <= limits.choicesShown;
  return field.shown === 'buttons' && short ? 'expanded' : 'compact';
}

function choiceSet(
  base: { id: string; label: string },
  choices: readonly Choice[],
  style: ChoiceInput['style'],
): ChoiceInput {
  const isMultiSelect = base.id.startsWith('choices.');
  // Drop-downs draw their lines literally; radio buttons and tick boxes may draw Markdown.
  const titled = style === 'expanded' ? inert : neutralise;
  const drawn = choices.map((one) => ({ title: titled(titleOf(one)), value: one.id }));
  return { type: 'Input.ChoiceSet', ...base, style, isMultiSelect, wrap: true, choices: drawn };
}

function titleOf({ label, help }: Choice): string {
  return help === undefined ? label : `${label} – ${help}`;
}

/** Longer lists are searched: Teams asks the bot while the person types. */
function shownPeople({ people, value }: Field & { type: 'person' }): Choice[] {
  if (people.length <= limits.choices) return people;
  const chosen = people.filter((one) => one.id === value);
  return chosen.length > 0 ? chosen : people.slice(0, 1);
}

function searchOf(field: Field & { type: 'person' }) {
  const placeholder = 'Type a name';
  const query = { type: 'Data.Query' as const, dataset: field.search };
  const long = field.people.length > limits.choices;
  return { ...valueOf(field.value), placeholder, ...(long && { 'choices.data': query }) };
}
