import type { Screen } from '../elements.ts';
import { text } from '../say.ts';
import type { Raising } from './raising.ts';
import { choiceField, personField } from '../fields.ts';
import { staffChoices } from './staff.ts';

/**
 * A name in the text is also on the staff list, and no adult here was ticked. The reporter is asked before
 * anything is sent; nothing is decided from the text. Source: assurance.md, bad input 73.
 */
export function adultCheckScreen({ school, mint, draft }: Raising): Screen {
  return {
    title: 'One more question',
    elements: [
      text('You wrote a name that is also on the staff list.'),
      text(
        'If an adult here may have done something wrong, it must not go to the safeguarding team.',
        'strong',
      ),
    ],
    fields: [
      choiceField(
        { id: 'part', label: 'Is this about something an adult here did?', required: true },
        [
          { id: 'no', label: 'No. They helped, or were only there.' },
          { id: 'done-by', label: 'Yes' },
          { id: 'not-sure', label: 'I am not sure' },
        ],
      ),
      personField(
        { id: 'subject', label: 'If yes, who is it?', help: 'They will not be told.' },
        staffChoices(school),
        mint.handle({ type: 'search-staff' }),
      ),
    ],
    submit: {
      label: 'Send',
      handle: mint.handle({ type: 'raise', at: 'adult-check', draft, link: null }),
    },
    buttons: [mint.button('Back', { type: 'raise', at: 'back', draft, link: null })],
  };
}

/**
 * A name in the text is that of somebody who would receive a concern about an adult. It is not repeated here:
 * this screen may stand in a chat.
 */
export function recipientCheckScreen({ mint, draft }: Raising): Screen {
  return {
    title: 'One more question',
    elements: [
      text('You wrote the name of somebody who would receive this.'),
      text('It must not go to anybody it is about, or who is close to it.', 'strong'),
    ],
    fields: [
      choiceField(
        {
          id: 'involved',
          label: 'Is it about that person, or are they close to it?',
          required: true,
        },
        [
          { id: 'no', label: 'No. They helped, or were only there.' },
          { id: 'yes', label: 'Yes' },
          { id: 'not-sure', label: 'I am not sure' },
        ],
      ),
    ],
    submit: {
      label: 'Send',
      handle: mint.handle({ type: 'raise', at: 'recipient-check', draft, link: null }),
    },
    buttons: [mint.button('Back', { type: 'raise', at: 'back', draft, link: null })],
  };
}
