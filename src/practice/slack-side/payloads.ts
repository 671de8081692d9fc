import type { Json } from '../wire.ts';
import { newId } from './ids.ts';
import { bot, type Channel, type Roster, type SlackPerson } from './roster.ts';
import type { Message } from './messages.ts';

/*
 * What Slack sends, in its own shapes. Source: docs.slack.dev, "Interaction payloads" and "Events API".
 */

/** What every payload needs to be made. */
export type Post = {
  roster: Roster;
  /** A trigger for this person. */
  trigger: (person: SlackPerson) => string;
  /** An address at which the bot may answer later. */
  responseUrl: (person: SlackPerson, channel: Channel, message: Message | null) => string;
  now: () => Date;
};

/** Old apps checked this word; nobody may any more. */
const token = 'practice-verification-token';

/** Somebody typed the command and perhaps words after it. */
export function commandPayload(
  post: Post,
  { person, channel }: { person: SlackPerson; channel: Channel },
  { command, text }: { command: string; text: string },
): Json {
  const { team, domain } = post.roster;
  return {
    token,
    ...{ team_id: team, team_domain: domain },
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.slackUser,
    user_name: userName(person),
    ...{ command, text },
    api_app_id: bot.app,
    is_enterprise_install: 'false',
    response_url: post.responseUrl(person, channel, null),
    trigger_id: post.trigger(person),
  };
}

/** Something pressed, sent, searched or closed: what all of them carry. */
export function interactivePayload(post: Post, type: string, person: SlackPerson): Json {
  const { team, domain } = post.roster;
  return {
    type,
    token,
    action_ts: seconds(post.now()),
    team: { id: team, domain },
    user: {
      id: person.slackUser,
      username: userName(person),
      name: userName(person),
      team_id: team,
    },
    api_app_id: bot.app,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A shortcut on somebody's message carries that message, words and all. */
export function messageShortcutPayload(
  post: Post,
  person: SlackPerson,
  { channel, message, callbackId }: { channel: Channel; message: Message; callbackId: string },
): Json {
  return {
    ...interactivePayload(post, 'message_action', person),
    callback_id: callbackId,
    trigger_id: post.trigger(person),
    response_url: post.responseUrl(person, channel, message),
    message_ts: message.id,
    channel: { id: channel.id, name: channelName(channel) },
    message: messageObject(post.roster, message),
  };
}

/** Where a pressed button of a message stood. */
export function inMessage(
  post: Post,
  person: SlackPerson,
  channel: Channel,
  message: Message,
): Json {
  return {
    container: {
      type: 'message',
      message_ts: message.id,
      channel_id: channel.id,
      is_ephemeral: message.onlyFor !== null,
    },
    channel: { id: channel.id, name: channelName(channel) },
    message: messageObject(post.roster, message),
    response_url: post.responseUrl(person, channel, message),
  };
}

/** An event, in the envelope that all of them come in. */
export function eventPayload(post: Post, event: Json): Json {
  const { team } = post.roster;
  return {
    token,
    ...{ team_id: team, context_team_id: team, context_enterprise_id: null },
    api_app_id: bot.app,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(post.now().getTime() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team, user_id: bot.user, is_bot: true }],
    is_ext_shared_channel: false,
    event: { event_ts: seconds(post.now()), ...event },
  };
}

/** A message typed into the chat with the bot: `text` with Slack's three escapes, and one rich text block. */
export function messageEvent(roster: Roster, person: SlackPerson, message: Message): Json {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text: message.text }] };
  return {
    ...typed(roster, person, message),
    text: escaped(message.text),
    blocks: [{ type: 'rich_text', block_id: newId('b'), elements: [section] }],
  };
}

/** A picture or file dropped into the chat. Slack sends where it lies, not what is in it. */
export function fileEvent(
  roster: Roster,
  person: SlackPerson,
  message: Message,
  { url, file }: { url: string; file: NonNullable<Message['file']> },
): Json {
  const mimetype = file.kind === 'picture' ? 'image/png' : 'application/octet-stream';
  const uploaded = { id: newId('F'), name: file.name, mimetype, url_private: url, mode: 'hosted' };
  return { ...typed(roster, person, message), text: '', subtype: 'file_share', files: [uploaded] };
}

function typed({ team }: Roster, person: SlackPerson, message: Message): Json {
  return {
    type: 'message',
    channel: message.chat,
    channel_type: 'im',
    user: person.slackUser,
    team,
    ts: message.id,
  };
}

/** A user as `users.info` and `user_change` have it. Accounts of those who are not here are deactivated. */
export function userObject(roster: Roster, person: SlackPerson): Json {
  const { team } = roster;
  const isGuest = person.account === 'guest';
  return {
    id: person.slackUser,
    team_id: team,
    name: userName(person),
    real_name: person.name,
    deleted: !roster.isActive(person),
    profile: { real_name: person.name, email: emailOf(person) },
    is_bot: false,
    is_app_user: false,
    is_restricted: isGuest,
    is_ultra_restricted: isGuest,
  };
}

/** An address that can belong to nobody. */
export function emailOf({ key }: SlackPerson): string {
  return `${key}@practice.invalid`;
}

/** Slack does not name private places in payloads. */
export function channelName({ kind, name }: Channel): string {
  if (kind === 'app') return 'directmessage';
  return kind === 'private' ? 'privategroup' : name;
}

function messageObject(roster: Roster, { id, author, text, blocks }: Message): Json {
  const common = { type: 'message', ts: id, team: roster.team, text: escaped(text), blocks };
  if (author.type !== 'person') return { ...common, user: bot.user, bot_id: bot.id };
  return { ...common, user: roster.person(author.key)?.slackUser };
}

function userName({ id }: SlackPerson): string {
  return id;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function seconds(at: Date): string {
  return (at.getTime() / 1000).toFixed(6);
}
