import { createHmac } from 'node:crypto';
import { postToBot, type BotAnswer } from '../post-to-bot.ts';
import type { Json } from '../wire.ts';

/** Commands are forms, what is pressed is a form with JSON in it, events are JSON. */
export type Said = 'command' | 'interactive' | 'event';

/** Sends something to the bot, signed as Slack signs, and waits for its HTTP answer. Never throws. */
export type Line = (
  said: Said,
  body: Json,
  retry?: { num: number; reason: string },
) => Promise<BotAnswer>;

export type LineOptions = { url: string; signingSecret: string; now: () => Date };

/** Slack waits three seconds, for everything. */
const patienceMs = 3000;

export function createLine({ url, signingSecret, now }: LineOptions): Line {
  return (said, payload, retry) => {
    const { body, contentType } = encoded(said, payload);
    const at = Math.floor(now().getTime() / 1000);
    const headers = {
      'content-type': contentType,
      ...signature(signingSecret, body, at),
      ...(retry && {
        'x-slack-retry-num': String(retry.num),
        'x-slack-retry-reason': retry.reason,
      }),
    };
    return postToBot(url, { headers, body, patienceMs });
  };
}

/** The two headers of Slack's signing scheme v0. */
export function signature(secret: string, body: string, at: number): Record<string, string> {
  const digest = createHmac('sha256', secret)
    .update(`v0:${String(at)}:${body}`)
    .digest('hex');
  return { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${digest}` };
}

function encoded(said: Said, payload: Json): { body: string; contentType: string } {
  if (said === 'event')
    return { body: JSON.stringify(payload), contentType: 'application/json; charset=utf-8' };
  const form =
    said === 'command'
      ? Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)]))
      : { payload: JSON.stringify(payload) };
  return {
    body: new URLSearchParams(form).toString(),
    contentType: 'application/x-www-form-urlencoded',
  };
}
