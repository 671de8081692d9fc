import type { Block } from './block-kit.ts';
import { plainText } from './block-kit.ts';
import { words } from './words.ts';

/** The one button of the adapter's own: it asks to raise a concern, as /concern does. */
export const raiseAction = 'raise';

/** A message that opens the form: a form cannot stand in a chat, where Slack would keep what is typed. */
export function openFormBlocks(): Block[] {
  return [
    { type: 'section', text: plainText(words.openForm) },
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          action_id: raiseAction,
          text: plainText(words.openFormButton),
          style: 'primary',
        },
      ],
    },
  ];
}
