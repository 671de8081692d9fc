import { type Block, type ModalView, plainText } from './block-kit.ts';
import { inputAction } from './field-block.ts';
import type { ViewPayload } from './payload.ts';
import { paragraphs, richBlocks } from './rich-text.ts';
import { type InputState, stateOf } from './view-state.ts';

/** The same window as it was left, with a sentence on top. Everything typed is still in it. */
export function viewAgain(view: ViewPayload, message: string): ModalView {
  const blocks = view.blocks.filter(({ block_id }) => block_id !== problemBlock);
  return {
    type: 'modal',
    callback_id: view.callback_id,
    title: plainText(view.title?.text ?? ''),
    ...(view.submit == null ? {} : { submit: plainText(view.submit.text) }),
    ...(view.close == null ? {} : { close: plainText(view.close.text) }),
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
  const element = Object.entries(block['element'] ?? {}).filter(([key]) => !key.startsWith('initial_'));
  const typed = { ...Object.fromEntries(element), action_id: inputAction };
  return { ...block, element: { ...typed, ...initialOf(stateOf(view, block.block_id)) } } as unknown as Block;
}

function initialOf(state: InputState | null): Record<string, unknown> {
  if (state === null) return {};
  const held = {
    initial_value: state.value,
    initial_option: state.selected_option,
    initial_options: state.selected_options?.length === 0 ? null : state.selected_options,
    initial_date: state.selected_date,
    initial_time: state.selected_time,
  };
  return Object.fromEntries(Object.entries(held).filter(([, value]) => value != null && value !== ''));
}
