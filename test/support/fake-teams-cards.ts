import { createRequire } from 'node:module';
import type * as AdaptiveCards from 'adaptivecards';

/*
 * Reads cards as a Teams client does, and refuses what Teams, or our own rules, would not take.
 */

// The package's own entry does not load in Node; its bundle does.
const bundle = 'adaptivecards/dist/adaptivecards.js';
const adaptiveCards = createRequire(import.meta.url)(bundle) as typeof AdaptiveCards;

export type Json = { [key: string]: unknown };

const ELEMENTS = new Set([
  'AdaptiveCard',
  'TextBlock',
  'RichTextBlock',
  'TextRun',
  'FactSet',
  'Container',
  'ColumnSet',
  'Column',
  'ActionSet',
  'Chart.HorizontalBar',
  'Input.Text',
  'Input.ChoiceSet',
  'Input.Date',
  'Input.Time',
  'Action.Execute',
  'Action.Submit',
  'Data.Query',
]);

const MOST_BYTES = 100 * 1024;

/** Everything that is wrong with a card there. A chat message is kept; a dialog is not. */
export function violationsOf(card: Json, surface: 'chat' | 'dialog'): string[] {
  return [
    ...fromLibrary(card),
    ...(card['version'] === '1.5' ? [] : ['the version is not 1.5']),
    ...(JSON.stringify(card).length * 2 > MOST_BYTES ? ['larger than 100 KB'] : []),
    ...nodesOf(card).flatMap((node) => violationsOfNode(node, surface)),
    ...repeated(inputsOf(card).map((one) => String(one['id']))),
  ];
}

/** The reference renderer's own check: unknown elements and properties, missing error messages, versions. */
function fromLibrary(card: Json): string[] {
  const parsed = new adaptiveCards.AdaptiveCard();
  const context = new adaptiveCards.SerializationContext();
  parsed.parse(card, context);
  const parsing = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
  const { validationEvents } = parsed.validateProperties();
  return (
    [...parsing, ...validationEvents]
      .map(({ message }) => message)
      // Teams has had typeahead since before 1.6, and draws charts whatever version the card declares.
      .filter((message) => !/choices\.data|Chart\.HorizontalBar/.test(message))
  );
}

function violationsOfNode(node: Json, surface: 'chat' | 'dialog'): string[] {
  const type = String(node['type']);
  if (!ELEMENTS.has(type)) return [`unexpected element ${type}`];
  if (type.startsWith('Input.')) return violationsOfInput(node, surface);
  if (type.startsWith('Action.')) return violationsOfAction(node, surface);
  if (type === 'ActionSet' && actionsOf(node).length > 6) return ['more than six buttons in a row'];
  return type === 'TextBlock' && node['wrap'] !== true ? ['text that does not wrap'] : [];
}

function violationsOfInput(input: Json, surface: 'chat' | 'dialog'): string[] {
  const about = String(input['id']);
  const choices = (input['choices'] ?? []) as Json[];
  return [
    ...(input['label'] ? [] : [`${about} has no label`]),
    ...(input['isRequired'] && !input['errorMessage'] ? [`${about} has no error message`] : []),
    ...(surface === 'chat' && input['value'] !== undefined ? [`${about} keeps a value`] : []),
    ...choices
      .filter(({ value }) => String(value).includes(','))
      .map(() => `${about} has a comma in a choice`),
  ];
}

function violationsOfAction(action: Json, surface: 'chat' | 'dialog'): string[] {
  const data = (action['data'] ?? {}) as Json;
  const isSubmit = action['type'] === 'Action.Submit';
  if (!action['title']) return ['a button without a label'];
  if (surface === 'dialog') return isSubmit ? [] : ['Action.Execute does nothing in a dialog'];
  return isSubmit && !opensDialog(data) ? ['Action.Submit in a message loses its answer'] : [];
}

/** Whether pressing a button with this data opens a dialog. */
export function opensDialog(data: Json): boolean {
  return (data['msteams'] as Json | undefined)?.['type'] === 'task/fetch';
}

function repeated(ids: string[]): string[] {
  return ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `two inputs are called ${id}`);
}

/** The card and everything in it that has a type. */
export function nodesOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Json;
  const { data: _data, ...drawn } = node;
  const within = Object.values(drawn).flatMap(nodesOf);
  return typeof node['type'] === 'string' ? [node, ...within] : within;
}

export function inputsOf(card: Json): Json[] {
  return nodesOf(card).filter((one) => String(one['type']).startsWith('Input.'));
}

export function buttonsOf(card: Json): Json[] {
  return nodesOf(card).filter((one) => String(one['type']).startsWith('Action.'));
}

function actionsOf(node: Json): Json[] {
  return (node['actions'] ?? []) as Json[];
}

/** All that is written on a card, in reading order, one line each, as it reads once it is drawn. */
export function textOf(card: Json): string {
  return nodesOf(card).flatMap(linesOf).join('\n').replaceAll('\u2060', '');
}

function linesOf(node: Json): string[] {
  switch (node['type']) {
    case 'TextBlock':
      return [unmarked(String(node['text']))];
    case 'RichTextBlock':
      return [(node['inlines'] as Json[]).map((run) => run['text']).join('')];
    case 'FactSet':
      return (node['facts'] as { title: string; value: string }[]).map(
        ({ title, value }) => `${unmarked(title)}: ${unmarked(value)}`,
      );
    case 'Input.Text':
    case 'Input.ChoiceSet':
    case 'Input.Date':
    case 'Input.Time':
      return [String(node['label'])];
    default:
      return [];
  }
}

/** What Markdown leaves of our own text once it is drawn. */
function unmarked(text: string): string {
  return text
    .replace(/\\([\\`*_[\]<>~|&#+.)-])/g, '$1')
    .replace(/\n\n/g, '\n')
    .trim();
}
