import { z } from 'zod';

/*
 * The part of an activity that we read. Teams adds properties as it likes, so unknown ones are passed
 * over here; what we put into a button ourselves is read strictly (see action-data.ts).
 */

const account = z.object({
  id: z.string().min(1).max(500),
  aadObjectId: z.string().max(200).optional(),
  tenantId: z.string().max(200).optional(),
  role: z.string().max(50).optional(),
  userRole: z.string().max(50).optional(),
  userPrincipalName: z.string().max(500).optional(),
});

const conversation = z.object({
  id: z.string().min(1).max(1000),
  conversationType: z.string().max(50).optional(),
  isGroup: z.boolean().optional(),
  tenantId: z.string().max(200).optional(),
});

const named = z.object({ id: z.string().min(1).max(500) });

const channelData = z.object({
  tenant: named.optional(),
  team: named.optional(),
  channel: named.optional(),
});

const attachment = z.object({ contentType: z.string().max(500), content: z.unknown().optional() });

const mention = z.object({ type: z.string(), text: z.string().optional() });

const activity = z.object({
  type: z.string().min(1).max(100),
  id: z.string().max(500).optional(),
  name: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  channelId: z.string().max(100),
  serviceUrl: z.string().min(1).max(500),
  from: account,
  recipient: z.object({ id: z.string().max(500), isTargeted: z.boolean().optional() }),
  conversation,
  channelData: channelData.optional(),
  text: z.string().nullish(),
  attachments: z.array(attachment).nullish(),
  entities: z.array(mention).nullish(),
  membersAdded: z.array(named).nullish(),
  replyToId: z.string().max(500).nullish(),
  value: z.unknown().optional(),
});

/** What Teams posts to the bot, reduced to what we read. */
export type IncomingActivity = z.infer<typeof activity>;

/** Null when the body is not an activity we could answer. */
export function readActivity(body: unknown): IncomingActivity | null {
  const read = activity.safeParse(body);
  return read.success ? read.data : null;
}

/** The tenant the conversation belongs to: the one a school is registered under. */
export function tenantOf(activity: IncomingActivity): string | null {
  return activity.conversation.tenantId ?? activity.channelData?.tenant?.id ?? null;
}

/** One person and the bot, as opposed to a channel, a group chat or a meeting. */
export function isDirect(activity: IncomingActivity): boolean {
  return activity.conversation.conversationType === 'personal' && !activity.conversation.isGroup;
}
