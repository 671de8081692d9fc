import { clockTime } from '../../domain/deadlines.ts';
import type { Button, Screen } from '../elements.ts';
import { heading, ringYourself, text } from '../say.ts';
import type { Raising } from './raising.ts';

/**
 * The first screen, before any field: is anyone in danger right now? Source: procedures.md G0; scenario S1.
 * @param unfinished When an earlier concern of the same person was left unfinished (ISO instant), or null.
 */
export function dangerScreen(
  { school, mint, draft }: Raising,
  link: string | null,
  unfinished: { draft: string; at: string } | null,
): Screen {
  const go = (at: 'danger' | 'no-danger') => mint.handle({ type: 'raise', at, draft, link });
  return {
    title: 'Raise a concern',
    elements: [
      heading('Is anyone in danger right now?'),
      text(
        'A child hurt, missing, about to be hurt, or saying they will harm themselves. A serious crime going on.',
      ),
      text(ringYourself(school), 'quiet'),
      ...(unfinished === null
        ? []
        : [text(`You have an unfinished concern from ${clockTime(unfinished.at)}.`, 'strong')]),
    ],
    fields: [],
    submit: null,
    buttons: [
      { label: 'Yes, right now', handle: go('danger'), opens: 'inline', style: 'danger' },
      { label: 'No, or I’m not sure', handle: go('no-danger'), opens: 'inline', style: 'primary' },
      ...unfinishedButtons(mint, unfinished),
    ],
  };
}

function unfinishedButtons(mint: Raising['mint'], unfinished: { draft: string } | null): Button[] {
  if (unfinished === null) return [];
  const { draft } = unfinished;
  return [
    mint.button(
      'Continue the unfinished one',
      { type: 'raise', at: 'continue', draft, link: null },
      { opens: 'dialog' },
    ),
    mint.button('Discard it', { type: 'raise', at: 'discard', draft, link: null }),
  ];
}
