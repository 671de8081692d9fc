import type { Seated } from '../directory.ts';
import type { WireChat, WireEvent, WireMessage } from '../wire.ts';
import type { Chat, Roster } from './chats.ts';
import type { Change, History, Message } from './history.ts';

/** What one person's page is told. */
export type View = {
  snapshot(person: string): WireEvent;
  event(change: Change, person: string): WireEvent;
};

/** Draws the history as one person sees it: their own replaced cards, their unread marks. */
export function createView(roster: Roster, history: History, botName: string): View {
  const message = (kept: Message, person: string): WireMessage => {
    const mine = kept.views.get(person);
    const { id, chat, thread, at, text, textFormat, file, edited, gone, trouble } = kept;
    return {
      ...{ id, chat, thread, at, text, textFormat, file, edited, gone, trouble },
      author: authorOf(roster, kept, botName),
      cards: mine === undefined ? kept.cards : [mine],
      push: kept.author === person ? null : pushText(kept),
      onlyForYou: kept.onlyFor !== null,
    };
  };
  const chat = ({ id, kind, name, readers }: Chat, person: string): WireChat => ({
    ...{ id, kind, name },
    readers: kind === 'personal' ? 'You and the bot' : inWords(readers),
    unread: history.unread(person, id),
  });
  return {
    snapshot: (person) => ({
      type: 'snapshot',
      person,
      chats: roster.chatsOf(person).map((each) => chat(each, person)),
      messages: history.of(person).map((each) => message(each, person)),
    }),
    event(change, person) {
      if (change.type === 'read') return { type: 'read', person, chat: change.chat };
      if (change.type === 'typing') return { type: 'typing', person, chat: change.chat };
      const unread = history.unread(person, change.message.chat);
      return { type: 'message', person, message: message(change.message, person), unread };
    },
  };
}

/** Names as long as they can be taken in at a glance. */
function inWords(readers: Seated[]): string {
  if (readers.length > 4) return `${String(readers.length)} people`;
  return readers.map(({ name }) => name).join(', ');
}

/** A phone shows the summary if there is one, else the text, else only that there is a card. */
function pushText({ summary, text, cards, file }: Message): string {
  if (summary !== null && summary !== '') return summary;
  if (text !== '') return text.slice(0, 150);
  if (cards.length > 0) return 'Sent a card';
  return file === null ? 'Sent a message' : `Sent a ${file.kind}`;
}

function authorOf(roster: Roster, { author }: Message, botName: string): WireMessage['author'] {
  if (author === null) return { type: 'bot', name: botName };
  return { type: 'person', key: author, name: roster.person(author)?.name ?? author };
}
