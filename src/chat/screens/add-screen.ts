import type { Action } from '../action.ts';
import type { Screen } from '../elements.ts';
import { choiceField, longField, personField } from '../fields.ts';
import type { Mint } from '../mint.ts';
import { ringYourself, text } from '../say.ts';
import type { School } from '../../domain/school.ts';
import { staffChoices } from './staff.ts';

type Own = Action & { type: 'add-words' };

/** Adding to one's own concern asks about an adult here first, before any text. Source: decisions.md 17. */
export function addAdultScreen(school: School, own: Own, mint: Mint): Screen {
  return {
    title: 'Add something',
    elements: [text('In danger? Ring 999 first.', 'danger'), text(ringYourself(school), 'quiet')],
    fields: [
      choiceField(
        {
          id: 'adult',
          label: 'Is what you add about an adult who works or volunteers here?',
          required: true,
        },
        [
          { id: 'no', label: 'No' },
          { id: 'done-by', label: 'Yes, something they did' },
          { id: 'done-to', label: 'Yes, something done to them' },
          { id: 'not-sure', label: 'I am not sure' },
        ],
      ),
      personField(
        { id: 'subject', label: 'If yes, who is it?', help: 'They will not be told.' },
        staffChoices(school),
        mint.handle({ type: 'search-staff' }),
      ),
    ],
    submit: { label: 'Next', handle: mint.handle({ ...own, at: 'adult' }) },
    buttons: [],
  };
}

export function addWordsScreen(own: Own, goesTo: string, mint: Mint): Screen {
  return {
    title: 'Add something',
    elements: [text(goesTo, 'strong')],
    fields: [
      longField({
        id: 'said',
        label: 'What do you want to add?',
        help: 'In their words, where you can.',
        required: true,
      }),
      longField({ id: 'thoughts', label: 'Your own thoughts' }),
    ],
    submit: { label: 'Send', handle: mint.handle({ ...own, at: 'words' }) },
    buttons: [],
  };
}
