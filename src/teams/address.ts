import { z } from 'zod';
import type { Address } from '../chat/interaction.ts';
import { isDirect, tenantOf, type IncomingActivity } from './activity.ts';

/*
 * Our own plain columns, so that they outlive the SDK.
 */

const address = z.object({
  /** A chat of one person with the bot, or a channel. Never taken for one another. */
  kind: z.enum(['person', 'channel']),
  serviceUrl: z.string(),
  conversation: z.string(),
  team: z.string().optional(),
});

/** What the bot must know to write here again. `conversation` is a chat's or a channel's id. */
export type TeamsAddress = z.infer<typeof address>;

/** The address of the place an activity came from. */
export function addressOf(activity: IncomingActivity): Address {
  const { serviceUrl, conversation, channelData, from } = activity;
  const tenant = tenantOf(activity) ?? '';
  if (isDirect(activity))
    return { kind: 'person', serviceUrl, conversation: conversation.id, tenant, user: from.id };
  const team = channelData?.team?.id;
  const channel = channelOf(channelData?.channel?.id ?? conversation.id);
  return { kind: 'channel', serviceUrl, conversation: channel, tenant, ...(team && { team }) };
}

/** A thread's id is its channel's with the first message's behind it. */
function channelOf(conversation: string): string {
  return conversation.replace(/;messageid=.*$/, '');
}

/** Null when it is not an address of ours. */
export function readAddress(stored: Address | null): TeamsAddress | null {
  return address.safeParse(stored).data ?? null;
}
