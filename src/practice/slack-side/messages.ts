import type { Json } from '../wire.ts';
import { createStamps } from './ids.ts';
import { isMember, type Roster } from './roster.ts';
import { completed } from './windows.ts';

/** Who wrote a message: a person's key, the bot, or Slack itself. */
export type Author = { type: 'person'; key: string } | { type: 'bot' } | { type: 'slackbot' };

/** A message as kept; `id` is Slack's `ts`. */
export type Message = {
  id: string;
  chat: string;
  at: string;
  author: Author;
  text: string;
  blocks: Json[];
  file: { name: string; kind: 'picture' | 'file' } | null;
  /** Set for an ephemeral message, which one person sees. */
  onlyFor: string | null;
  edited: boolean;
  trouble: string | null;
};

/** What a new message must say of itself; the rest has an obvious beginning. */
export type NewMessage = Pick<Message, 'chat' | 'author'> & Partial<Message>;

export type MessageChange =
  { type: 'message'; message: Message } | { type: 'read'; person: string; chat: string };

export type Messages = {
  add(message: NewMessage): Message;
  /** Changes a message; unknown ids do nothing and give undefined. */
  change(chat: string, id: string, change: Partial<Message>): Message | undefined;
  get(chat: string, id: string): Message | undefined;
  of(person: string): Message[];
  unread(person: string, chat: string): number;
  markRead(person: string, chat: string): void;
  /** Whether a message of this name may have been there before this process. */
  isEarlier(id: string): boolean;
};

/** Older messages of a chat are dropped beyond this many: it is for practising, not for keeping. */
const keptPerChat = 200;

/** Messages in memory. A restart of the process forgets them; a reload of the page does not. */
export function createMessages(
  roster: Roster,
  now: () => Date,
  changed: (change: MessageChange) => void,
): Messages {
  const byChat = new Map<string, Message[]>();
  const lastRead = new Map<string, string>();
  const stamp = createStamps(now);
  const began = stamp();
  const inChat = (chat: string): Message[] => byChat.get(chat) ?? [];
  const get = (chat: string, id: string) => inChat(chat).find((message) => message.id === id);
  return {
    add(fields) {
      const message = whole(fields, fields.id ?? stamp());
      const all = [...inChat(message.chat), message].toSorted((a, b) => (a.id < b.id ? -1 : 1));
      byChat.set(message.chat, all.slice(-keptPerChat));
      changed({ type: 'message', message });
      return message;
    },
    change(chat, id, change) {
      const message = get(chat, id);
      if (message === undefined) return undefined;
      Object.assign(message, change, change.blocks && { blocks: completed(change.blocks) });
      changed({ type: 'message', message });
      return message;
    },
    get,
    of: (person) =>
      roster.channelsOf(person).flatMap(({ id }) => inChat(id).filter((m) => sees(m, person))),
    unread: (person, chat) => {
      const since = lastRead.get(`${person}|${chat}`) ?? '';
      return inChat(chat).filter((m) => sees(m, person) && !isBy(m, person) && m.id > since).length;
    },
    markRead(person, chat) {
      lastRead.set(`${person}|${chat}`, inChat(chat).at(-1)?.id ?? '');
      changed({ type: 'read', person, chat });
    },
    isEarlier: (id) => /^\d{10}\.\d{6}$/.test(id) && id < began,
  };
}

/** The people who see this change. */
export function audienceOf(change: MessageChange, roster: Roster): string[] {
  if (change.type === 'read') return [change.person];
  const members = roster.channel(change.message.chat)?.members ?? [];
  return members.map(({ key }) => key).filter((key) => sees(change.message, key));
}

/** Whether this person has this message before them. */
export function hasMessage(roster: Roster, message: Message, person: string): boolean {
  const channel = roster.channel(message.chat);
  return channel !== undefined && isMember(channel, person) && sees(message, person);
}

export function isBy({ author }: Message, person: string): boolean {
  return author.type === 'person' && author.key === person;
}

function sees({ onlyFor }: Message, person: string): boolean {
  return onlyFor === null || onlyFor === person;
}

function whole(fields: NewMessage, id: string): Message {
  return {
    at: new Date(Number(id) * 1000).toISOString(),
    text: '',
    file: null,
    onlyFor: null,
    edited: false,
    trouble: null,
    ...fields,
    blocks: completed(fields.blocks ?? []),
    id,
  };
}
