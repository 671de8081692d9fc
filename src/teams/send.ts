import type { Activity, ConversationParameters } from 'botbuilder';
import { z } from 'zod';
import type { Card } from '../chat/elements.ts';
import type { Messenger, Sent, SentMessage, Target } from '../chat/interaction.ts';
import { readAddress } from './address.ts';
import { channelState } from './channel-state.ts';
import type { Connector, Created } from './connector.ts';
import { cardMessage } from './message.ts';
import { outcomeOf, type Call } from './outcome.ts';
import { renderCard } from './render-card.ts';
import { hasDialogs } from './service-url.ts';

export type SendOptions = {
  connector: Connector;
  appId: string;
  /** Where Teams is when nothing else is known of a person or channel. */
  defaultServiceUrl: string;
  now: () => Date;
};

/** Writes to people and channels in Teams. Tries once; trying again is the delivery job's work. */
export function createMessenger(options: SendOptions): Messenger {
  return {
    platform: 'teams',
    send: (target, card) => send(target, card, options),
    update: (message, card) => update(message, card, options),
    channelState: (channel) => channelState(channel, options),
  };
}

function send(target: Target, card: Card, options: SendOptions): Promise<Sent> {
  const serviceUrl = readAddress(target.address)?.serviceUrl ?? options.defaultServiceUrl;
  switch (target.type) {
    case 'person':
      return sendToPerson({ ...target, serviceUrl }, activityOf(card, serviceUrl), options);
    case 'channel':
      return startThread({ ...target, serviceUrl }, activityOf(card, serviceUrl), options);
  }
}

type Placed<T> = T & { serviceUrl: string };
type Person = Placed<{ tenant: string; user: string; address: Target['address'] }>;
type Channel = Placed<{ tenant: string; channel: string }>;

/** Posts in the person's own chat with the bot, which is opened first where it is not known. */
export async function sendToPerson(
  person: Person,
  activity: Partial<Activity>,
  options: Omit<SendOptions, 'defaultServiceUrl'>,
): Promise<Sent> {
  const { serviceUrl, tenant, user } = person;
  const known = personalChat(person.address);
  const chat = known ?? (await attempt('open-chat', options, () => openChat(person, options)));
  if (chat === null) return { type: 'later', waitMs: 5_000 };
  if (typeof chat !== 'string') return chat;
  const place = { serviceUrl, conversation: chat };
  return attempt('post-to-person', options, async () => {
    const posted = await options.connector.post(serviceUrl, chat, activity);
    return sent(place, posted.id, { kind: 'person', ...place, tenant, user });
  });
}

/** A person is only ever written to in a chat of their own, whatever was stored for them. */
function personalChat(stored: Target['address']): string | null {
  const address = readAddress(stored);
  return address?.kind === 'person' ? address.conversation : null;
}

async function openChat(
  { serviceUrl, tenant, user }: Person,
  { connector, appId }: Pick<SendOptions, 'connector' | 'appId'>,
): Promise<string | null> {
  const { id } = await connector.createConversation(serviceUrl, {
    isGroup: false,
    bot: bot(appId),
    members: [{ id: user, name: '' }],
    tenantId: tenant,
    channelData: { tenant: { id: tenant } },
  });
  return id;
}

function startThread(channel: Channel, activity: Partial<Activity>, options: SendOptions) {
  const { serviceUrl, tenant, channel: id } = channel;
  const parameters: ConversationParameters = {
    isGroup: true,
    bot: bot(options.appId),
    tenantId: tenant,
    channelData: { channel: { id }, tenant: { id: tenant } },
    activity: activity as Activity,
  };
  return attempt('post-to-channel', options, async () => {
    const thread = await options.connector.createConversation(serviceUrl, parameters);
    return sent({ serviceUrl, conversation: threadOf(thread, id) }, thread.activityId, null);
  });
}

function threadOf({ id, activityId }: Created, channel: string): string {
  return id ?? (activityId === null ? channel : `${channel};messageid=${activityId}`);
}

/** Teams may accept a message without naming it; it then cannot be updated. */
function sent(
  place: { serviceUrl: string; conversation: string },
  activity: string | null,
  address: Record<string, string> | null,
): Sent {
  return { type: 'sent', message: { ...place, ...(activity && { activity }) }, address };
}

const sentMessage = z.object({
  serviceUrl: z.string(),
  conversation: z.string(),
  activity: z.string().optional(),
});

async function update(message: SentMessage, card: Card, options: SendOptions): Promise<Sent> {
  const { serviceUrl, conversation, activity } = sentMessage.parse(message);
  if (activity === undefined) return { type: 'refused', reason: 'message-gone' };
  return attempt('update', options, async () => {
    const redrawn = { ...activityOf(card, serviceUrl), id: activity };
    await options.connector.put(serviceUrl, conversation, activity, redrawn);
    return { type: 'sent', message, address: null };
  });
}

async function attempt<T>(
  call: Call,
  { now }: { now: () => Date },
  work: () => Promise<T>,
): Promise<T | Sent> {
  try {
    return await work();
  } catch (error) {
    return outcomeOf(error, call, now());
  }
}

function activityOf(card: Card, serviceUrl: string): Partial<Activity> {
  const type = hasDialogs(serviceUrl) ? 'message' : 'plain-message';
  return cardMessage(renderCard(card, { type, form: false }), card.summary);
}

function bot(appId: string) {
  return { id: `28:${appId}`, name: '' };
}
