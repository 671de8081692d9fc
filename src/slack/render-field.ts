import type { Choice, Field } from '../chat/elements.ts';
import { type InputBlock, type InputElement, type Option, plainText } from './block-kit.ts';
import { fieldBlockId, inputAction } from './field-block.ts';
import { shorten, splitText } from './split-text.ts';
import { slackLimits } from './slack-limits.ts';
import { words } from './words.ts';

/** The field as input blocks: one, or up to three when more may be written than one input takes. */
export function renderField(field: Field, edition: number): InputBlock[] {
  switch (field.type) {
    case 'text':
    case 'long-text':
      return textInputs(field, edition);
    case 'choice':
    case 'choices':
    case 'person':
    case 'date':
    case 'time':
      return [input(field, edition, 0, picker(field))];
  }
}

type Picked = Exclude<Field, { type: 'text' | 'long-text' }>;
type Written = Extract<Field, { type: 'text' | 'long-text' }>;

function picker(field: Picked): InputElement {
  switch (field.type) {
    case 'choice':
      return oneOf(field.choices, field.value, field.shown === 'buttons');
    case 'choices':
      return severalOf(field.choices, field.value);
    case 'person':
      return person(field.people, field.value);
    case 'date':
      return {
        type: 'datepicker',
        action_id: inputAction,
        ...initial('initial_date', field.value),
      };
    case 'time':
      return {
        type: 'timepicker',
        action_id: inputAction,
        ...initial('initial_time', field.value),
      };
  }
}

function input(field: Field, edition: number, part: number, element: InputElement): InputBlock {
  return {
    type: 'input',
    block_id: fieldBlockId({ edition, part, field: field.id }),
    label: plainText(shorten(field.label, slackLimits.inputLabel)),
    optional: !field.required || part > 0,
    element,
    ...hint(part > 0 ? null : hintOf(field)),
  };
}

function hint(text: string | null): Pick<InputBlock, 'hint'> {
  return text === null || text === '' ? {} : { hint: plainText(shorten(text, slackLimits.hint)) };
}

/** An option takes 75 characters of help; what is longer stands under the field. */
function hintOf(field: Field): string | null {
  if (field.type !== 'choice' && field.type !== 'choices') return field.help;
  const long = field.choices.filter(({ help }) => (help ?? '').length > slackLimits.optionText);
  const lines = long.map(({ label, help }) => `${label}: ${help ?? ''}`);
  return [...(field.help === null ? [] : [field.help]), ...lines].join('\n');
}

function textInputs(field: Written, edition: number): InputBlock[] {
  const value = field.value ?? '';
  const room = Math.max(field.maxLength, value.length);
  const parts = Math.min(Math.ceil(room / slackLimits.inputText), slackLimits.inputsPerField);
  const pieces = splitText(value, slackLimits.inputText);
  return Array.from({ length: Math.max(parts, pieces.length, 1) }, (_, part) =>
    input(labelled(field, part, parts), edition, part, textInput(field, room, pieces[part])),
  );
}

function labelled(field: Written, part: number, parts: number): Written {
  if (part === 0) return field;
  return { ...field, label: `${field.label} (${words.continued(part + 1, parts)})` };
}

function textInput(field: Written, room: number, value: string | undefined): InputElement {
  return {
    type: 'plain_text_input',
    action_id: inputAction,
    multiline: field.type === 'long-text',
    max_length: Math.min(room, slackLimits.inputText),
    ...initial('initial_value', value ?? null),
  };
}

function oneOf(choices: Choice[], value: string | null, asButtons: boolean): InputElement {
  const options = choices.map(optionOf);
  const chosen = initial('initial_option', chosenAmong(options, value));
  return asButtons && options.length <= slackLimits.optionsShown
    ? { type: 'radio_buttons', action_id: inputAction, options, ...chosen }
    : { type: 'static_select', action_id: inputAction, options, ...chosen };
}

function severalOf(choices: Choice[], value: string[]): InputElement {
  const options = choices.map(optionOf);
  const chosen = options.filter((option) => value.includes(option.value ?? ''));
  // An empty initial_options fails the whole view.
  const some = initial('initial_options', chosen.length === 0 ? null : chosen);
  return options.length <= slackLimits.optionsShown
    ? { type: 'checkboxes', action_id: inputAction, options, ...some }
    : { type: 'multi_static_select', action_id: inputAction, options, ...some };
}

/** A list that Slack can hold is sent along; a longer one is searched, from the first letter or none. */
function person(people: Choice[], value: string | null): InputElement {
  const options = people.map(optionOf);
  const chosen = initial('initial_option', chosenAmong(options, value));
  if (options.length > 0 && options.length <= slackLimits.options)
    return { type: 'static_select', action_id: inputAction, options, ...chosen };
  return { type: 'external_select', action_id: inputAction, min_query_length: 0, ...chosen };
}

/** A label longer than an option takes goes on in its second line. */
export function optionOf({ id, label, help }: Choice): Option {
  const [first = '', ...rest] = splitText(label, slackLimits.optionText);
  const second = rest.length > 0 ? rest.join('') : (help ?? '');
  const option: Option = { text: plainText(first.trimEnd() || '–'), value: id };
  if (second === '' || (rest.length === 0 && second.length > slackLimits.optionText)) return option;
  return { ...option, description: plainText(shorten(second, slackLimits.optionText)) };
}

function chosenAmong(options: Option[], value: string | null): Option | null {
  return options.find((option) => option.value === value) ?? null;
}

/** The property when there is a value: Slack refuses null. */
function initial<K extends string, V>(key: K, value: V | null): Partial<Record<K, V>> {
  return value === null || value === '' ? {} : ({ [key]: value } as Record<K, V>);
}
