import type { Card } from '../chat/elements.ts';
import type { ChannelState, Messenger, Sent, SentMessage, Target } from '../chat/interaction.ts';
import { readChannelState } from './channel-state.ts';
import type { DirectChat } from './direct-chat.ts';
import type { Identity } from './identity.ts';
import { codeOf, sentFrom } from './slack-error.ts';
import type { SlackLog } from './log.ts';
import type { People } from './people.ts';
import type { Post, Posted } from './post.ts';
import type { SlackClient } from './slack-client.ts';

export type MessengerDeps = {
  client: SlackClient;
  post: Post;
  directChat: DirectChat;
  people: People;
  identity: () => Promise<Identity>;
  log: SlackLog;
};

/** Sends and redraws cards. Never retries; every failure is a value that says what it means. */
export function createMessenger(deps: MessengerDeps): Messenger {
  const attempt = (send: () => Promise<Sent>): Promise<Sent> =>
    send().catch((error: unknown) => {
      deps.log({ what: 'api-call', code: codeOf(error) });
      return sentFrom(error);
    });
  return {
    platform: 'slack',
    send: (target, card) => attempt(() => send(deps, target, card)),
    update: (message, card) => attempt(() => update(deps, message, card)),
    channelState: (target) => channelState(deps, target),
  };
}

async function send(deps: MessengerDeps, target: Target, card: Card): Promise<Sent> {
  const { team } = await deps.identity();
  if (team !== null && target.tenant !== team) return elsewhere(target);
  const channel = await channelOf(deps, target);
  return sent(await deps.post.card(channel, card), { channel });
}

async function update(deps: MessengerDeps, message: SentMessage, card: Card): Promise<Sent> {
  const { channel, ts } = message;
  if (channel === undefined || ts === undefined) return { type: 'refused', reason: 'message-gone' };
  return sent(await deps.post.redraw({ channel, ts }, card), null);
}

async function channelState(
  deps: MessengerDeps,
  { tenant, channel }: Target & { type: 'channel' },
): Promise<ChannelState> {
  const { team } = await deps.identity();
  if (team !== null && tenant !== team) return { members: [], trouble: 'not-found' };
  return readChannelState(deps, channel);
}

async function channelOf(deps: MessengerDeps, target: Target): Promise<string> {
  if (target.type === 'channel') return target.channel;
  const known = target.address?.['channel'];
  // Direct chats begin with D. Whatever else was stored, a person is never written to anywhere else.
  return known?.startsWith('D') === true ? known : deps.directChat(target.user);
}

/** This bot's token reaches one workspace; whoever is in another one is not to be found. */
function elsewhere(target: Target): Sent {
  return { type: 'refused', reason: target.type === 'person' ? 'no-such-person' : 'no-such-place' };
}

function sent({ channel, ts }: Posted, address: { channel: string } | null): Sent {
  return { type: 'sent', message: { channel, ts }, address };
}
