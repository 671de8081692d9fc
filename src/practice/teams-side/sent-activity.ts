import { z } from 'zod';
import type { Json } from '../wire.ts';
import type { Message } from './history.ts';

/** What the bot sends; unknown fields are let through, because Teams does. */
export const sentActivity = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  textFormat: z.string().nullish(),
  summary: z.string().nullish(),
  recipient: z.looseObject({ id: z.string().nullish() }).nullish(),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.string(),
        content: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
});

export type SentActivity = z.infer<typeof sentActivity>;

const adaptiveCard = 'application/vnd.microsoft.card.adaptive';

/** The parts of a message that the bot decides. An update replaces all of them, for everybody. */
export function contentOf(
  activity: SentActivity,
): Pick<Message, 'text' | 'textFormat' | 'cards' | 'summary' | 'views'> {
  return {
    text: activity.text ?? '',
    textFormat: activity.textFormat === 'plain' ? 'plain' : 'markdown',
    cards: cardsOf(activity),
    summary: activity.summary ?? null,
    views: new Map<string, Json>(),
  };
}

/** Teams counts a message with its cards in UTF-16 and refuses more than 100 KB. */
export function isTooBig(activity: SentActivity): boolean {
  return JSON.stringify(activity).length * 2 > 100 * 1024;
}

function cardsOf(activity: SentActivity): Json[] {
  const attachments = activity.attachments ?? [];
  return attachments.flatMap(({ contentType, content }) =>
    contentType === adaptiveCard && content ? [content] : [],
  );
}
