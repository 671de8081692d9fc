/*
 * JSON from outside, read with limits that JSON.parse does not have. One pass over the text comes
 * first, so that a bomb is refused before it is built.
 */

export type SafeJson = { ok: true; value: unknown } | { ok: false };

const depthAtMost = 32;
/** Commas and colons: a view of ours with two long lists of people has some thousands. */
const membersAtMost = 20_000;

/** The value; refused when too deep, too wide, not JSON, or when a key could reach a prototype. */
export function parseJson(text: string): SafeJson {
  if (!isWithinLimits(text)) return { ok: false };
  try {
    const value: unknown = JSON.parse(text);
    return hasPrototypeKey(value) ? { ok: false } : { ok: true, value };
  } catch {
    return { ok: false };
  }
}

function isWithinLimits(text: string): boolean {
  let depth = 0;
  let members = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    else if (char === ',' || char === ':') members += 1;
    if (depth > depthAtMost || members > membersAtMost) return false;
    at += 1;
  }
  return true;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether any key, at any depth, is one through which a careless copy could change all objects. */
export function hasPrototypeKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasPrototypeKey);
  return Object.entries(value).some(
    ([key, held]) => prototypeKeys.has(key) || hasPrototypeKey(held),
  );
}
