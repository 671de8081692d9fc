import type { SlackEvent, SlackWorkspace } from './slack-side/wire.ts';

/*
 * What goes over the wire between this workspace's server and its page. Types only: the page imports
 * nothing of the server that runs.
 */

/** Any JSON object that we pass on without looking inside, such as an Adaptive Card. */
export type Json = { [key: string]: unknown };

/** Where somebody sits. */
export type Platform = 'teams' | 'slack';

export type WirePerson = { key: string; name: string; role: string; platforms: Platform[] };
export type WireSchool = { id: string; name: string; people: WirePerson[] };

/** A command that opens a dialog without sending a message: Teams' message extension. */
export type WireCommand = { id: string; title: string; description: string };

export type WireDirectory = {
  botName: string;
  command: WireCommand;
  /** What can be typed in a personal chat, offered as Teams offers a bot's command list. */
  chatCommands: string[];
  schools: WireSchool[];
  /** Whom the guide proposes to sit where. */
  guide: { left: string; right: string } | null;
  /** Null when nobody can sit in Slack here. */
  slack: SlackWorkspace | null;
};

export type WireChat = {
  id: string;
  kind: 'personal' | 'channel';
  name: string;
  /** Who can read it, in words. */
  readers: string;
  unread: number;
};

export type WireAuthor =
  { type: 'person'; key: string; name: string } | { type: 'bot'; name: string };

export type WireMessage = {
  id: string;
  chat: string;
  /** The post that this one answers; null for a post of its own. Only channels have threads. */
  thread: string | null;
  /** ISO 8601. */
  at: string;
  author: WireAuthor;
  text: string;
  textFormat: 'plain' | 'markdown';
  cards: Json[];
  file: { name: string; kind: 'picture' | 'file' } | null;
  /** What a locked phone would show; null for one's own messages. */
  push: string | null;
  onlyForYou: boolean;
  edited: boolean;
  gone: boolean;
  /** Why it did not reach the bot. */
  trouble: string | null;
};

export type WireEvent =
  | SlackEvent
  | { type: 'snapshot'; person: string; chats: WireChat[]; messages: WireMessage[] }
  | { type: 'message'; person: string; message: WireMessage; unread: number }
  | { type: 'read'; person: string; chat: string }
  | { type: 'typing'; person: string; chat: string }
  /** Somebody fetched a file that was dropped into a chat. Nobody may. */
  | { type: 'fetched'; file: string };

/** Where a dialog came from; sent back with what was filled in. */
export type DialogOrigin =
  { type: 'card'; message: string } | { type: 'command' } | { type: 'message'; message: string };

export type DialogReply =
  | { type: 'card'; title: string; card: Json }
  | { type: 'message'; text: string }
  | { type: 'closed' }
  /** The dialog stays as it is, with this above it. */
  | { type: 'failed'; text: string };

/** What came of a press. A changed card arrives as a `message` event. */
export type PressReply =
  { type: 'done' } | { type: 'notice'; text: string } | { type: 'failed'; text: string };

export type SearchReply = { results: { title: string; value: string }[] };

/** The bodies of the POSTs under /practice/api/teams/. */
export type Requests = {
  say: { person: string; chat: string; thread: string | null; text: string };
  drop: {
    person: string;
    chat: string;
    thread: string | null;
    name: string;
    kind: 'picture' | 'file';
  };
  read: { person: string; chat: string };
  execute: {
    person: string;
    chat: string;
    message: string;
    action: { id: string | null; verb: string | null; data: unknown };
  };
  submit: { person: string; chat: string; message: string; data: unknown };
  open: { person: string; chat: string; origin: DialogOrigin; data: unknown };
  fill: { person: string; chat: string; origin: DialogOrigin; data: unknown };
  search: { person: string; chat: string; dataset: string; query: string; data: unknown };
};
