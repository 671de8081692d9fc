import type { Button, Card, CardElement } from '../elements.ts';
import { heading, text } from '../say.ts';
import { stopWords } from './plain-cards.ts';

/** The person works at more than one school of this tenant. A picture is stopped before anything is asked. */
export function schoolsCard(buttons: Button[], picture: boolean): Card {
  const first: CardElement[] = picture
    ? [...stopWords(), text('Tell a member of the safeguarding team face to face now.', 'strong')]
    : [];
  return {
    kind: 'which-school',
    summary: picture ? 'Stop. Please do not send pictures here.' : 'Which school is it about?',
    elements: [
      ...first,
      heading('Which school is it about?'),
      text('In danger, ring 999 first.', 'danger'),
      { type: 'buttons', buttons },
    ],
  };
}
