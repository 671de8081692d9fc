import { instantFrom } from '../domain/deadlines.ts';
import type { Field, Values } from './elements.ts';

/** What was filled in, checked against the form that was shown: text trimmed, choices among those offered. */
export type Read = { text: (id: string) => string; list: (id: string) => string[] };
export type ReadResult = { ok: true; read: Read } | { ok: false; fields: Record<string, string> };

/**
 * Reads a submitted form. Every problem is reported at once, beside its field, in a sentence that says what
 * to do; nothing is cut, guessed or dropped.
 */
export function readForm(fields: readonly Field[], values: Values): ReadResult {
  const problems = fields.flatMap((field) => {
    const problem = problemWith(field, values[field.id]);
    return problem === null ? [] : [[field.id, problem] as const];
  });
  if (problems.length > 0) return { ok: false, fields: Object.fromEntries(problems) };
  return { ok: true, read: reader(values) };
}

/** What was typed so far, whatever it is worth: for keeping a draft. */
export function reader(values: Values): Read {
  return {
    text: (id) => asText(values[id]),
    list: (id) => asList(values[id]),
  };
}

function asText(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value.join(', ') : (value ?? '')).trim();
}

function asList(value: string | string[] | undefined): string[] {
  if (Array.isArray(value)) return value.filter((entry) => entry !== '');
  return value === undefined || value === '' ? [] : [value];
}

/** Letters or digits of any script; a text of spaces, joiners and accents alone says nothing. */
const saysSomething = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

function problemWith(field: Field, value: string | string[] | undefined): string | null {
  const given = field.type === 'choices' ? asList(value).join('') : asText(value);
  if (given === '') return field.required ? missing(field) : null;
  return invalid(field, value);
}

function missing(field: Field): string {
  switch (field.type) {
    case 'choice':
    case 'person':
      return 'Please choose one.';
    case 'choices':
      return 'Please choose at least one.';
    case 'text':
    case 'long-text':
      return 'Please write something here.';
    case 'date':
      return 'Please give the date.';
    case 'time':
      return 'Please give the time, like 10:42.';
  }
}

function invalid(field: Field, value: string | string[] | undefined): string | null {
  switch (field.type) {
    case 'choice':
      return isOffered(field.choices, [asText(value)]);
    case 'person':
      return isOffered(field.people, [asText(value)]);
    case 'choices':
      return isOffered(field.choices, asList(value));
    case 'text':
    case 'long-text':
      return wrongText(field, asText(value));
    case 'date':
      return instantFrom(asText(value), '12:00') === null
        ? 'Please give a date, like 28 November 2026.'
        : null;
    case 'time':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(asText(value))
        ? null
        : 'Please give a time, like 10:42.';
  }
}

function isOffered(choices: readonly { id: string }[], chosen: string[]): string | null {
  return chosen.every((id) => choices.some((choice) => choice.id === id))
    ? null
    : 'Please choose from the list.';
}

function wrongText(field: Field & { type: 'text' | 'long-text' }, text: string): string | null {
  if (field.required && !saysSomething.test(text)) return 'Please describe it in words.';
  return text.length > field.maxLength
    ? `That is ${String(text.length)} characters, and ${String(field.maxLength)} fit here. Please use the next box for the rest.`
    : null;
}
