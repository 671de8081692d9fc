import type { Activity } from 'botbuilder';
import type { AdaptiveCard } from './adaptive-card.ts';

/** A chat message with a card. `summary` is all that a lock screen shows. */
export function cardMessage(card: AdaptiveCard, summary: string): Partial<Activity> {
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
  return { type: 'message', summary, attachments: [attachment] };
}

/** A chat message of one fixed sentence, without markup. */
export function textMessage(text: string): Partial<Activity> {
  return { type: 'message', text, textFormat: 'plain' };
}
