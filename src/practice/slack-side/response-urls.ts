import { randomUUID } from 'node:crypto';
import { json, Router } from 'express';
import { z } from 'zod';
import type { Json } from '../wire.ts';
import { blockProblems } from './blocks.ts';
import type { Messages } from './messages.ts';
import { unescaped } from './methods/arguments.ts';
import type { Channel, SlackPerson } from './roster.ts';

export type ResponseUrls = {
  /** Mounted at /practice/slack/hooks. */
  router: Router;
  /** The path of a new one, relative to the mount. */
  mint: (person: SlackPerson, channel: Channel, message: string | null) => string;
};

type Minted = { person: string; chat: string; message: string | null; until: number; left: number };

const minutes = 30;
const uses = 5;

const answer = z.looseObject({
  text: z.string().default(''),
  blocks: z.array(z.record(z.string(), z.unknown())).default([]),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
});

/** Slack's second way to answer: five times within half an hour, without a token. */
export function createResponseUrls(messages: Messages, now: () => Date): ResponseUrls {
  const minted = new Map<string, Minted>();
  const router = Router();
  router.post('/:hook', json({ limit: '1mb' }), (req, res) => {
    const hook = minted.get(req.params.hook);
    if (hook === undefined || hook.until < now().getTime() || hook.left === 0) {
      res.status(404).send('used_url');
      return;
    }
    hook.left -= 1;
    const given = answer.safeParse(req.body);
    const refused = !given.success || blockProblems(given.data.blocks).length > 0;
    if (given.success && !refused) write(messages, hook, given.data);
    res.status(refused ? 400 : 200).send(refused ? 'invalid_payload' : 'ok');
  });
  return {
    router,
    mint(person, { id }, message) {
      const until = now().getTime() + minutes * 60_000;
      for (const [hook, { until: end }] of minted) if (end < now().getTime()) minted.delete(hook);
      const hook = randomUUID();
      minted.set(hook, { person: person.key, chat: id, message, until, left: uses });
      return hook;
    },
  };
}

function write(messages: Messages, hook: Minted, given: z.output<typeof answer>): void {
  const content = { text: unescaped(given.text), blocks: given.blocks as Json[] };
  if (given.replace_original && hook.message !== null) {
    messages.change(hook.chat, hook.message, { ...content, edited: true });
    return;
  }
  const onlyFor = given.response_type === 'ephemeral' ? hook.person : null;
  messages.add({ ...content, chat: hook.chat, author: { type: 'bot' }, onlyFor });
}
