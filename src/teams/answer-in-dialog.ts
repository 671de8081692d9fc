import type { Screen, Values } from '../chat/elements.ts';
import type { Reply } from '../chat/interaction.ts';
import { adaptiveCard, type AdaptiveCard } from './adaptive-card.ts';
import type { Answer } from './answer.ts';
import { renderCard } from './render-card.ts';
import { toned } from './render-element.ts';
import { renderDialog, type Problem } from './render-screen.ts';
import { filledIn } from './screen-echo.ts';
import { sentences } from './sentences.ts';

const TITLE = 'Concern';

/** The same answers for a dialog opened from a card and one of the message extension. */
export function answerInDialog(reply: Reply, screen: Screen | null, values: Values): Answer {
  switch (reply.type) {
    case 'screen':
      return dialog(reply.screen.title, renderDialog(reply.screen));
    case 'problem':
      return again(reply, screen, values);
    case 'finished':
    case 'message':
    case 'home':
      return dialog(TITLE, renderCard(reply.card, { type: 'dialog', screen: null }));
    case 'replace':
      return dialog(TITLE, renderCard(reply.card, { type: 'dialog', screen: null }, reply.notice));
    case 'notice':
      return again({ message: reply.text, fields: {} }, screen, values);
    case 'choices':
      return sentence(sentences.nothingHere);
    case 'nothing':
      // Without a body Teams closes the dialog.
      return { status: 200, body: null, then: [] };
  }
}

/** The same dialog with everything still in it. Where it cannot be drawn, an error leaves it standing. */
function again(problem: Problem, screen: Screen | null, values: Values): Answer {
  if (screen !== null) return dialog(screen.title, renderDialog(filledIn(screen, values), problem));
  const typed = Object.keys(values).length > 0;
  return typed ? { status: 400, body: null, then: [] } : sentence(problem.message);
}

/** A dialog of one sentence. */
export function sentence(text: string): Answer {
  return dialog(TITLE, adaptiveCard(text, [toned(text, 'plain')]));
}

function dialog(title: string, card: AdaptiveCard): Answer {
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: card };
  const value = { title, width: 'medium', height: 'large', card: attachment };
  return { status: 200, body: { task: { type: 'continue', value } }, then: [] };
}
