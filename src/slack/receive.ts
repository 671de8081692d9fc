import type { Interaction, Place } from '../chat/interaction.ts';
import type { Claim } from './account.ts';
import { readFieldBlockId } from './field-block.ts';
import type { CommandPayload, InteractivePayload, ViewPayload } from './payload.ts';
import { readMetadata } from './private-metadata.ts';
import { raiseAction } from './raise-button.ts';
import type { Received, Refused } from './received.ts';
import { unescapeText } from './slack-text.ts';
import { readValues } from './view-state.ts';

type Of<T extends InteractivePayload['type']> = Extract<InteractivePayload, { type: T }>;

/** `/concern` and what was typed after it. */
export function receiveCommand(payload: CommandPayload): Received {
  const claim = { user: payload.user_id, contextTeam: payload.team_id, userTeam: null };
  return received(claim, 'channel', {
    type: 'asked-to-raise',
    messageLink: null,
    text: unescapeText(payload.text),
  });
}

/** The shortcut in Slack's search and compose menus. */
export function receiveShortcut(payload: Of<'shortcut'>): Received {
  const what = { type: 'asked-to-raise', messageLink: null, text: '' } as const;
  return received(claimOf(payload), 'dialog', what);
}

/** The shortcut on somebody's message. Its text comes with the payload and is not read. */
export function receiveMessageShortcut(payload: Of<'message_action'>): Received {
  const messageLink = linkTo(payload);
  return received(claimOf(payload), 'channel', { type: 'asked-to-raise', messageLink, text: '' });
}

/** A button in a message, a window or the App Home. */
export function receivePress(payload: Of<'block_actions'>): Received | Refused {
  const [action] = payload.actions;
  if (action?.action_id === raiseAction)
    return received(claimOf(payload), 'direct', {
      type: 'asked-to-raise',
      messageLink: null,
      text: '',
    });
  const values = payload.view === null ? {} : readValues(payload.view);
  if (action === undefined || action.value === null || values === null) return null;
  const surface = payload.container.type === 'message' ? 'message' : 'screen';
  const press = { type: 'pressed', handle: action.value, values, surface } as const;
  return received(claimOf(payload), placeOf(payload), press);
}

/** A window that was sent. */
export function receiveSubmission({ view, ...payload }: Of<'view_submission'>): Received | Refused {
  const metadata = readMetadata(view.private_metadata);
  const values = readValues(view);
  if (metadata === null || metadata.submit === null || values === null) return null;
  const type = metadata.as === 'press' ? 'pressed' : 'submitted';
  const sent = { type, handle: metadata.submit, values, surface: 'screen' } as const;
  return received(claimOf(payload), 'dialog', sent);
}

/** A letter typed into a list that Slack does not hold. */
export function receiveSearch(payload: Of<'block_suggestion'>): Received | Refused {
  const field = readFieldBlockId(payload.block_id)?.field;
  const searches = readMetadata(payload.view.private_metadata)?.search ?? {};
  const handle = field === undefined ? undefined : new Map(Object.entries(searches)).get(field);
  if (handle === undefined) return null;
  return received(claimOf(payload), 'dialog', { type: 'searched', handle, query: payload.value });
}

type What<T = Interaction> = T extends Interaction ? Omit<T, 'from' | 'place' | 'at'> : never;

/** The interaction but for who and when. */
export function received(claim: Claim, place: Place, what: What): Received {
  return { claim, interaction: (from, at) => ({ ...what, from, place, at }) };
}

function claimOf({ team, user }: Pick<InteractivePayload, 'team' | 'user'>): Claim {
  const userTeam = user.team_id;
  // An app installed on a whole organisation gets team: null.
  return { user: user.id, contextTeam: team?.id ?? userTeam, userTeam };
}

function placeOf({
  container,
  view,
}: {
  container: Of<'block_actions'>['container'];
  view: ViewPayload | null;
}): Place {
  if (container.type === 'message') return isDirect(container.channel_id) ? 'direct' : 'channel';
  return view?.type === 'home' ? 'home' : 'dialog';
}

/** Direct chats have ids that begin with D; a button of ours stands only in the bot's own. */
function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** Slack's own address of the message, made from its ids. Null when the payload does not name the workspace. */
function linkTo({ team, channel, message }: Of<'message_action'>): string | null {
  const domain = team?.domain ?? '';
  const stamp = message.ts.replace('.', '');
  if (!/^[a-z0-9-]+(\.enterprise)?$/i.test(domain) || !/^\d+$/.test(stamp)) return null;
  const link = `https://${domain}.slack.com/archives/${encodeURIComponent(channel.id)}/p${stamp}`;
  const thread = message.thread_ts ?? '';
  return /^\d+\.\d+$/.test(thread) ? `${link}?thread_ts=${thread}&cid=${channel.id}` : link;
}
