import { z } from 'zod';
import type { SlackRequests } from './wire.ts';

const person = z.string();
const chat = z.string();
const values = z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })));
const at = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message'), chat, message: z.string() }),
  z.strictObject({ type: z.literal('view'), view: z.string() }),
]);
const element = { person, at, block: z.string(), action: z.string(), values };

/** What the page may ask; anything else is refused. */
export const requests: { [K in keyof SlackRequests]: z.ZodType<SlackRequests[K]> } = {
  say: z.strictObject({ person, chat, text: z.string().min(1).max(40_000) }),
  drop: z.strictObject({
    person,
    chat,
    name: z.string().max(255),
    kind: z.enum(['picture', 'file']),
  }),
  read: z.strictObject({ person, chat }),
  opened: z.strictObject({ person, tab: z.enum(['home', 'messages']) }),
  shortcut: z.strictObject({ person }),
  raise: z.strictObject({ person, chat, message: z.string() }),
  press: z.strictObject({
    ...element,
    chosen: z.looseObject({ type: z.string() }).nullable(),
  }),
  submit: z.strictObject({ person, view: z.string(), values }),
  options: z.strictObject({ ...element, query: z.string() }),
  close: z.strictObject({ person, view: z.string(), all: z.boolean() }),
};
