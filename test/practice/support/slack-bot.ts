import { createHmac } from 'node:crypto';
import express, { type Request } from 'express';
import type { Json } from '../../../src/practice/wire.ts';
import { listen } from './listen.ts';

/** Something that Slack told the bot, as it arrived. */
export type Heard = {
  said: 'command' | 'interactive' | 'event';
  body: Json;
  /** Whether the signature is over these very bytes. */
  signed: boolean;
  retry: { num: string; reason: string } | null;
};

/** How the bot answers: an empty 200 unless told otherwise. */
export type BotReply = { status?: number; body?: Json; afterMs?: number };

export type SlackBot = {
  url: string;
  heard: Heard[];
  /** Decides from now on what is answered. */
  answerWith(reply: (heard: Heard) => BotReply): void;
  close(): Promise<void>;
};

/** A bot that speaks bare Slack over HTTP, with no SDK. */
export async function startSlackBot(signingSecret: string): Promise<SlackBot> {
  const heard: Heard[] = [];
  let reply: (heard: Heard) => BotReply = () => ({});
  const app = express();
  app.post('/slack/events', express.raw({ type: () => true }), async (req, res) => {
    const one = readHeard(req, signingSecret);
    heard.push(one);
    const { status = 200, body, afterMs = 0 } = reply(one);
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    if (body === undefined) res.status(status).end();
    else res.status(status).json(body);
  });
  const { url, close } = await listen(app);
  return {
    url: `${url}/slack/events`,
    heard,
    answerWith: (next) => {
      reply = next;
    },
    close,
  };
}

function readHeard(req: Request, secret: string): Heard {
  const raw = req.body as Buffer;
  const num = req.get('x-slack-retry-num');
  const common = {
    signed: req.get('x-slack-signature') === signatureOf(req, raw, secret),
    retry: num === undefined ? null : { num, reason: req.get('x-slack-retry-reason') ?? '' },
  };
  if (req.is('json')) return { ...common, said: 'event', body: JSON.parse(raw.toString()) as Json };
  const form = Object.fromEntries(new URLSearchParams(raw.toString()));
  return form['payload'] === undefined
    ? { ...common, said: 'command', body: form }
    : { ...common, said: 'interactive', body: JSON.parse(form['payload']) as Json };
}

function signatureOf(req: Request, raw: Buffer, secret: string): string {
  const at = req.get('x-slack-request-timestamp') ?? '';
  return `v0=${createHmac('sha256', secret).update(`v0:${at}:`).update(raw).digest('hex')}`;
}
