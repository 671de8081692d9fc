import type { DialogOrigin, Json, Requests } from '../wire.ts';
import type { Chat, Roster } from './chats.ts';
import type { Activity, Spot } from './activity.ts';
import type { Message } from './history.ts';

/** What a press of Action.Execute on a message asks of the bot. */
export function cardAction(message: string, action: Requests['execute']['action']): Activity {
  const { id, verb, data } = action;
  const pressed = {
    type: 'Action.Execute',
    ...(id === null ? {} : { id }),
    verb: verb ?? '',
    data,
  };
  return invoke('adaptiveCard/action', { action: pressed, trigger: 'manual' }, message);
}

/** What opening a dialog asks: from a card, from the command, or about somebody's message. */
export function openDialog(
  command: string,
  origin: DialogOrigin,
  data: unknown,
  about: Json | null,
): Activity {
  if (origin.type === 'card') return invoke('task/fetch', { data, context }, origin.message);
  return invoke('composeExtension/fetchTask', extensionValue(command, origin, about));
}

/** What sending a dialog asks. */
export function fillDialog(
  command: string,
  origin: DialogOrigin,
  data: unknown,
  about: Json | null,
): Activity {
  if (origin.type === 'card') return invoke('task/submit', { data, context }, origin.message);
  const value = { ...extensionValue(command, origin, about), data };
  return invoke('composeExtension/submitAction', value);
}

/** What typing into a searching field asks. */
export function search({ dataset, query, data }: Requests['search']): Activity {
  return invoke('application/search', {
    kind: 'search',
    queryText: query,
    queryOptions: { skip: 0, top: 15 },
    dataset,
    data,
  });
}

/** The message that somebody wants to raise, as Teams hands it over: text and link, no attachments. */
export function messagePayload(roster: Roster, chat: Chat, message: Message): Json {
  const author = message.author === null ? undefined : roster.person(message.author);
  return {
    id: message.id,
    replyToId: message.thread,
    createdDateTime: message.at,
    lastModifiedDateTime: null,
    deleted: false,
    importance: 'normal',
    locale: 'en-GB',
    linkToMessage: messageLink(chat, message),
    from: {
      device: null,
      conversation: null,
      user: author
        ? { userIdentityType: 'aadUser', id: author.aadObjectId, displayName: author.name }
        : null,
    },
    body: { contentType: 'html', content: `<p>${escapedHtml(message.text)}</p>` },
    attachments: [],
    mentions: [],
    reactions: [],
  };
}

/** A message sent by Action.Submit carries the data and no text. */
export function submitActivity(message: string, data: unknown): Activity {
  return { type: 'message', replyToId: message, value: data, ...spokenBy(data) };
}

/** Invokes happen in the chat that is open, but a channel's dialog belongs to no thread. */
export function spotForDialog(spot: Spot, origin: DialogOrigin): Spot {
  return origin.type === 'command' ? { ...spot, thread: null } : spot;
}

const context = { theme: 'default' };

function invoke(name: string, value: Json, replyToId?: string): Activity {
  return { type: 'invoke', name, value, ...(replyToId === undefined ? {} : { replyToId }) };
}

function extensionValue(command: string, origin: DialogOrigin, about: Json | null): Json {
  return {
    commandId: command,
    commandContext: origin.type === 'message' ? 'message' : 'compose',
    context,
    ...(about === null ? {} : { messagePayload: about }),
  };
}

/** `messageBack` and `imBack` buttons make the press look typed. */
function spokenBy(data: unknown): Json {
  const said = (data as { msteams?: { type?: unknown; text?: unknown; value?: unknown } } | null)
    ?.msteams;
  if (said?.type === 'messageBack') return { text: said.text ?? '', value: said.value };
  if (said?.type === 'imBack') return { text: said.value, value: undefined };
  return {};
}

function messageLink(chat: Chat, message: Message): string {
  const link = new URL(
    `https://teams.microsoft.com/l/message/${encodeURIComponent(chat.id)}/${message.id}`,
  );
  link.searchParams.set('tenantId', chat.tenant);
  link.searchParams.set('createdTime', message.id);
  return link.href;
}

function escapedHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
