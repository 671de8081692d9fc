import type { Card, Choice, Handle, Screen, Values } from './elements.ts';

/*
 * The port between the platforms and the conversation. A platform turns its payload into an
 * `Interaction` and draws the `Reply`; it decides nothing.
 */

export type PlatformName = 'teams' | 'slack';

/**
 * Who did it, as the platform proves it. `tenant`: Entra tenant id or Slack team id; `user`: Entra
 * object id or Slack user id. People are matched by these exactly and never by a name.
 */
export type Sender = {
  platform: PlatformName;
  tenant: string;
  user: string;
  /** What the platform says of the account: only members can be staff. `ended`: deactivated. */
  account: 'member' | 'guest' | 'bot' | 'foreign' | 'ended';
};

/** Where it happened. Only `direct` (one person and the bot) may ever show more than a pointer. */
export type Place = 'direct' | 'channel' | 'dialog' | 'home';

/**
 * What the platform must remember to write to this person or place again; opaque outside its adapter.
 * Only plain values of our own choosing, never an SDK's object.
 */
export type Address = Record<string, string>;

type Base = { from: Sender; place: Place; at: Date };

export type Interaction =
  /** A message or a typed command. `carries`: whether a file or picture hung on it (never fetched). */
  | (Base & { type: 'said'; text: string; carries: 'nothing' | 'picture-or-file' })
  /** Wants to raise a concern from a command box, a shortcut or somebody's message (then with its link only). */
  | (Base & { type: 'asked-to-raise'; messageLink: string | null; text: string })
  /** A button outside or inside a screen. `values` holds what was typed so far when it was on a screen. */
  | (Base & { type: 'pressed'; handle: Handle; values: Values; surface: 'message' | 'screen' })
  | (Base & { type: 'submitted'; handle: Handle; values: Values; surface: 'message' | 'screen' })
  /** A list that is too long for the platform is being searched. */
  | (Base & { type: 'searched'; handle: Handle; query: string })
  /** Slack's App Home was opened. */
  | (Base & { type: 'home-opened' })
  /** The bot can from now on reach this person or channel. */
  | (Base & { type: 'became-reachable'; address: Address })
  /** The platform says that the account was deactivated or removed. */
  | (Base & { type: 'account-ended' });

export type Reply =
  /** Show this screen: in a dialog if the platform can open or is showing one, else in the direct chat. */
  | { type: 'screen'; screen: Screen }
  /** The screen stays exactly as the person left it, with what is wrong beside the fields. */
  | { type: 'problem'; message: string; fields: Record<string, string> }
  /** The conversation is over and went well: the screen or inline card becomes this card. */
  | { type: 'finished'; card: Card }
  /** A new message in the direct chat, as an answer to what was said. */
  | { type: 'message'; card: Card }
  /** The pressed message becomes this card for the person who pressed. */
  | { type: 'replace'; card: Card; notice: string | null }
  /** One sentence that only the person sees; nothing else changes. */
  | { type: 'notice'; text: string }
  | { type: 'choices'; choices: Choice[] }
  | { type: 'home'; card: Card }
  /** Nothing is said: a bot, an echo, a place where silence is right. */
  | { type: 'nothing' };

/** The conversation: total, never throws for anything a person or platform can send. */
export type Respond = (interaction: Interaction) => Promise<Reply>;

/** Where the bot writes to: a person's direct chat or a channel. */
export type Target =
  | { type: 'person'; tenant: string; user: string; address: Address | null }
  | { type: 'channel'; tenant: string; channel: string; address: Address | null };

/** Names a sent message for updating it; opaque outside the adapter. */
export type SentMessage = Record<string, string>;

/**
 * What became of a message. `unclear`: the platform may or may not have shown it (timeout, broken
 * answer); `refused`: never will, for the named reason; `later`: not before so many milliseconds.
 */
export type Sent =
  | { type: 'sent'; message: SentMessage; address: Address | null }
  | { type: 'unclear' }
  | { type: 'refused'; reason: RefusedReason }
  | { type: 'later'; waitMs: number };

export type RefusedReason =
  | 'not-installed'
  | 'blocked'
  | 'no-such-person'
  | 'no-such-place'
  | 'archived'
  | 'not-a-member'
  | 'credentials'
  | 'message-not-accepted'
  | 'message-gone';

/** Who can read a channel, and whether it is as closed as it must be. */
export type ChannelState = {
  members: { tenant: string; user: string; account: Sender['account'] }[];
  /** Null when all is well; else why nothing may be posted. */
  trouble:
    'public' | 'shared' | 'archived' | 'bot-not-a-member' | 'not-found' | 'unreadable' | null;
};

/** Sending, one per platform. Does not retry: that is the delivery job's work. */
export type Messenger = {
  platform: PlatformName;
  send(target: Target, card: Card): Promise<Sent>;
  /** Redraws a message that was sent before. */
  update(message: SentMessage, card: Card): Promise<Sent>;
  channelState(channel: Target & { type: 'channel' }): Promise<ChannelState>;
};
