import type { Button, Card } from '../elements.ts';
import { heading, text } from '../say.ts';

/** The person works at more than one school of this tenant. */
export function schoolsCard(buttons: Button[]): Card {
  return {
    kind: 'which-school',
    summary: 'Which school is it about?',
    elements: [
      heading('Which school is it about?'),
      text('In danger, ring 999 first.', 'danger'),
      { type: 'buttons', buttons },
    ],
  };
}
