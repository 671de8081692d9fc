import { hasPrototypeKey, parseJson } from './safe-json.ts';

/** A verified request body as an object, Slack's handshake, or why it is neither. */
export type RequestRead =
  | { type: 'body'; body: object }
  | { type: 'challenge'; text: string }
  | { type: 'unreadable'; status: 400 | 415 };

const unreadable: RequestRead = { type: 'unreadable', status: 400 };

/** Slack sends events as JSON, commands as a form, and everything interactive as a form with JSON in it. */
export function readRequest(contentType: string | undefined, raw: Buffer): RequestRead {
  const text = decode(raw);
  if (text === null) return unreadable;
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return readJson(text);
  if (type === 'application/x-www-form-urlencoded') return readForm(text);
  return { type: 'unreadable', status: 415 };
}

function decode(raw: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return null;
  }
}

function readJson(text: string): RequestRead {
  const body = objectIn(text);
  if (body === null) return unreadable;
  return 'type' in body && body.type === 'url_verification'
    ? challenge(body)
    : { type: 'body', body };
}

/** Echoed as text, and only when it cannot be anything but a token. */
function challenge(body: object): RequestRead {
  const text = 'challenge' in body ? body.challenge : null;
  const isToken = typeof text === 'string' && /^[A-Za-z0-9]{1,200}$/.test(text);
  return isToken ? { type: 'challenge', text } : unreadable;
}

const pairsAtMost = 50;

function readForm(text: string): RequestRead {
  const pairs = [...new URLSearchParams(text)];
  const form = Object.fromEntries(pairs);
  const isRepeated = Object.keys(form).length !== pairs.length;
  if (pairs.length > pairsAtMost || isRepeated || hasPrototypeKey(form)) return unreadable;
  if (form['payload'] === undefined) return { type: 'body', body: form };
  const body = objectIn(form['payload']);
  return body === null ? unreadable : { type: 'body', body };
}

function objectIn(json: string): object | null {
  const read = parseJson(json);
  if (!read.ok || typeof read.value !== 'object' || Array.isArray(read.value)) return null;
  return read.value;
}
