import type { Button, Chart, Fact, ScreenElement, TextTone } from '../chat/elements.ts';
import { limits } from '../chat/limits.ts';
import * as kit from './block-kit.ts';
import { chartBlock } from './render-chart.ts';
import { checklistParts, checklistPlan } from './render-checklist.ts';
import { bullets, paragraphs, quote, richBlocks, run, section } from './rich-text.ts';
import { shorten, splitText } from './split-text.ts';
import { slackLimits } from './slack-limits.ts';
import { words } from './words.ts';

/** Whether Slack's checklist block and its chart may be used, which it takes in messages only. */
export type Drawing = { plan: boolean; chart?: boolean };

/** Rich text that may share a block with its neighbours, or a block of its own. */
type Piece = { type: 'parts'; parts: kit.RichPart[] } | { type: 'blocks'; blocks: kit.Block[] };

/** The elements as blocks, in order, with neighbouring text sharing blocks so that much fits. */
export function renderElements(elements: ScreenElement[], drawing: Drawing): kit.Block[] {
  const blocks: kit.Block[] = [];
  let pending: kit.RichPart[] = [];
  for (const piece of elements.map((element) => pieceOf(element, drawing))) {
    if (piece.type === 'parts') {
      pending.push(...piece.parts);
      continue;
    }
    blocks.push(...richBlocks(pending), ...piece.blocks);
    pending = [];
  }
  return [...blocks, ...richBlocks(pending)];
}

function pieceOf(element: ScreenElement, drawing: Drawing): Piece {
  switch (element.type) {
    case 'heading':
      return heading(element.text);
    case 'text':
      return toned(element.text, element.tone);
    case 'facts':
    case 'private-facts':
      return parts(element.facts.flatMap(fact));
    case 'list':
      return parts(bullets(element.items.map((item) => run(item))));
    case 'never':
      return parts(never(element.items));
    case 'checklist':
      return drawing.plan && element.items.length > 0
        ? blocksOf([checklistPlan(element.items)])
        : parts(checklistParts(element.items));
    case 'buttons':
      return blocksOf(buttonRows(element.buttons));
    case 'chart':
      return chart(element, drawing);
    case 'words':
      return parts([...paragraphs(element.label, { bold: true }), ...quote(element.text)]);
    case 'divider':
      return blocksOf([{ type: 'divider' }]);
  }
}

function parts(list: kit.RichPart[]): Piece {
  return { type: 'parts', parts: list };
}

function blocksOf(blocks: kit.Block[]): Piece {
  return { type: 'blocks', blocks };
}

function heading(text: string): Piece {
  if (text === '' || text.length > slackLimits.header)
    return parts(paragraphs(text, { bold: true }));
  return blocksOf([{ type: 'header', text: kit.plainText(text) }]);
}

function toned(text: string, tone: TextTone): Piece {
  switch (tone) {
    case 'plain':
      return parts(paragraphs(text));
    case 'strong':
      return parts(paragraphs(text, { bold: true }));
    case 'quiet':
      return blocksOf(splitText(text, slackLimits.contextText).map(contextBlock));
    case 'warning':
      return parts(paragraphs(text === '' ? '' : `⚠️ ${text}`, { bold: true }));
    case 'danger':
      return parts(paragraphs(text === '' ? '' : `🚨 ${text}`, { bold: true }));
  }
}

/** The numbers always, above them the chart where Slack draws one. */
function chart(element: Chart, { chart: drawn = false }: Drawing): Piece {
  const numbers = [
    ...paragraphs(element.title, { bold: true }),
    ...bullets(element.bars.map(({ label, value }) => run(`${label}: ${String(value)}`))),
  ];
  return drawn && element.bars.length > 0
    ? blocksOf([chartBlock(element), ...richBlocks(numbers)])
    : parts(numbers);
}

function contextBlock(text: string): kit.Block {
  return { type: 'context', elements: [kit.plainText(text)] };
}

function fact({ label, value }: Fact): kit.RichPart[] {
  const [first = '', ...rest] = splitText(value, slackLimits.text);
  return [
    section([...run(`${label}: `, { bold: true }), ...run(first)]),
    ...rest.map((piece) => section(run(piece))),
  ];
}

function never(items: string[]): kit.RichPart[] {
  const list = bullets(items.map((item) => run(item)));
  return list.length === 0 ? [] : [section(run(`⛔ ${words.never}`, { bold: true })), ...list];
}

/** Rows of at most five, as on the other platform. */
export function buttonRows(buttons: Button[], idPrefix = ''): kit.Block[] {
  const rows: kit.Block[] = [];
  for (let at = 0; at < buttons.length; at += limits.buttonsInARow) {
    const row = buttons.slice(at, at + limits.buttonsInARow);
    rows.push({
      type: 'actions',
      elements: row.map((button, index) => drawButton(button, `${idPrefix}${String(at + index)}`)),
    });
  }
  return rows;
}

/** The action id says how the press must be answered: with a window, or in place. */
function drawButton(button: Button, id: string): kit.Button {
  const drawn: kit.Button = {
    type: 'button',
    action_id: `${button.opens}.${id}`,
    text: kit.plainText(shorten(button.label, slackLimits.buttonText)),
    value: button.handle,
  };
  return button.style === 'plain' ? drawn : { ...drawn, style: button.style };
}
