import { createHmac } from 'node:crypto';
import type { SocketServer } from './fake-slack-socket.ts';

/*
 * How Slack reaches the bot: signed requests, or envelopes down the socket that the bot has opened.
 */

export type Said = 'command' | 'interactive' | 'event';

/** What the bot answered at once. `json` is null for an empty or unreadable answer. */
export type Heard = { status: number; json: Record<string, unknown> | null; ms: number };

/** `times`: the same thing so often at once, as an impatient finger or a retry does; the first is heard. */
export type Line = {
  say(what: Said, body: Record<string, unknown>, times?: number): Promise<Heard>;
};

/** Requests as Slack signs them. */
export function httpLine(
  url: string,
  signingSecret: string,
  clock: () => Date = () => new Date(),
): Line {
  const post = async (raw: string, contentType: string, at: number): Promise<Heard> => {
    const since = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': contentType, ...sign(signingSecret, raw, at) },
      body: raw,
    });
    const text = await response.text();
    return { status: response.status, json: objectIn(text), ms: performance.now() - since };
  };
  return {
    say: async (what, body, times = 1) => {
      const { raw, contentType } = encode(what, body);
      const copies = Array.from({ length: times }, (_, at) =>
        post(raw, contentType, seconds(clock()) - at),
      );
      const [first] = await Promise.all(copies);
      return first as Heard;
    },
  };
}

/** The two headers of Slack's scheme v0. */
export function sign(
  secret: string,
  raw: string | Uint8Array,
  at = seconds(new Date()),
): Record<string, string> {
  const signature = createHmac('sha256', secret)
    .update(`v0:${String(at)}:`)
    .update(raw)
    .digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${signature}` };
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

/** Commands are forms, what is pressed is a form with JSON in it, events are JSON. */
export function encode(
  what: Said,
  body: Record<string, unknown>,
): { raw: string; contentType: string } {
  if (what === 'event') return { raw: JSON.stringify(body), contentType: 'application/json' };
  const form =
    what === 'command' ? (body as Record<string, string>) : { payload: JSON.stringify(body) };
  return {
    raw: new URLSearchParams(form).toString(),
    contentType: 'application/x-www-form-urlencoded',
  };
}

const envelopes: Record<Said, string> = {
  command: 'slash_commands',
  interactive: 'interactive',
  event: 'events_api',
};

/** Envelopes; an event's acknowledgement carries nothing. */
export function socketLine(socket: SocketServer): Line {
  return {
    say: async (what, body, times = 1) => {
      const since = performance.now();
      for (let at = 1; at < times; at += 1)
        void socket.deliver(envelopes[what], body, what !== 'event');
      const payload = await socket.deliver(envelopes[what], body, what !== 'event');
      const ms = performance.now() - since;
      if (payload === null) return { status: 504, json: null, ms };
      const isEmpty = typeof payload !== 'object' || Object.keys(payload).length === 0;
      return { status: 200, json: isEmpty ? null : (payload as Record<string, unknown>), ms };
    },
  };
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
