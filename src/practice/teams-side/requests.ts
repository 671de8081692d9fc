import { z } from 'zod';
import type { Requests } from '../wire.ts';

const where = { person: z.string(), chat: z.string() };
const thread = z.string().nullable();
const message = z.string();
const data = z.unknown();
const origin = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('card'), message }),
  z.strictObject({ type: z.literal('command') }),
  z.strictObject({ type: z.literal('message'), message }),
]);
const action = z.strictObject({ id: z.string().nullable(), verb: z.string().nullable(), data });
const kind = z.enum(['picture', 'file']);

/** What the page may ask; anything else is refused. */
export const requests: { [K in keyof Requests]: z.ZodType<Requests[K]> } = {
  say: z.strictObject({ ...where, thread, text: z.string().min(1).max(28_000) }),
  drop: z.strictObject({ ...where, thread, name: z.string().max(255), kind }),
  read: z.strictObject(where),
  execute: z.strictObject({ ...where, message, action }),
  submit: z.strictObject({ ...where, message, data }),
  open: z.strictObject({ ...where, origin, data }),
  fill: z.strictObject({ ...where, origin, data }),
  search: z.strictObject({ ...where, dataset: z.string(), query: z.string(), data }),
};
