import { randomBytes } from 'node:crypto';
import type { Json } from './fake-slack-blocks.ts';
import type { Recording } from './person-driver.ts';

/*
 * Who and what there is in the stand-in for Slack: people, channels, direct chats, windows and homes.
 */

export type SlackUser = {
  id: string;
  name: string;
  team: string;
  deleted: boolean;
  /** Takes no direct messages from apps. */
  closed?: boolean;
  guest: boolean;
  singleChannelGuest: boolean;
  stranger: boolean;
  bot: boolean;
  /** Enterprise Grid: the organisation and the workspaces this person is in. */
  enterprise: { id: string; teams: string[] } | null;
};

export type SlackChannel = {
  id: string;
  name: string;
  kind: 'private' | 'public' | 'direct';
  archived: boolean;
  /** Slack Connect, or other workspaces of the organisation. */
  shared: 'no' | 'external' | 'organisation' | 'pending';
  members: string[];
  /** Every message to it is refused with this code. */
  refuses?: string;
  messages: SlackMessage[];
};

export type SlackMessage = { ts: string; user: string; text: string; blocks: Json[] };

/** One open window and what was typed into it. */
export type SlackWindow = {
  id: string;
  user: string;
  view: Json;
  hash: string;
  /** Block id to what its one input holds. */
  typed: Map<string, Json>;
  /** Block id to the problem that is shown beside it. */
  errors: Map<string, string>;
};

export type SlackWorld = {
  team: string;
  domain: string;
  enterprise: string | null;
  botUser: string;
  /** Whether this workspace has the checklist block, which Slack brings to one after the other. */
  hasPlans: boolean;
  users: SlackUser[];
  channels: SlackChannel[];
  windows: SlackWindow[];
  homes: Map<string, SlackWindow>;
  triggers: Map<string, { user: string; at: number; used: boolean }>;
  /** How long a trigger is good for; Slack gives it three seconds. */
  triggerMs: number;
  /** Sentences that only one person saw. */
  notices: { user: string; text: string }[];
  recordings: Recording[];
  violations: string[];
};

export function createSlackWorld(): SlackWorld {
  const world: SlackWorld = {
    team: 'T0SCHOOL01',
    domain: 'hillside-example',
    enterprise: null,
    botUser: 'U0BOT00001',
    hasPlans: true,
    users: [],
    channels: [],
    windows: [],
    homes: new Map(),
    triggers: new Map(),
    triggerMs: 3000,
    notices: [],
    recordings: [],
    violations: [],
  };
  addUser(world, 'Safeguarding', { id: world.botUser, bot: true });
  return world;
}

export function addUser(
  world: SlackWorld,
  name: string,
  change: Partial<SlackUser> = {},
): SlackUser {
  const user: SlackUser = {
    id: newId('U'),
    name,
    team: world.team,
    deleted: false,
    guest: false,
    singleChannelGuest: false,
    stranger: false,
    bot: false,
    enterprise: null,
    ...change,
  };
  world.users.push(user);
  return user;
}

export function addChannel(
  world: SlackWorld,
  name: string,
  members: SlackUser[],
  change: Partial<SlackChannel> = {},
): SlackChannel {
  const channel: SlackChannel = {
    id: newId('C'),
    name,
    kind: 'private',
    archived: false,
    shared: 'no',
    members: [...members.map(({ id }) => id), world.botUser],
    messages: [],
    ...change,
  };
  world.channels.push(channel);
  return channel;
}

/** The chat of one person and the bot. */
export function directChat(world: SlackWorld, user: string): SlackChannel {
  const known = world.channels.find(
    ({ kind, members }) => kind === 'direct' && members.includes(user),
  );
  if (known !== undefined) return known;
  const channel: SlackChannel = {
    id: newId('D'),
    name: '',
    kind: 'direct',
    archived: false,
    shared: 'no',
    members: [user, world.botUser],
    messages: [],
  };
  world.channels.push(channel);
  return channel;
}

export function userOf(world: SlackWorld, id: string): SlackUser | null {
  return world.users.find((user) => user.id === id) ?? null;
}

export function nameOf(world: SlackWorld, id: string): string {
  return userOf(world, id)?.name ?? id;
}

export function channelOf(world: SlackWorld, id: string): SlackChannel | null {
  return world.channels.find((channel) => channel.id === id) ?? null;
}

/** A trigger as Slack mints one at every press: good for three seconds and one use. */
export function newTrigger(world: SlackWorld, user: string): string {
  const trigger = `${String(Date.now())}.${randomBytes(12).toString('hex')}`;
  world.triggers.set(trigger, { user, at: Date.now(), used: false });
  return trigger;
}

export function newId(prefix: string): string {
  return `${prefix}${randomBytes(6).toString('hex').toUpperCase().slice(0, 10)}`;
}

let lastTs = 0;

/** A message's name: seconds and a counter. */
export function newTs(): string {
  lastTs = Math.max(lastTs + 1, Date.now() * 1000);
  return `${String(Math.floor(lastTs / 1e6))}.${String(lastTs % 1e6).padStart(6, '0')}`;
}
