import type { WireChat, WireEvent, WireMessage } from '../wire.ts';
import type { Seat } from './seats.ts';
import { followSlack, type SlackDesk } from './slack-side/slack-desks.ts';

/** What one person has before them. */
export type Desk = { chats: WireChat[]; messages: WireMessage[]; typingIn: string | null };

/** Everything the page knows of the chats. */
export type Workspace = {
  desks: Record<string, Desk>;
  /** The desks of those who sit in Slack. */
  slackDesks: Record<string, SlackDesk>;
  connected: boolean;
  /** How many dropped files somebody fetched. Must be none. */
  fetched: number;
  /** The last thing that Slack would have refused, and why. */
  refused: string | null;
};

export type WorkspaceEvent = WireEvent | { type: 'connected' } | { type: 'disconnected' };

export const emptyWorkspace: Workspace = {
  desks: {},
  slackDesks: {},
  connected: true,
  fetched: 0,
  refused: null,
};

/** What the page knows after this event. */
export function follow(workspace: Workspace, event: WorkspaceEvent): Workspace {
  switch (event.type) {
    case 'connected':
      return { ...workspace, connected: true };
    case 'disconnected':
      return { ...workspace, connected: false };
    case 'fetched':
      return { ...workspace, fetched: workspace.fetched + 1 };
    case 'snapshot': {
      const { person, chats, messages } = event;
      return withDesk(workspace, person, { chats, messages, typingIn: null });
    }
    case 'message':
      return onDesk(workspace, event.person, (desk) => received(desk, event.message, event.unread));
    case 'read':
      return onDesk(workspace, event.person, (desk) => withUnread(desk, event.chat, 0));
    case 'typing':
      return onDesk(workspace, event.person, (desk) => ({ ...desk, typingIn: event.chat }));
    case 'slack-refused':
      return { ...workspace, refused: [event.what, event.why ?? ''].join(' ').trim() };
    case 'slack-desk':
    case 'slack-message':
    case 'slack-read':
    case 'slack-home':
    case 'slack-windows':
      return { ...workspace, slackDesks: followSlack(workspace.slackDesks, event) };
  }
}

function received(desk: Desk, message: WireMessage, unread: number): Desk {
  const at = desk.messages.findIndex(({ id, chat }) => id === message.id && chat === message.chat);
  const messages = at < 0 ? [...desk.messages, message] : desk.messages.with(at, message);
  const typingIn = message.author.type === 'bot' ? null : desk.typingIn;
  return withUnread({ ...desk, messages, typingIn }, message.chat, unread);
}

function withUnread(desk: Desk, id: string, unread: number): Desk {
  const chats = desk.chats.map((chat) => (chat.id === id ? { ...chat, unread } : chat));
  return { ...desk, chats };
}

function withDesk(workspace: Workspace, person: string, desk: Desk): Workspace {
  return { ...workspace, desks: { ...workspace.desks, [person]: desk } };
}

function onDesk(workspace: Workspace, person: string, change: (desk: Desk) => Desk): Workspace {
  const desk = workspace.desks[person];
  return desk === undefined ? workspace : withDesk(workspace, person, change(desk));
}

/** What somebody has before them, wherever they sit; null until it is known. */
export function deskOf(workspace: Workspace, seat: Seat | null): Desk | SlackDesk | null {
  if (seat === null) return null;
  const desks = seat.platform === 'slack' ? workspace.slackDesks : workspace.desks;
  return desks[seat.person] ?? null;
}
