import type { Screen } from '../elements.ts';
import { audienceOf, laneOf, type Audience } from '../../domain/audience.ts';
import { involvementOf, type DraftContent } from '../draft.ts';
import { choiceField, personField, textField } from '../fields.ts';
import { ringYourself, text } from '../say.ts';
import { staffChoices } from './staff.ts';
import { optionsOf, questionOf, type Raising } from './raising.ts';

/** An adult here is involved: something they did, or something done to them, and who. Source: decisions.md 2 and 3. */
export function adultScreen(
  { school, policy, mint, draft }: Raising,
  content: DraftContent,
): Screen {
  return {
    title: 'About the adult',
    elements: [
      text(
        'If it is about something an adult here did, it does not go to the safeguarding team. It goes to the headteacher or the chair of governors.',
      ),
      text('You may ring the LADO yourself, about any adult here, at any time.', 'strong'),
      text(ringYourself(school), 'quiet'),
    ],
    fields: [
      choiceField(
        {
          id: 'part',
          label: questionOf(policy, 'spine/adult-part')?.title ?? 'What part did they have?',
          required: true,
        },
        optionsOf(policy, 'spine/adult-part'),
        content.adultPart,
      ),
      personField(
        {
          id: 'subject',
          label: 'Who is it?',
          help: 'They will not be told. Leave it empty if you do not know.',
        },
        staffChoices(school),
        mint.handle({ type: 'search-staff' }),
        content.subject,
      ),
      textField(
        { id: 'subject-typed', label: 'Not on the list? Write the name or what you know.' },
        content.subjectTyped,
      ),
    ],
    submit: {
      label: 'Next',
      handle: mint.handle({ type: 'raise', at: 'adult', draft, link: null }),
    },
    buttons: [mint.button('Back', { type: 'raise', at: 'back', draft, link: null })],
  };
}

/**
 * Where the concern goes, in one sentence: computed from the people, never from the office alone.
 */
export function whereItGoes(content: DraftContent, { school }: Raising): string {
  const involvement = involvementOf(content);
  const audience = audienceOf(laneOf(involvement), involvement, school.people);
  return goesToWords(audience);
}

export function goesToWords({ goesTo, lane, team }: Audience): string {
  switch (goesTo) {
    case 'safeguarding-team':
      return `This goes to the safeguarding team (${String(team.length)} ${team.length === 1 ? 'person' : 'people'}).`;
    case 'headteacher':
      return lane === 'manager'
        ? 'This goes to the headteacher, not to the safeguarding team.'
        : 'This goes to the headteacher, because nobody of the safeguarding team can take it.';
    case 'chair':
      return 'This goes to the chair of governors, and to nobody else. You may ring the LADO yourself.';
    case 'nobody':
      return 'It will be kept sealed, because nobody here can take it. Please ring the LADO or children’s social care yourself.';
  }
}
