import type { Json } from '../wire.ts';
import type { FormState } from './wire.ts';

/*
 * Slack keeps what is being filled in at the client, which sends it along with every press.
 */

/** The blocks of a view or message. */
export function blocksIn(view: Json): Json[] {
  return Array.isArray(view['blocks']) ? (view['blocks'] as Json[]) : [];
}

/** The element of this name, and only if it stands there: nobody presses what is not drawn. */
export function findElement(blocks: Json[], block: string, action: string): Json | undefined {
  const found = blocks.find(({ block_id }) => block_id === block);
  return found && elementsIn(found).find(({ action_id }) => action_id === action);
}

/** `state.values`: of what the page sent, that for which there is an element. */
export function stateFor(blocks: Json[], sent: FormState): FormState {
  const state: FormState = {};
  for (const [block, held] of Object.entries(sent)) {
    const known = Object.entries(held).filter(([action]) => findElement(blocks, block, action));
    if (known.length > 0) state[block] = Object.fromEntries(known);
  }
  return state;
}

function elementsIn(block: Json): Json[] {
  if (block['type'] === 'input') return [block['element'] as Json];
  if (block['type'] === 'actions') return block['elements'] as Json[];
  const accessory = block['accessory'] as Json | undefined;
  return block['type'] === 'section' && accessory !== undefined ? [accessory] : [];
}
