import type { SlackChat, SlackEvent, SlackMessage, SlackWindow } from '../../slack-side/wire.ts';

/** What somebody who sits in Slack has before them. */
export type SlackDesk = {
  chats: SlackChat[];
  messages: SlackMessage[];
  home: SlackWindow | null;
  /** The last one is on top. */
  windows: SlackWindow[];
};

type DeskEvent = Exclude<SlackEvent, { type: 'slack-refused' }>;
type Desks = Record<string, SlackDesk>;

/** What the page knows of the Slack desks after this event. */
export function followSlack(desks: Desks, event: DeskEvent): Desks {
  const { person } = event;
  if (event.type === 'slack-desk') {
    const { chats, messages, home, windows } = event;
    return { ...desks, [person]: { chats, messages, home, windows } };
  }
  const desk = desks[person];
  return desk === undefined ? desks : { ...desks, [person]: changed(desk, event) };
}

function changed(desk: SlackDesk, event: Exclude<DeskEvent, { type: 'slack-desk' }>): SlackDesk {
  switch (event.type) {
    case 'slack-message':
      return received(desk, event.message, event.unread);
    case 'slack-read':
      return withUnread(desk, event.chat, 0);
    case 'slack-home':
      return { ...desk, home: event.home };
    case 'slack-windows':
      return { ...desk, windows: event.windows };
  }
}

/** A changed message stays where it is; one from before a restart goes where it belongs. */
function received(desk: SlackDesk, message: SlackMessage, unread: number): SlackDesk {
  const at = desk.messages.findIndex(({ id, chat }) => id === message.id && chat === message.chat);
  const messages =
    at >= 0
      ? desk.messages.with(at, message)
      : [...desk.messages, message].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return withUnread({ ...desk, messages }, message.chat, unread);
}

function withUnread(desk: SlackDesk, id: string, unread: number): SlackDesk {
  const chats = desk.chats.map((chat) => (chat.id === id ? { ...chat, unread } : chat));
  return { ...desk, chats };
}
