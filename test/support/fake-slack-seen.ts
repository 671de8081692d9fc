import type { Json } from './fake-slack-blocks.ts';
import type { SlackMessage, SlackWindow } from './fake-slack-world.ts';
import { blocksOf, elementOf, inputsOf } from './fake-slack-windows.ts';
import type { SeenField, SeenMessage, SeenScreen } from './person-driver.ts';

/*
 * What a person reads on the screen, out of the blocks that are drawn there.
 */

export type SeenButton = { label: string; action: Json; block: string };

/** All that is written in a block or a piece of one, without its buttons and inputs. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  const block = value as Json;
  switch (block['type']) {
    case 'actions':
    case 'button':
      return '';
    case 'plain_text':
    case 'text':
      return String(block['text']);
    case 'rich_text_section':
      return (block['elements'] as Json[]).map(textOf).join('');
    case 'input':
      return [textOf(block['label']), textOf(block['hint']), ...secondLines(elementOf(block))]
        .filter(Boolean)
        .join('\n');
    case 'task_card':
      return [String(block['title']), `(${String(block['status'])})`, textOf(block['details'])]
        .filter(Boolean)
        .join(' ');
    case 'plan':
      return textOf(block['tasks']);
    default:
      return textOf(block['elements'] ?? block['text'] ?? []);
  }
}

function secondLines(element: Json): string[] {
  return optionsOf(element).map(({ description }) => textOf(description));
}

export function buttonsIn(blocks: Json[]): SeenButton[] {
  return blocks
    .filter(({ type }) => type === 'actions')
    .flatMap((block) =>
      (block['elements'] as Json[]).map((action) => ({
        label: textOf(action['text']),
        action,
        block: typeof block['block_id'] === 'string' ? block['block_id'] : '',
      })),
    );
}

export function seenMessage({ text, blocks }: SlackMessage): SeenMessage {
  return {
    text: blocks.length > 0 ? textOf(blocks) : text,
    buttons: buttonsIn(blocks).map(({ label }) => label),
    notification: text,
  };
}

export function seenWindow(window: SlackWindow): SeenScreen {
  const { view } = window;
  const title = view['title'] === undefined ? 'Home' : textOf(view['title']);
  const submit = view['submit'] === undefined ? [] : [textOf(view['submit'])];
  return {
    title,
    text: [title, textOf(blocksOf(view)), ...window.errors.values()].join('\n'),
    fields: inputsOf(view).map((block) => seenField(window, block)),
    buttons: [...buttonsIn(blocksOf(view)).map(({ label }) => label), ...submit],
  };
}

const types: Record<string, SeenField['type']> = {
  plain_text_input: 'text',
  radio_buttons: 'choice',
  static_select: 'choice',
  external_select: 'person',
  checkboxes: 'choices',
  multi_static_select: 'choices',
  datepicker: 'date',
  timepicker: 'time',
};

function seenField(window: SlackWindow, block: Json): SeenField {
  const element = elementOf(block);
  return {
    id: fieldIdOf(block),
    label: textOf(block['label']),
    type: types[String(element['type'])] ?? 'text',
    choices: optionsOf(element).map(optionLabel),
    value: seenValue(window.typed.get(String(block['block_id'])) ?? {}),
  };
}

/** The last part of a block's id: for tests that would rather name a field than quote its label. */
export function fieldIdOf(block: Json): string {
  return String(block['block_id']).split('.').slice(3).join('.');
}

export function optionsOf(element: Json): Json[] {
  return (element['options'] ?? []) as Json[];
}

/** A label that is longer than Slack takes goes on in the option's second line. */
export function optionLabel(option: Json): string {
  return textOf(option['text']);
}

function seenValue(state: Json): string | string[] | null {
  if (Array.isArray(state['selected_options']))
    return (state['selected_options'] as Json[]).map(optionLabel);
  const option = state['selected_option'] as Json | null | undefined;
  if (option !== null && option !== undefined) return optionLabel(option);
  return (state['value'] ?? state['selected_date'] ?? state['selected_time'] ?? null) as
    string | null;
}

/** An input by its label or by the id of its field. */
export function inputNamed(window: SlackWindow, name: string): Json {
  const found = inputsOf(window.view).find(
    (block) => textOf(block['label']) === name || fieldIdOf(block) === name,
  );
  if (found === undefined)
    throw new Error(`no field "${name}" on "${textOf(window.view['title'])}"`);
  return found;
}
