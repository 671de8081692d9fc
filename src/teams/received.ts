import type { Screen } from '../chat/elements.ts';
import type { Interaction, Place } from '../chat/interaction.ts';
import type { Carried, readActionData } from './action-data.ts';
import { isDirect, type IncomingActivity } from './activity.ts';
import { senderOf } from './sender.ts';

/**
 * How an answer can be given. `chat`: as a new message, or over the message that was pressed;
 * `dialog`: as a dialog, where `screen` is the one the person is looking at; `execute`: in place of
 * the pressed card, which is a form or not; `search`: as a list. `again` is what a dialog button carries to ask once more.
 */
export type Way =
  | { type: 'chat'; again: Carried; pressedMessage: string | null }
  | { type: 'dialog'; screen: Screen | null }
  | { type: 'execute'; again: Carried; pressedMessage: string | null; onForm: boolean }
  | { type: 'search' };

/** `unreadable`: one of our own buttons, tampered with; `unknown`: an invoke we do not offer. */
export type Received =
  | { type: 'interaction'; interaction: Interaction; way: Way; values: Values }
  | { type: 'unreadable'; way: Way['type'] }
  | { type: 'unknown' }
  | { type: 'ignored' };

type Read = NonNullable<ReturnType<typeof readActionData>>;
type Values = Read['values'];
type Base = Pick<Interaction, 'from' | 'place' | 'at'>;

/** Who, where and when. */
export function baseOf(activity: IncomingActivity, at: Date, place: Place): Base {
  return { from: senderOf(activity), place, at };
}

/** Where a message stands. Group chats and meetings are as open as channels. */
export function placeOf(activity: IncomingActivity): Place {
  return isDirect(activity) ? 'direct' : 'channel';
}

/** What the data of one of our buttons means. `surface`: whether it stood on a message or in a dialog. */
export function interactionFor(
  { carries, values }: Read,
  base: Base,
  surface: 'message' | 'screen',
): Interaction {
  switch (carries.verb) {
    case 'press':
      return { ...base, type: 'pressed', handle: carries.handle, values, surface };
    case 'submit':
      return { ...base, type: 'submitted', handle: carries.handle, values, surface };
    case 'raise':
      return { ...base, type: 'asked-to-raise', messageLink: null, text: '' };
    case 'say':
      return { ...base, type: 'said', text: `/${carries.command}`, carries: 'nothing' };
  }
}
