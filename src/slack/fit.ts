import type { Block } from './block-kit.ts';
import { paragraphs, richBlocks } from './rich-text.ts';
import { words } from './words.ts';

/** What a surface takes. */
export type Most = { blocks: number; bytes: number };

/**
 * The blocks to read, then those to act with, if the surface takes so many; else the leading ones to
 * read and a line that says that there is more. Nothing is cut silently, and no input or button ever.
 */
export function fit(toRead: Block[], toAct: Block[], most: Most): Block[] {
  const room = { blocks: most.blocks - toAct.length, bytes: most.bytes - bytesOf(toAct) };
  return [...leading(toRead, room), ...toAct];
}

function leading(blocks: Block[], room: Most): Block[] {
  if (blocks.length <= room.blocks && bytesOf(blocks) <= room.bytes) return blocks;
  const kept: Block[] = [];
  let bytes = bytesOf(moreLine);
  for (const block of blocks.slice(0, Math.max(room.blocks - moreLine.length, 0))) {
    bytes += bytesOf(block) + 1;
    if (bytes > room.bytes) break;
    kept.push(block);
  }
  return [...kept, ...moreLine];
}

const moreLine: Block[] = richBlocks(paragraphs(words.tooMuch, { bold: true }));

/** A card's buttons stand at its end. */
export function fitCard(blocks: Block[], most: Most): Block[] {
  const last = blocks.findLastIndex(({ type }) => type !== 'actions');
  return fit(blocks.slice(0, last + 1), blocks.slice(last + 1), most);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
