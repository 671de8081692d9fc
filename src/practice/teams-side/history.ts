import type { Json } from '../wire.ts';
import { canRead, type Roster } from './chats.ts';

/** A message as kept. `views` holds the cards that replaced the posted one for single viewers. */
export type Message = {
  id: string;
  chat: string;
  thread: string | null;
  at: string;
  /** A person's key, or null for the bot. */
  author: string | null;
  text: string;
  textFormat: 'plain' | 'markdown';
  cards: Json[];
  file: { name: string; kind: 'picture' | 'file' } | null;
  summary: string | null;
  /** Set for a targeted message, which one person sees. */
  onlyFor: string | null;
  edited: boolean;
  gone: boolean;
  trouble: string | null;
  views: Map<string, Json>;
};

/** What a new message must say of itself; the rest has an obvious beginning. */
export type NewMessage = Pick<Message, 'chat' | 'author'> & Partial<Message>;

/** What happened to the history, for everybody who watches. */
export type Change =
  | { type: 'message'; message: Message }
  | { type: 'read'; person: string; chat: string }
  | { type: 'typing'; chat: string };

export type History = {
  add(message: NewMessage): Message;
  /** Changes a message; unknown ids do nothing and give undefined. */
  change(chat: string, id: string, change: Partial<Message>): Message | undefined;
  get(chat: string, id: string): Message | undefined;
  of(person: string): Message[];
  unread(person: string, chat: string): number;
  markRead(person: string, chat: string): void;
  typing(chat: string): void;
};

/** Older messages of a chat are dropped beyond this many: it is for practising, not for keeping. */
export const keptPerChat = 200;

/** Messages in memory. A restart of the process forgets them; a reload of the page does not. */
export function createHistory(
  roster: Roster,
  now: () => Date,
  changed: (change: Change) => void,
): History {
  const byChat = new Map<string, Message[]>();
  const lastRead = new Map<string, string>();
  const nextId = createMessageIds(now);
  const inChat = (chat: string): Message[] => byChat.get(chat) ?? [];
  const get = (chat: string, id: string): Message | undefined =>
    inChat(chat).find((message) => message.id === id);

  return {
    add(fields) {
      const message = completed(fields, fields.id ?? nextId(), now());
      byChat.set(message.chat, [...inChat(message.chat), message].slice(-keptPerChat));
      changed({ type: 'message', message });
      return message;
    },
    change(chat, id, change) {
      const message = get(chat, id);
      if (message === undefined) return undefined;
      Object.assign(message, change);
      changed({ type: 'message', message });
      return message;
    },
    get,
    of: (person) =>
      roster.chatsOf(person).flatMap((chat) => inChat(chat.id).filter((m) => sees(m, person))),
    unread: (person, chat) => {
      const since = lastRead.get(`${person}|${chat}`) ?? '';
      return inChat(chat).filter((m) => sees(m, person) && m.author !== person && m.id > since)
        .length;
    },
    markRead(person, chat) {
      const ids = inChat(chat).map((message) => message.id);
      lastRead.set(`${person}|${chat}`, ids.toSorted().at(-1) ?? '');
      changed({ type: 'read', person, chat });
    },
    typing: (chat) => {
      changed({ type: 'typing', chat });
    },
  };
}

/** The people who see this change. */
export function audienceOf(change: Change, roster: Roster): string[] {
  if (change.type === 'read') return [change.person];
  const chat = change.type === 'typing' ? change.chat : change.message.chat;
  const readers = roster.chat(chat)?.readers ?? [];
  const keys = readers.map((reader) => reader.key);
  return change.type === 'message' ? keys.filter((key) => sees(change.message, key)) : keys;
}

/** Whether the person may see the message, given that they can read its chat. */
export function sees(message: Message, person: string): boolean {
  return message.onlyFor === null || message.onlyFor === person;
}

/** Whether this person has this message before them. */
export function hasMessage(roster: Roster, message: Message, person: string): boolean {
  const chat = roster.chat(message.chat);
  return chat !== undefined && canRead(chat, person) && sees(message, person) && !message.gone;
}

function completed(fields: NewMessage, id: string, at: Date): Message {
  return {
    thread: null,
    at: at.toISOString(),
    text: '',
    textFormat: 'plain',
    cards: [],
    file: null,
    summary: null,
    onlyFor: null,
    edited: false,
    gone: false,
    trouble: null,
    views: new Map(),
    ...fields,
    id,
  };
}

/** Teams' ids are milliseconds; ours never repeat, so that they also say the order. */
function createMessageIds(now: () => Date): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, now().getTime());
    return String(last);
  };
}
