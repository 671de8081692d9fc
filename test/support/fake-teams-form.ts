import { buttonsOf, inputsOf, textOf, type Json } from './fake-teams-cards.ts';
import type { Filling, SeenField, SeenScreen } from './person-driver.ts';

/*
 * One card on a person's screen, with what has been typed into it.
 */

export type Form = {
  card: Json;
  title: string;
  /** Input id to what was typed or picked; what is not in it stands as the card says. */
  typed: Map<string, string>;
  /** Input id to what a search offered. */
  offered: Map<string, { title: string; value: string }[]>;
};

export function newForm(card: Json, title: string): Form {
  return { card, title, typed: new Map(), offered: new Map() };
}

export function seenScreen(form: Form): SeenScreen {
  const { card, title } = form;
  return {
    title,
    text: textOf(card),
    fields: inputsOf(card).map((input) => seenField(input, form)),
    buttons: buttonsOf(card).map((one) => String(one['title'])),
  };
}

const TYPES: Record<string, SeenField['type']> = {
  'Input.Text': 'text',
  'Input.Date': 'date',
  'Input.Time': 'time',
};

function seenField(input: Json, { typed, offered }: Form): SeenField {
  const choices = choicesOf(input);
  const known = [...choices, ...(offered.get(idOf(input)) ?? [])];
  const raw = typed.get(idOf(input)) ?? (input['value'] as string | undefined) ?? '';
  const type = TYPES[String(input['type'])] ?? choiceType(input);
  return {
    id: idOf(input).replace(/^(?:field|choices)\./, ''),
    label: labelOf(input),
    type,
    choices: choices.map(({ title }) => title),
    value: raw === '' ? null : valueSeen(raw, type, known),
  };
}

function choiceType(input: Json): SeenField['type'] {
  if (input['isMultiSelect']) return 'choices';
  return input['style'] === 'filtered' ? 'person' : 'choice';
}

function valueSeen(raw: string, type: SeenField['type'], choices: Choice[]): string | string[] {
  const read = (id: string) => choices.find((one) => one.value === id)?.title ?? id;
  if (type === 'choices') return raw.split(',').map(read);
  return choices.length > 0 ? read(raw) : raw;
}

type Choice = { title: string; value: string };

function choicesOf(input: Json): Choice[] {
  const choices = (input['choices'] ?? []) as Choice[];
  return choices.map(({ title, value }) => ({ title: title.replaceAll('\u2060', ''), value }));
}

function idOf(input: Json): string {
  return String(input['id']);
}

function labelOf(input: Json): string {
  return String(input['label']).replace(/ \(optional\)$/, '');
}

/** Types and picks as a person would; fails for what is not there. */
export function fillIn(form: Form, values: Filling): void {
  for (const [name, value] of Object.entries(values)) {
    const input = inputNamed(form, name);
    form.typed.set(idOf(input), typedInto(form, input, value));
  }
}

export function inputNamed({ card }: Form, name: string): Json {
  const found = inputsOf(card).find(
    (one) => labelOf(one) === name || idOf(one).replace(/^(?:field|choices)\./, '') === name,
  );
  if (!found) throw new Error(`there is no field "${name}" among: ${labelsOf(card)}`);
  return found;
}

function labelsOf(card: Json): string {
  return inputsOf(card).map(labelOf).join(' · ');
}

function typedInto(form: Form, input: Json, value: string | string[]): string {
  if (input['type'] !== 'Input.ChoiceSet') return typedText(input, String(value));
  const wanted = Array.isArray(value) ? value : [value];
  if (wanted.length > 1 && !input['isMultiSelect']) throw new Error('only one can be picked');
  return wanted.map((one) => picked(form, input, one)).join(',');
}

function typedText(input: Json, value: string): string {
  const most = (input['maxLength'] as number | undefined) ?? Infinity;
  if (value.length > most)
    throw new Error(`${labelOf(input)} takes only ${String(most)} characters`);
  return value;
}

function picked(form: Form, input: Json, wanted: string): string {
  const choices = [...choicesOf(input), ...(form.offered.get(idOf(input)) ?? [])];
  const found = choices.find(({ title, value }) =>
    [title, value, title.split(' – ')[0]].includes(wanted),
  );
  if (!found) throw new Error(`"${wanted}" is not offered under "${labelOf(input)}"`);
  return found.value;
}

/** What a press sends along. Empty inputs are left out; required ones hold it back. */
export function inputsFor({ card, typed }: Form): Record<string, string> {
  const entries = inputsOf(card).map((input): [string, string] => {
    const value = typed.get(idOf(input)) ?? (input['value'] as string | undefined) ?? '';
    if (value === '' && input['isRequired']) {
      throw new Error(`Teams holds it back: ${labelOf(input)}: ${String(input['errorMessage'])}`);
    }
    return [idOf(input), value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
