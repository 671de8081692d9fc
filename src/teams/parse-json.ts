const DEEPEST = 32;
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);

/** Null unless it is a JSON object, not nested deeper than 32, with no key that could reach a prototype. */
export function parseObject(text: string): Record<string, unknown> | null {
  if (deepest(text) > DEEPEST) return null;
  const parsed = parse(text);
  return isObject(parsed) && !pollutes(parsed) ? parsed : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Counted on the text, because a parser may already run out of stack. */
function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === '[' || token === '{') most = Math.max(most, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return most;
}

function pollutes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.keys(value).some((key) => POLLUTING.has(key))) return true;
  return Object.values(value).some(pollutes);
}
