import { readActionData } from './action-data.ts';
import type { IncomingActivity } from './activity.ts';
import { asCommand, chatCommands } from './commands.ts';
import { baseOf, interactionFor, placeOf, type Received } from './received.ts';

/** A message is something said, or the press of a button whose client sends presses as messages. */
export function receiveMessage(activity: IncomingActivity, at: Date): Received {
  const isPress = typeof activity.value === 'object' && activity.value !== null;
  return isPress ? receivePress(activity, at) : receiveWords(activity, at);
}

function receivePress(activity: IncomingActivity, at: Date): Received {
  const read = readActionData(activity.value);
  if (!read) return { type: 'unreadable', way: 'chat' };
  return {
    type: 'interaction',
    interaction: interactionFor(read, baseOf(activity, at, placeOf(activity)), 'message'),
    way: { type: 'chat', again: read.carries, pressedMessage: activity.replyToId ?? null },
    values: read.values,
  };
}

function receiveWords(activity: IncomingActivity, at: Date): Received {
  const text = wordsOf(activity);
  const command = chatCommands.find((one) => text.toLowerCase() === `/${one}`);
  return {
    type: 'interaction',
    interaction: {
      ...baseOf(activity, at, placeOf(activity)),
      type: 'said',
      text,
      carries: carriesFile(activity) ? 'picture-or-file' : 'nothing',
    },
    way: {
      type: 'chat',
      again: command && command !== 'concern' ? { verb: 'say', command } : { verb: 'raise' },
      pressedMessage: null,
    },
    values: {},
  };
}

function wordsOf(activity: IncomingActivity): string {
  const said = withoutMentions(activity);
  // A slash command in a channel arrives as a message to the bot alone, with its slash taken off.
  if (activity.recipient.isTargeted && !said.startsWith('/')) return asCommand(`/${said}`);
  return asCommand(said);
}

function withoutMentions({ text, entities }: IncomingActivity): string {
  const mentions = (entities ?? []).filter((one) => one.type === 'mention');
  const bare = mentions.reduce((rest, one) => rest.replaceAll(one.text || '\0', ' '), text ?? '');
  return bare.replace(/\u00a0/g, ' ').trim();
}

/** Teams sends the formatted text of a message, a quote or a forward as attachments: those are words. */
const WORDS = new Set(['text/html', 'messageReference', 'forwardedMessageReference']);
const PASTED_PICTURE = /<(?:img|video|audio|attachment)\b(?![^>]*schema\.skype\.com\/Emoji)/i;

function carriesFile({ attachments }: IncomingActivity): boolean {
  return (attachments ?? []).some(
    ({ contentType, content }) =>
      !WORDS.has(contentType) || (typeof content === 'string' && PASTED_PICTURE.test(content)),
  );
}
