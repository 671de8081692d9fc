import type { Json } from '../../../wire.ts';
import { textOf } from './text.ts';

/*
 * The library reads markup, mentions and `:emoji:` out of plain_text; Slack does not. As rich text the
 * same words are drawn as they stand.
 */

/** The block with its plain text made rich text; what has no plain text stays as it is. */
export function literal(block: Json): Json {
  const { type, text } = block;
  if (type !== 'section' || (text as Json | undefined)?.['type'] !== 'plain_text') return block;
  return block['fields'] === undefined ? richText(textOf(text)) : block;
}

/** The words of a context block, when all of it is plain text. */
export function plainContext(block: Json): string[] | null {
  if (block['type'] !== 'context') return null;
  const elements = block['elements'] as Json[];
  return elements.every(({ type }) => type === 'plain_text') ? elements.map(textOf) : null;
}

/** Words as a block of rich text. */
export function richText(text: string): Json {
  const section = { type: 'rich_text_section', elements: [{ type: 'text', text }] };
  return { type: 'rich_text', elements: [section] };
}
