import type { Screen } from '../elements.ts';
import { choicesField } from '../fields.ts';
import { ringYourself, text } from '../say.ts';
import type { DraftContent } from '../draft.ts';
import { officeChoices } from './staff.ts';
import { optionsOf, questionOf, type Raising } from './raising.ts';

/** Who it is about and what, before any free text, so that no text can land in the wrong place. Source: procedures.md G1, G3. */
export function aboutScreen(
  { school, policy, mint, draft }: Raising,
  content: DraftContent,
): Screen {
  const label = (step: string, fallback: string) => questionOf(policy, step)?.title ?? fallback;
  return {
    title: 'Raise a concern',
    elements: [text(ringYourself(school), 'quiet')],
    fields: [
      choicesField(
        {
          id: 'about',
          label: label('spine/about', 'Who is it about?'),
          help: 'Tick all that may be right.',
          required: true,
        },
        optionsOf(policy, 'spine/about'),
        content.about,
      ),
      choicesField(
        {
          id: 'kinds',
          label: label('spine/kind', 'What is it about?'),
          help: 'Tick all that may be right. You do not have to be sure.',
          required: true,
        },
        optionsOf(policy, 'spine/kind'),
        content.kinds,
      ),
      choicesField(
        {
          id: 'close',
          label: 'Is one of these people related or close to anybody involved?',
          help: 'They will not receive it. Leave it empty if not.',
        },
        officeChoices(school),
        content.close,
      ),
    ],
    submit: {
      label: 'Next',
      handle: mint.handle({ type: 'raise', at: 'about', draft, link: null }),
    },
    buttons: [],
  };
}
