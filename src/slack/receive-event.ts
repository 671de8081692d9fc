import type { Claim } from './account.ts';
import type { KnownEvent, MessageEvent } from './event-payload.ts';
import type { EventPayload } from './payload.ts';
import { received } from './receive.ts';
import type { Received } from './received.ts';
import { unescapeText } from './slack-text.ts';

/** What an event asks for: an answer of the conversation, or something the rest of the bot must hear of. */
export type ReceivedEvent =
  | {
      type: 'conversation';
      received: Received;
      answerIn: 'chat' | 'home' | 'nowhere';
      channel: string | null;
    }
  | { type: 'members-changed'; channel: string }
  | { type: 'account-changed'; user: string }
  | { type: 'app-ended' }
  | { type: 'ignored' };

/** Translates an event. `botUser`: our own user id, so that our coming and going is told from others'. */
export function receiveEvent(
  payload: EventPayload,
  event: KnownEvent,
  botUser: string,
): ReceivedEvent {
  switch (event.type) {
    case 'message':
      return event.user === botUser ? { type: 'ignored' } : said(payload, event);
    case 'app_home_opened':
      return event.tab === 'home' ? homeOpened(payload, event.user) : { type: 'ignored' };
    case 'user_change':
      return event.user.deleted === true
        ? ended(payload, event.user.id)
        : { type: 'account-changed', user: event.user.id };
    case 'member_joined_channel':
      return event.user === botUser
        ? reachable(payload, event.channel, botUser)
        : { type: 'members-changed', channel: event.channel };
    case 'member_left_channel':
      return { type: 'members-changed', channel: event.channel };
    case 'app_uninstalled':
    case 'tokens_revoked':
      return { type: 'app-ended' };
  }
}

function said(payload: EventPayload, event: MessageEvent): ReceivedEvent {
  const claim = claimOf(payload, event.user, event.user_team ?? event.team);
  const what = {
    type: 'said',
    text: unescapeText(event.text ?? ''),
    carries: carriesSomething(event) ? 'picture-or-file' : 'nothing',
  } as const;
  return {
    type: 'conversation',
    received: received(claim, 'direct', what),
    answerIn: 'chat',
    channel: event.channel,
  };
}

/** A file, a forwarded message with one, or a picture block. None of them is ever fetched. */
function carriesSomething({ subtype, files, attachments, blocks }: MessageEvent): boolean {
  if (subtype === 'file_share' || (files ?? []).length > 0 || (attachments ?? []).length > 0)
    return true;
  return (blocks ?? []).some((block) => !isRichText(block));
}

/** The composer sends every typed message as one rich_text block. */
function isRichText(block: unknown): boolean {
  return (
    typeof block === 'object' && block !== null && 'type' in block && block.type === 'rich_text'
  );
}

function homeOpened(payload: EventPayload, user: string): ReceivedEvent {
  const claim = claimOf(payload, user, null);
  const asked = received(claim, 'home', { type: 'home-opened' });
  return { type: 'conversation', received: asked, answerIn: 'home', channel: null };
}

function ended(payload: EventPayload, user: string): ReceivedEvent {
  const asked = received(claimOf(payload, user, null), 'home', { type: 'account-ended' });
  return { type: 'conversation', received: asked, answerIn: 'nowhere', channel: null };
}

function reachable(payload: EventPayload, channel: string, botUser: string): ReceivedEvent {
  const address = { channel };
  const claim = claimOf(payload, botUser, null);
  const asked = received(claim, 'channel', { type: 'became-reachable', address });
  return { type: 'conversation', received: asked, answerIn: 'nowhere', channel };
}

/** `team_id` is where it happened; `context_team_id` names it better in connected channels. */
function claimOf(payload: EventPayload, user: string, userTeam: string | null): Claim {
  return { user, contextTeam: payload.context_team_id ?? payload.team_id, userTeam };
}
