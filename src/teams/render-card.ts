import type { Card } from '../chat/elements.ts';
import { adaptiveCard, type AdaptiveCard } from './adaptive-card.ts';
import type { Surface } from './render-buttons.ts';
import { renderElements, toned } from './render-element.ts';

/**
 * Draws a card, in a chat message or, when it answers there, in a dialog. `notice` is one sentence for
 * the person who pressed, above everything else.
 */
export function renderCard(
  card: Card,
  surface: Surface,
  notice: string | null = null,
): AdaptiveCard {
  const above = notice === null ? [] : [toned(notice, 'warning')];
  return adaptiveCard(card.summary, [...above, ...renderElements(card.elements, surface)]);
}
