import type { Card } from '../chat/elements.ts';
import { type Block, type HomeView, type ModalView, plainText } from './block-kit.ts';
import { fitCard } from './fit.ts';
import { renderElements, type Drawing } from './render-elements.ts';
import { paragraphs, richBlocks } from './rich-text.ts';
import { slackLimits } from './slack-limits.ts';
import { words } from './words.ts';

const inMessage = { blocks: slackLimits.messageBlocks, bytes: slackLimits.messageBytes };
const inView = { blocks: slackLimits.viewBlocks, bytes: slackLimits.viewBytes };

/** The blocks of a chat message. What a workspace refuses is drawn plainly instead. */
export function messageBlocks(card: Card, drawing: Drawing): Block[] {
  return fitCard(notEmpty(renderElements(card.elements, drawing), card.summary), inMessage);
}

/** The card as somebody's App Home. */
export function homeView(card: Card): HomeView {
  const blocks = notEmpty(renderElements(card.elements, { plan: false }), card.summary);
  return { type: 'home', blocks: fitCard(blocks, inView) };
}

/** The card as the last page of a window: to read and to press, nothing to send. */
export function cardView(card: Card, notice: string | null = null): ModalView {
  const said = notice === null ? [] : richBlocks(paragraphs(notice, { bold: true }));
  const blocks = renderElements(card.elements, { plan: false });
  return readingView(notEmpty([...said, ...blocks], card.summary));
}

/** A window with one sentence in it. */
export function textView(text: string): ModalView {
  return readingView(richBlocks(paragraphs(text)));
}

/** An App Home with one sentence in it. */
export function textHome(text: string): HomeView {
  return { type: 'home', blocks: richBlocks(paragraphs(text)) };
}

function readingView(blocks: Block[]): ModalView {
  return {
    type: 'modal',
    callback_id: 'reading',
    title: plainText(words.appTitle),
    close: plainText(words.close),
    blocks: fitCard(blocks, inView),
  };
}

function notEmpty(blocks: Block[], instead: string): Block[] {
  return blocks.length > 0 ? blocks : richBlocks(paragraphs(instead));
}
