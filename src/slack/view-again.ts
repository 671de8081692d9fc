import { type Block, type ModalView, plainText } from './block-kit.ts';
import { inputAction } from './field-block.ts';
import type { ViewPayload } from './payload.ts';
import { textView } from './render-card.ts';
import { paragraphs, quote, richBlocks } from './rich-text.ts';
import { type InputState, readValues, stateOf } from './view-state.ts';

/** The same window as it was left, with a sentence on top. Everything typed is still in it. */
export function viewAgain(view: ViewPayload, message: string): ModalView {
  const blocks = view.blocks.filter(({ block_id }) => block_id !== problemBlock);
  return {
    type: 'modal',
    callback_id: view.callback_id,
    title: plainText(view.title?.text ?? ''),
    ...(view.submit === null ? {} : { submit: plainText(view.submit.text) }),
    ...(view.close === null ? {} : { close: plainText(view.close.text) }),
    private_metadata: view.private_metadata,
    blocks: [...problem(message), ...blocks.map((block) => withTyped(view, block))],
  };
}

const problemBlock = 'problem';

function problem(message: string): Block[] {
  const [block] = richBlocks(paragraphs(`⚠️ ${message}`, { bold: true }));
  return block === undefined ? [] : [{ ...block, block_id: problemBlock }];
}

/** Slack echoes a block as it was sent; what was typed into it stands in the state. */
function withTyped(view: ViewPayload, block: ViewPayload['blocks'][number]): Block {
  if (block.type !== 'input') return block as unknown as Block;
  const sent = Object.entries(block['element'] ?? {}).filter(
    ([key]) => !key.startsWith('initial_'),
  );
  const element: Record<string, unknown> = { ...Object.fromEntries(sent), action_id: inputAction };
  const initial = initialOf(stateOf(view, block.block_id), element['options']);
  return { ...block, element: { ...element, ...initial } } as unknown as Block;
}

function initialOf(state: InputState | null, options: unknown): Record<string, unknown> {
  if (state === null) return {};
  const chosen = (state.selected_options ?? []).map((option) => asOffered(option, options));
  const held = {
    initial_value: state.value,
    initial_option:
      state.selected_option === null ? null : asOffered(state.selected_option, options),
    initial_options: chosen.length === 0 ? null : chosen,
    initial_date: state.selected_date,
    initial_time: state.selected_time,
  };
  return Object.fromEntries(
    Object.entries(held).filter(([, value]) => value !== null && value !== ''),
  );
}

/** Slack takes an initial option only when it is exactly one of the options. */
function asOffered(option: { value: string }, options: unknown): unknown {
  if (!Array.isArray(options)) return option;
  return options.find((one: { value?: unknown }) => one.value === option.value) ?? option;
}

/**
 * What was typed, to read and to copy: for when Slack will not draw the form again. Nothing that
 * somebody wrote may vanish with a window.
 */
export function typedView(view: ViewPayload, message: string): ModalView {
  const typed = readValues(view) ?? {};
  const parts = Object.values(typed).flatMap((value) => quote([value].flat().join(', ')));
  return { ...textView(message), blocks: [...problem(message), ...richBlocks(parts)] };
}
