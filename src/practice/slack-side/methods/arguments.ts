import type { Json } from '../../wire.ts';
import type { Messages } from '../messages.ts';
import type { Roster } from '../roster.ts';
import type { Triggers } from '../triggers.ts';
import type { Windows } from '../windows.ts';

/** What a call gave: a form, whose blocks and views are JSON in a string, or JSON. */
export type Args = Record<string, unknown>;

/** What the methods work on. */
export type MethodParts = {
  roster: Roster;
  messages: Messages;
  windows: Windows;
  triggers: Triggers;
};

/** A method of the Web API: always an answer, `ok` or with Slack's code for why not. */
export type Method = (parts: MethodParts, args: Args) => Json & { ok: boolean };

export type Methods = Record<string, Method>;

export function refuse(error: string, more: Json = {}): Json & { ok: false } {
  return { ok: false, error, ...more };
}

/** The argument as text; empty when it is missing or no text. */
export function textIn(args: Args, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}

/** The argument as the value it stands for; undefined when it is missing, null when it is no JSON. */
export function jsonIn(args: Args, name: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return null;
  }
}

/** As a client shows `text`. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
