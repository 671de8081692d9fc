import type { Block } from './block-kit.ts';
import { paragraphs, richBlocks } from './rich-text.ts';
import { words } from './words.ts';

/**
 * The blocks if the surface takes so many; else the leading ones and a line that says that there is
 * more. Nothing is cut silently, and buttons that no longer fit are reached by opening the case.
 */
export function fit(blocks: Block[], most: { blocks: number; bytes: number }): Block[] {
  if (blocks.length <= most.blocks && bytesOf(blocks) <= most.bytes) return blocks;
  const kept: Block[] = [];
  let bytes = bytesOf(moreLine);
  for (const block of blocks.slice(0, most.blocks - moreLine.length)) {
    bytes += bytesOf(block) + 1;
    if (bytes > most.bytes) break;
    kept.push(block);
  }
  return [...kept, ...moreLine];
}

const moreLine: Block[] = richBlocks(paragraphs(words.tooMuch, { bold: true }));

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
