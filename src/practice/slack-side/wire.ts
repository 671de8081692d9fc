import type { Json, WireAuthor } from '../wire.ts';

/*
 * What goes over the wire between the Slack side and its page. Types only.
 */

/** What the app's manifest names, as far as it is shown. */
export type SlackApp = {
  command: { name: string; description: string; hint: string };
  globalShortcut: { callbackId: string; name: string };
  messageShortcut: { callbackId: string; name: string };
};

/** The one school that is on Slack here. */
export type SlackWorkspace = SlackApp & { school: string };

export type SlackChat = {
  id: string;
  /** `app`: the person's own chat with the bot. */
  kind: 'app' | 'private' | 'public';
  name: string;
  /** Who can read it, in words. */
  readers: string;
  unread: number;
};

export type SlackMessage = {
  /** Slack's `ts`. */
  id: string;
  chat: string;
  /** ISO 8601. */
  at: string;
  author: WireAuthor;
  text: string;
  blocks: Json[];
  file: { name: string; kind: 'picture' | 'file' } | null;
  /** What a locked phone would show; null for one's own messages and what only one person sees. */
  push: string | null;
  onlyForYou: boolean;
  edited: boolean;
  /** Why it did not reach the bot. */
  trouble: string | null;
};

/** An open modal; `hash` changes whenever the bot draws it anew. The last of the list is on top. */
export type SlackWindow = { id: string; hash: string; view: Json };

export type SlackEvent =
  | {
      type: 'slack-desk';
      person: string;
      chats: SlackChat[];
      messages: SlackMessage[];
      home: SlackWindow | null;
      windows: SlackWindow[];
    }
  | { type: 'slack-message'; person: string; message: SlackMessage; unread: number }
  | { type: 'slack-read'; person: string; chat: string }
  | { type: 'slack-home'; person: string; home: SlackWindow }
  | { type: 'slack-windows'; person: string; windows: SlackWindow[] }
  /** The bot sent something that Slack would not take; `why` is the first of its reasons. */
  | { type: 'slack-refused'; what: string; why: string | null };

/** What one input holds, in Slack's own form: `{ type, value }`, `{ type, selected_option }` and so on. */
export type InputState = { type: string; [held: string]: unknown };

/** What is filled in, by block id and action id: Slack's `state.values`. */
export type FormState = Record<string, Record<string, InputState>>;

/** Where an element stands. */
export type Surface =
  { type: 'message'; chat: string; message: string } | { type: 'view'; view: string };

/** What came of a press. What changed arrives as an event. */
export type SlackPressReply = { type: 'done' } | { type: 'failed'; text: string };

export type SubmitReply =
  | { type: 'done' }
  /** By block id; the window stays as it is. */
  | { type: 'errors'; errors: Record<string, string> }
  | { type: 'failed'; text: string };

export type OptionsReply = { options: Json[] };

/** The bodies of the POSTs under /practice/api/slack/. */
export type SlackRequests = {
  say: { person: string; chat: string; text: string };
  drop: { person: string; chat: string; name: string; kind: 'picture' | 'file' };
  read: { person: string; chat: string };
  /** The App Home or the messages of the app were opened. */
  opened: { person: string; tab: 'home' | 'messages' };
  shortcut: { person: string };
  raise: { person: string; chat: string; message: string };
  press: {
    person: string;
    at: Surface;
    block: string;
    action: string;
    /** What was chosen, for an element that is no button. */
    chosen: InputState | null;
    values: FormState;
  };
  submit: { person: string; view: string; values: FormState };
  options: {
    person: string;
    at: Surface;
    block: string;
    action: string;
    query: string;
    values: FormState;
  };
  close: { person: string; view: string; all: boolean };
};

/** What each request is answered with. */
export type SlackReplies = {
  say: Json;
  drop: Json;
  read: Json;
  opened: Json;
  shortcut: SlackPressReply;
  raise: SlackPressReply;
  press: SlackPressReply;
  submit: SubmitReply;
  options: OptionsReply;
  close: Json;
};
