import type { RichBlock, RichPart, RichRun, RichSection, RichStyle } from './block-kit.ts';
import { slackLimits } from './slack-limits.ts';
import { splitText } from './split-text.ts';

/*
 * Everything that is not a header, a label or a button is drawn as rich text: its text elements are
 * literal, so neither a person's words nor a stray asterisk in procedure text can become markup, a
 * mention or a link. No mrkdwn object exists anywhere in this adapter.
 */

/** A run of literal text; none for the empty string, which Slack refuses. */
export function run(text: string, style?: RichStyle): RichRun[] {
  if (text === '') return [];
  return [style === undefined ? { type: 'text', text } : { type: 'text', text, style }];
}

/** A paragraph, in several pieces when it is longer than one block should be. */
export function paragraphs(text: string, style?: RichStyle): RichSection[] {
  return splitText(text, slackLimits.text).map((piece) => section(run(piece, style)));
}

/** One line made of runs. */
export function section(elements: RichRun[]): RichSection {
  return { type: 'rich_text_section', elements };
}

/** A bullet list; none for no items, which Slack refuses. */
export function bullets(items: RichRun[][]): RichPart[] {
  const lines = items.filter((item) => item.length > 0).map(section);
  return lines.length === 0 ? [] : [{ type: 'rich_text_list', style: 'bullet', elements: lines }];
}

/** Somebody's words, literally and set apart. */
export function quote(text: string): RichPart[] {
  return splitText(text, slackLimits.text).map((piece) => ({
    type: 'rich_text_quote',
    elements: run(piece),
  }));
}

/** The parts in as few blocks as their length allows. */
export function richBlocks(parts: RichPart[]): RichBlock[] {
  const groups: RichPart[][] = [];
  let room = 0;
  for (const part of parts) {
    const length = lengthOf(part);
    if (length > room) room = startGroup(groups);
    groups.at(-1)?.push(part);
    room -= length;
  }
  return groups.map((elements) => ({ type: 'rich_text', elements }));
}

function startGroup(groups: RichPart[][]): number {
  groups.push([]);
  return slackLimits.text;
}

function lengthOf(part: RichPart): number {
  return JSON.stringify(part).length;
}
