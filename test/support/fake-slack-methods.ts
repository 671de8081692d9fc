import { blockProblems, type Json } from './fake-slack-blocks.ts';
import {
  channelOf,
  directChat,
  nameOf,
  newTs,
  type SlackChannel,
  type SlackUser,
  type SlackWorld,
  userOf,
} from './fake-slack-world.ts';
import { drawInto, echoOf, openWindow, refusesView } from './fake-slack-windows.ts';

/*
 * The Web API methods that the bot may call. Each answers as Slack does, refusals included.
 */

/** Arguments as they arrive: a form, whose blocks and views are JSON in a string. */
export type Args = Record<string, string>;
type Method = (world: SlackWorld, args: Args) => Json;

const refuse = (error: string, more: Json = {}): Json => ({ ok: false, error, ...more });

export const methods: Record<string, Method> = {
  'auth.test': (world) => ({
    ok: true,
    url: `https://${world.domain}.slack.com/`,
    team: 'Hillside (invented)',
    team_id: world.team,
    user: 'safeguarding',
    user_id: world.botUser,
    bot_id: 'B0BOT',
    enterprise_id: world.enterprise,
    is_enterprise_install: false,
  }),
  'users.info': (world, { user = '' }) => {
    const found = userOf(world, user);
    return found === null ? refuse('user_not_found') : { ok: true, user: userObject(found) };
  },
  'conversations.open': (world, { users = '' }) => {
    const found = userOf(world, users);
    if (found === null) return refuse('user_not_found');
    if (found.deleted) return refuse('user_disabled');
    if (found.bot) return refuse('cannot_dm_bot');
    if (found.closed === true) return refuse('cannot_dm_user');
    return { ok: true, channel: { id: directChat(world, users).id } };
  },
  'conversations.info': (world, { channel = '' }) => {
    const found = visible(world, channel);
    if (found === null) return refuse('channel_not_found');
    // groups:read does not cover public channels.
    if (found.kind === 'public')
      return refuse('missing_scope', { needed: 'channels:read', provided: 'groups:read' });
    return { ok: true, channel: channelObject(world, found) };
  },
  'conversations.members': (world, { channel = '', cursor = '0', limit = '100' }) => {
    const found = visible(world, channel);
    if (found === null) return refuse('channel_not_found');
    const from = Number(cursor === '' ? '0' : cursor);
    const next = from + Number(limit);
    const more = next < found.members.length ? String(next) : '';
    return {
      ok: true,
      members: found.members.slice(from, next),
      response_metadata: { next_cursor: more },
    };
  },
  'chat.postMessage': (world, args) => {
    const channel = channelOf(world, args['channel'] ?? '');
    const refused = mayPost(world, channel) ?? badMessage(world, args);
    if (refused !== null || channel === null) return refused ?? refuse('channel_not_found');
    // Both flags must be there and off, on every message.
    if (args['unfurl_links'] !== 'false' || args['unfurl_media'] !== 'false')
      world.violations.push('chat.postMessage without unfurling switched off');
    const message = { ts: newTs(), user: world.botUser, ...contentOf(args) };
    channel.messages.push(message);
    return { ok: true, channel: channel.id, ts: message.ts };
  },
  'chat.update': (world, args) => {
    const channel = channelOf(world, args['channel'] ?? '');
    const refused = mayPost(world, channel) ?? badMessage(world, args);
    if (refused !== null || channel === null) return refused ?? refuse('channel_not_found');
    const message = channel.messages.find(({ ts }) => ts === args['ts']);
    if (message === undefined) return refuse('message_not_found');
    if (message.user !== world.botUser) return refuse('cant_update_message');
    Object.assign(message, contentOf(args));
    return { ok: true, channel: channel.id, ts: message.ts };
  },
  'chat.postEphemeral': (world, args) => {
    const channel = channelOf(world, args['channel'] ?? '');
    const refused = mayPost(world, channel);
    if (refused !== null) return refused;
    if (userOf(world, args['user'] ?? '') === null) return refuse('user_not_found');
    if (!(channel?.members ?? []).includes(args['user'] ?? ''))
      return refuse('user_not_in_channel');
    world.notices.push({ user: args['user'] ?? '', text: unescaped(args['text'] ?? '') });
    return { ok: true, message_ts: newTs() };
  },
  'views.open': (world, args) => {
    const trigger = world.triggers.get(args['trigger_id'] ?? '');
    if (trigger === undefined) return refuse('invalid_trigger_id');
    if (trigger.used) return refuse('exchanged_trigger_id');
    if (Date.now() - trigger.at > world.triggerMs) return refuse('expired_trigger_id');
    const view = viewIn(world, args, 'views.open');
    if (view === null) return refuse('invalid_arguments');
    trigger.used = true;
    const opened = openWindow(world, trigger.user, view);
    return 'error' in opened ? refuse(opened.error) : { ok: true, view: echoOf(world, opened) };
  },
  'views.update': (world, args) => {
    const window = world.windows.find(({ id }) => id === args['view_id']);
    if (window === undefined) return refuse('not_found');
    if (args['hash'] !== undefined && args['hash'] !== window.hash) return refuse('hash_conflict');
    const view = viewIn(world, args, 'views.update');
    if (view === null) return refuse('invalid_arguments');
    drawInto(window, view);
    return { ok: true, view: echoOf(world, window) };
  },
  'views.publish': (world, args) => {
    const view = viewIn(world, args, 'views.publish');
    if (view === null) return refuse('invalid_arguments');
    if (userOf(world, args['user_id'] ?? '') === null) return refuse('user_not_found');
    const user = args['user_id'] ?? '';
    const window = {
      id: `VHOME${user}`,
      user,
      view: {},
      hash: '',
      typed: new Map(),
      errors: new Map(),
    };
    drawInto(window, view);
    world.homes.set(user, window);
    return { ok: true, view: echoOf(world, window) };
  },
};

/** Null when it may; a private channel that the bot is not in does not exist for it. */
function mayPost(world: SlackWorld, channel: SlackChannel | null): Json | null {
  if (channel === null) return refuse('channel_not_found');
  const isMember = channel.members.includes(world.botUser);
  if (!isMember) return refuse(channel.kind === 'public' ? 'not_in_channel' : 'channel_not_found');
  if (channel.refuses !== undefined) return refuse(channel.refuses);
  return channel.archived ? refuse('is_archived') : null;
}

function badMessage(world: SlackWorld, args: Args): Json | null {
  if ((args['text'] ?? '') === '') return refuse('no_text');
  if (!world.hasPlans && (args['blocks'] ?? '').includes('"type":"plan"'))
    return refuse('invalid_blocks');
  const problems = blockProblems(jsonIn(args['blocks'] ?? '[]'), 'message');
  if (problems.length === 0) return null;
  world.violations.push(...problems.map((problem) => `message: ${problem}`));
  return refuse('invalid_blocks', { response_metadata: { messages: problems } });
}

function contentOf(args: Args): { text: string; blocks: Json[] } {
  return { text: unescaped(args['text'] ?? ''), blocks: jsonIn(args['blocks'] ?? '[]') as Json[] };
}

/** As a client shows `text`: an unescaped control sequence would be a mention or a link. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function viewIn(world: SlackWorld, args: Args, where: string): Json | null {
  const view = jsonIn(args['view'] ?? '');
  return refusesView(world, view, where).length > 0 ? null : (view as Json);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function visible(world: SlackWorld, id: string): SlackChannel | null {
  const channel = channelOf(world, id);
  if (channel === null || channel.kind === 'public') return channel;
  return channel.members.includes(world.botUser) ? channel : null;
}

function userObject(user: SlackUser): Json {
  return {
    id: user.id,
    team_id: user.team,
    name: user.name.toLowerCase().replaceAll(/\W+/g, '.'),
    real_name: user.name,
    deleted: user.deleted,
    is_bot: user.bot,
    is_app_user: false,
    is_restricted: user.guest,
    is_ultra_restricted: user.singleChannelGuest,
    ...(user.stranger ? { is_stranger: true } : {}),
    ...(user.enterprise === null
      ? {}
      : { enterprise_user: { enterprise_id: user.enterprise.id, teams: user.enterprise.teams } }),
  };
}

function channelObject(world: SlackWorld, channel: SlackChannel): Json {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: channel.kind === 'direct',
    is_mpim: false,
    is_private: channel.kind !== 'public',
    is_archived: channel.archived,
    is_member: channel.members.includes(world.botUser),
    is_shared: channel.shared !== 'no' && channel.shared !== 'pending',
    is_ext_shared: channel.shared === 'external',
    is_org_shared: channel.shared === 'organisation',
    is_pending_ext_shared: channel.shared === 'pending',
  };
}

/** Whom a call is for, as the recordings name it: a person or a channel. */
export function receiverOf(world: SlackWorld, args: Args, answer: Json): string {
  const view = answer['view'] as Json | undefined;
  const window = [...world.windows, ...world.homes.values()].find(({ id }) => id === view?.['id']);
  const user = args['user_id'] ?? args['user'] ?? window?.user;
  if (user !== undefined) return nameOf(world, user);
  const channel = channelOf(world, args['channel'] ?? '');
  if (channel === null) return '';
  if (channel.kind !== 'direct') return channel.name;
  return nameOf(world, channel.members.find((id) => id !== world.botUser) ?? '');
}
