import { z } from 'zod';

/**
 * What a person or channel is told, in domain terms. The words and buttons are made at sending time from
 * the case as it stands then; nothing here holds a name, a person's words or an address.
 */
export const messageSchema = z.discriminatedUnion('type', [
  /** In the lead's channel. */
  z.strictObject({ type: z.literal('new-concern-in-channel') }),
  /** To one of the safeguarding team, or to leadership on call. */
  z.strictObject({ type: z.literal('new-concern') }),
  /** To the case manager: says nothing but that there is something. */
  z.strictObject({ type: z.literal('confidential') }),
  z.strictObject({ type: z.literal('receipt'), concern: z.string() }),
  z.strictObject({ type: z.literal('seen'), concern: z.string() }),
  z.strictObject({ type: z.literal('closed'), concern: z.string() }),
  z.strictObject({ type: z.literal('nobody-answered'), concern: z.string() }),
  /** The holder's walk card. */
  z.strictObject({ type: z.literal('walk') }),
  z.strictObject({ type: z.literal('task'), task: z.string() }),
  z.strictObject({ type: z.literal('please-sign') }),
  z.strictObject({ type: z.literal('closing-returned') }),
  z.strictObject({ type: z.literal('still-worried') }),
  z.strictObject({ type: z.literal('words-added') }),
  z.strictObject({ type: z.literal('handed-to-you') }),
  z.strictObject({ type: z.literal('back-unclaimed') }),
  /** A reminder about a clock: which timer, how far. */
  z.strictObject({ type: z.literal('reminder'), timer: z.string(), stage: z.int() }),
  z.strictObject({ type: z.literal('picture-in-chat') }),
  /** The channel is not as closed as it must be; nothing was posted there. */
  z.strictObject({ type: z.literal('channel-held'), trouble: z.string() }),
  z.strictObject({ type: z.literal('not-delivered'), concern: z.string() }),
]);
export type Message = z.output<typeof messageSchema>;
