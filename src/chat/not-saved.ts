import { strangerCard } from './cards/plain-cards.ts';
import type { Interaction, Reply } from './interaction.ts';

const words =
  'Not saved. Please try again in a minute. Do not wait for this app: tell one of the safeguarding team face to face now. In danger, ring 999.';

/** Something failed inside. The person hears that nothing was saved; a form stays as they left it. */
export function notSaved({ type }: Interaction): Reply {
  switch (type) {
    case 'submitted':
      return { type: 'problem', message: words, fields: {} };
    case 'pressed':
      return { type: 'notice', text: words };
    case 'said':
    case 'asked-to-raise':
      return {
        type: 'message',
        card: {
          kind: 'not-saved',
          summary: 'That was not saved.',
          elements: [{ type: 'text', text: words, tone: 'danger' }],
        },
      };
    case 'searched':
      return { type: 'choices', choices: [] };
    case 'home-opened':
      return {
        type: 'home',
        card: { ...strangerCard(), elements: [{ type: 'text', text: words, tone: 'danger' }] },
      };
    case 'became-reachable':
    case 'account-ended':
      return { type: 'nothing' };
  }
}
