import type { Json } from '../../wire.ts';
import type { FormState, InputState } from '../../slack-side/wire.ts';

/*
 * What is filled in, kept where Slack keeps it: in the client. A view that is drawn anew keeps what was
 * typed into a block with the same block_id and action_id, and then ignores the new initial value.
 */

/** What was filled in when these blocks were shown. */
export type Held = { blocks: Json[]; state: FormState };

export const nothingHeld: Held = { blocks: [], state: {} };

/** What is filled in once `blocks` are shown in place of what was held. */
export function mergedState({ blocks: before, state }: Held, blocks: Json[]): FormState {
  const kept = new Map(before.flatMap(elementsOf).map((each) => [each.name, each.type]));
  const merged: FormState = {};
  for (const { block, action, name, type, element } of blocks.flatMap(elementsOf)) {
    const old = kept.get(name) === type ? state[block]?.[action] : undefined;
    merged[block] = { ...merged[block], [action]: old ?? initialState(element) };
  }
  return merged;
}

/** What would be filled in had nobody typed anything. */
export function initialStateOf(blocks: Json[]): FormState {
  return mergedState(nothingHeld, blocks);
}

/** The blocks of a view. */
export function blocksOf(view: Json): Json[] {
  return Array.isArray(view['blocks']) ? (view['blocks'] as Json[]) : [];
}

/** What is missing or wrong before anything is sent, by block id: Slack asks for it by itself. */
export function missingIn(blocks: Json[], state: FormState): Record<string, string> {
  const missing = blocks.filter((block) => block['type'] === 'input' && block['optional'] !== true);
  return Object.fromEntries(
    missing
      .filter((block) => Object.values(state[String(block['block_id'])] ?? {}).every(isEmpty))
      .map((block) => [String(block['block_id']), 'Please complete this required field.']),
  );
}

type Named = { block: string; action: string; name: string; type: string; element: Json };

function elementsOf(block: Json): Named[] {
  return fillable(block).map((element) => {
    const [id, action] = [String(block['block_id']), String(element['action_id'])];
    return {
      ...{ block: id, action, element },
      name: JSON.stringify([id, action]),
      type: String(element['type']),
    };
  });
}

function fillable(block: Json): Json[] {
  const accessory = block['accessory'] as Json | undefined;
  const all =
    block['type'] === 'input'
      ? [block['element'] as Json]
      : block['type'] === 'actions'
        ? (block['elements'] as Json[])
        : block['type'] === 'section' && accessory !== undefined
          ? [accessory]
          : [];
  return all.filter(({ type }) => type !== 'button');
}

function initialState(element: Json): InputState {
  const type = String(element['type']);
  switch (type) {
    case 'plain_text_input':
      return { type, value: element['initial_value'] ?? null };
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_external_select':
      return { type, selected_options: element['initial_options'] ?? [] };
    case 'datepicker':
      return { type, selected_date: element['initial_date'] ?? null };
    case 'timepicker':
      return { type, selected_time: element['initial_time'] ?? null };
    default:
      return { type, selected_option: element['initial_option'] ?? null };
  }
}

function isEmpty({ type: _, ...held }: InputState): boolean {
  return Object.values(held).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}
