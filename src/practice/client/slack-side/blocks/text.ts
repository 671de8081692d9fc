import type { Json } from '../../../wire.ts';

/** A text object's words. */
export function textOf(value: unknown): string {
  const { text } = (value ?? {}) as { text?: unknown };
  return typeof text === 'string' ? text : '';
}

/** An option of a select, a radio button or a tick box. */
export type Option = { label: string; description: string; value: string; json: Json };

/** The options of an element, ready to draw. */
export function optionsIn(element: Json): Option[] {
  return ((element['options'] ?? []) as Json[]).map(optionOf);
}

export function optionOf(json: Json): Option {
  return {
    json,
    label: textOf(json['text']),
    description: textOf(json['description']),
    value: String(json['value']),
  };
}

/** A select shows one line for each. */
export function inOneLine({ label, description }: Option): string {
  return description === '' ? label : `${label} (${description})`;
}
