import { z } from 'zod';
import type { Values } from '../chat/elements.ts';
import { inputAction, readFieldBlockId } from './field-block.ts';
import { orNull, type ViewPayload } from './payload.ts';
import type { Shown } from './render-screen.ts';

/*
 * What somebody typed, out of the view that Slack echoes.
 */

const option = z.looseObject({ value: z.string().max(200) });

const stateSchema = z.object({
  type: z.string(),
  value: orNull(z.string()),
  selected_option: orNull(option),
  selected_options: orNull(z.array(option).max(100)),
  selected_date: orNull(z.string()),
  selected_time: orNull(z.string()),
});

/** What one input holds: an option, a list of options, a date, a time or text. */
export type InputState = z.output<typeof stateSchema>;
type Typed = { field: string; edition: number; part: number; value: string | string[] };

/** Everything that was filled in. Null when the state names inputs that the view does not have. */
export function readValues(view: ViewPayload): Values | null {
  const typed = readTyped(view);
  return typed === null ? null : joined(typed);
}

/** What an update of this window must know of it. */
export function shownIn(view: ViewPayload): Shown {
  const typed = readTyped(view) ?? [];
  return {
    title: view.title?.text ?? '',
    values: joined(typed),
    editions: Object.fromEntries(typed.map(({ field, edition }) => [field, edition])),
  };
}

/** The block id of the input that a field begins with, or null when the view has no such field. */
export function blockOfField(view: ViewPayload, field: string): string | null {
  const block = inputBlocks(view).find((blockId) => readFieldBlockId(blockId)?.field === field);
  return block ?? null;
}

/** The block ids of the inputs, in the order they are shown. */
export function inputBlocks(view: ViewPayload): string[] {
  return view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
}

/** What one input holds. */
export function stateOf(view: ViewPayload, blockId: string): InputState | null {
  const held = view.state?.values[blockId]?.[inputAction];
  return stateSchema.safeParse(held).data ?? null;
}

function readTyped(view: ViewPayload): Typed[] | null {
  const blocks = inputBlocks(view);
  const held = Object.keys(view.state?.values ?? {});
  if (held.some((blockId) => !blocks.includes(blockId))) return null;
  return blocks.flatMap((blockId) => {
    const block = readFieldBlockId(blockId);
    return block === null ? [] : [{ ...block, value: valueOf(stateOf(view, blockId)) }];
  });
}

function valueOf(state: InputState | null): string | string[] {
  if (state === null) return '';
  if (state.selected_options !== null) return state.selected_options.map(({ value }) => value);
  const one = state.selected_option?.value ?? state.selected_date ?? state.selected_time;
  return one ?? state.value ?? '';
}

function joined(typed: Typed[]): Values {
  const values: Values = {};
  for (const { field, value } of typed) {
    const before = values[field];
    values[field] =
      typeof before === 'string' && typeof value === 'string' ? glue(before, value) : value;
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.length > 0));
}

/** A split text is glued where it was cut; what was typed into a second box begins a new line. */
function glue(before: string, after: string): string {
  if (before === '' || after === '') return before + after;
  return /\s$/u.test(before) || before.length >= cutLength ? before + after : `${before}\n${after}`;
}

/** A piece this long was cut by us and not ended by the writer. */
const cutLength = 2999;
