import type { Screen, Values } from '../elements.ts';
import { choiceField, longField, personField } from '../fields.ts';
import { heading, ringYourself, teamToTell, text } from '../say.ts';
import { reader } from '../read-form.ts';
import { staffChoices } from './staff.ts';
import type { Raising } from './raising.ts';

/**
 * The 999 card: whom to ring and whom to find, and two short boxes that may stay empty. The adult question
 * stands above them, because an emergency is routed by person too. Source: decisions.md 1; scenario S1.
 */
export function emergencyScreen({ school, mint, draft }: Raising, typed: Values = {}): Screen {
  const { text: typedText } = reader(typed);
  return {
    title: 'Ring 999 now',
    elements: [
      heading('Ring 999 now'),
      text('Say who is in danger and where. Do not wait for this form, or for anybody.', 'danger'),
      text('Then tell one of these people face to face. Not anybody it is about.', 'strong'),
      { type: 'list', items: teamToTell(school) },
      text(ringYourself(school), 'quiet'),
    ],
    fields: [
      choiceField(
        {
          id: 'adult',
          label: 'Does this involve an adult who works or volunteers here?',
          required: true,
        },
        [
          { id: 'no', label: 'No' },
          { id: 'yes', label: 'Yes' },
          { id: 'not-sure', label: 'Not sure' },
        ],
        typedText('adult') || null,
      ),
      longField({ id: 'who', label: 'Who is in danger?' }, typedText('who') || null),
      longField({ id: 'where', label: 'Where are they now?' }, typedText('where') || null),
      personField(
        {
          id: 'subject',
          label: 'Which adult here?',
          help: 'Only if you know. They will not be told.',
        },
        staffChoices(school),
        mint.handle({ type: 'search-staff' }),
      ),
    ],
    submit: {
      label: 'Tell them now',
      handle: mint.handle({ type: 'raise', at: 'emergency', draft, link: null }),
    },
    buttons: [],
  };
}
