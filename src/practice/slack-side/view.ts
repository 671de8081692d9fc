import type { WireAuthor } from '../wire.ts';
import { isBy, type Message, type MessageChange, type Messages } from './messages.ts';
import type { Channel, Roster } from './roster.ts';
import type { SlackChat, SlackEvent, SlackMessage, SlackWindow } from './wire.ts';
import type { Window, Windows, WindowsChange } from './windows.ts';

/** What one person's page is told. */
export type View = {
  desk(person: string): SlackEvent;
  event(change: MessageChange, person: string): SlackEvent;
  windows(change: WindowsChange): SlackEvent[];
};

type Parts = { roster: Roster; messages: Messages; windows: Windows; botName: string };

/** Draws the workspace as one person sees it. */
export function createView({ roster, messages, windows, botName }: Parts): View {
  const message = (kept: Message, person: string): SlackMessage => {
    const { id, chat, at, text, blocks, file, edited, trouble } = kept;
    const unheard = isBy(kept, person) || kept.onlyFor !== null;
    return {
      ...{ id, chat, at, text, blocks, file, edited, trouble },
      author: authorOf(roster, kept, botName),
      push: unheard ? null : pushText(kept),
      onlyForYou: kept.onlyFor !== null,
    };
  };
  const chat = (channel: Channel, person: string): SlackChat => ({
    id: channel.id,
    kind: channel.kind,
    name: channel.name,
    readers: readers(roster, channel),
    unread: messages.unread(person, channel.id),
  });
  return {
    desk(person) {
      const home = windows.homeOf(person);
      return {
        type: 'slack-desk',
        person,
        chats: roster.channelsOf(person).map((channel) => chat(channel, person)),
        messages: messages.of(person).map((each) => message(each, person)),
        home: home === undefined ? null : windowOf(home),
        windows: windows.stackOf(person).map(windowOf),
      };
    },
    event(change, person) {
      if (change.type === 'read') return { type: 'slack-read', person, chat: change.chat };
      const unread = messages.unread(person, change.message.chat);
      return { type: 'slack-message', person, message: message(change.message, person), unread };
    },
    windows({ person, what }) {
      const home = windows.homeOf(person);
      if (what === 'windows')
        return [{ type: 'slack-windows', person, windows: windows.stackOf(person).map(windowOf) }];
      return home === undefined ? [] : [{ type: 'slack-home', person, home: windowOf(home) }];
    },
  };
}

function windowOf({ id, hash, view }: Window): SlackWindow {
  return { id, hash, view };
}

function readers(roster: Roster, channel: Channel): string {
  if (channel.kind === 'app') return 'You and the app';
  if (channel.kind === 'public') return `Everybody at ${roster.schoolName}`;
  return channel.members.map(({ name }) => name).join(', ');
}

/** What a phone shows of a message: its `text`, whatever its blocks say. */
function pushText({ text, file }: Message): string {
  if (text !== '') return text.slice(0, 150);
  return file === null ? 'This content can’t be displayed.' : `Sent a ${file.kind}`;
}

function authorOf(roster: Roster, { author }: Message, botName: string): WireAuthor {
  switch (author.type) {
    case 'bot':
      return { type: 'bot', name: botName };
    case 'slackbot':
      return { type: 'bot', name: 'Slackbot' };
    case 'person':
      return {
        type: 'person',
        key: author.key,
        name: roster.person(author.key)?.name ?? author.key,
      };
  }
}
