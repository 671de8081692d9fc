import { z } from 'zod';
import { orNull } from './payload.ts';

/*
 * The events of decisions.md 23, as far as we read them. Anything else is ignored, and so is a message
 * with a subtype other than a file: an edit or a deletion changes nothing that is kept.
 */

const id = z.string().min(1).max(255);

const messageSchema = z.object({
  type: z.literal('message'),
  channel: id,
  channel_type: z.literal('im'),
  user: id,
  text: orNull(z.string()),
  ts: id,
  subtype: z.literal('file_share').optional(),
  team: orNull(id),
  user_team: orNull(id),
  bot_id: z.undefined().optional(),
  files: orNull(z.array(z.unknown())),
  attachments: orNull(z.array(z.unknown())),
  blocks: orNull(z.array(z.unknown())),
});

const homeSchema = z.object({
  type: z.literal('app_home_opened'),
  user: id,
  tab: z.enum(['home', 'messages']),
});

const userChangeSchema = z.object({
  type: z.literal('user_change'),
  user: z.object({ id, team_id: orNull(id), deleted: z.boolean().optional() }),
});

const memberSchema = z.object({
  type: z.enum(['member_joined_channel', 'member_left_channel']),
  user: id,
  channel: id,
  team: orNull(id),
});

const endSchema = z.object({ type: z.enum(['app_uninstalled', 'tokens_revoked']) });

const known = z.union([messageSchema, homeSchema, userChangeSchema, memberSchema, endSchema]);

/** An event that we act on. */
export type KnownEvent = z.output<typeof known>;
export type MessageEvent = z.output<typeof messageSchema>;

/** Null for an event that we do not act on. */
export function readEvent(event: unknown): KnownEvent | null {
  return known.safeParse(event).data ?? null;
}
