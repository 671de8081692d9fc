import type { Screen, Values } from '../elements.ts';
import type { DraftContent } from '../draft.ts';
import { draftIsAllegation } from '../draft.ts';
import { choiceField, choicesField, longField, textField } from '../fields.ts';
import { reader } from '../read-form.ts';
import { ringYourself, text } from '../say.ts';
import { neverFor } from './never.ts';
import { whereItGoes } from './adult-screen.ts';
import { optionsOf, questionOf, type Raising } from './raising.ts';

/** The boxes of the concern itself, in the order in which they are read later. */
export const wordFields = {
  said: 'What was said or seen, in their words',
  thoughts: 'Your own thoughts',
  who: 'Who is it about? Full names, year or class',
  when: 'When was it, and where?',
  'from-whom': 'If somebody told you: who?',
  app: 'Which app or site?',
  link: 'Web address, if there is one',
  device: 'Which device, whose is it, and where is it now?',
  others: 'Who else knows?',
  done: 'What have you done so far?',
  'told-whom': 'Whom did you tell?',
} as const;

/** What a part of the concern is called where it is read. */
export function labelOfWords(field: string): string {
  const labels: Record<string, string> = {
    ...wordFields,
    'message-link': 'Link to a message in chat',
  };
  return labels[field] ?? field;
}

/** The last screen: what not to do, then the boxes, then where it goes. There is no place for a picture. Source: procedures.md G4. */
export function detailsScreen(raising: Raising, content: DraftContent): Screen {
  const { school, mint, draft } = raising;
  return {
    title: 'What happened?',
    elements: [
      { type: 'never', items: neverFor(raising.policy, content.kinds, draftIsAllegation(content)) },
      ...(content.link === null
        ? []
        : [
            text(
              'Only the link to the message is kept. Please leave the message where it is until the safeguarding team says otherwise.',
              'warning',
            ),
          ]),
      text(whereItGoes(content, raising), 'strong'),
      text(ringYourself(school), 'quiet'),
    ],
    fields: detailFields(raising, content.typed),
    submit: {
      label: 'Send',
      handle: mint.handle({ type: 'raise', at: 'details', draft, link: null }),
    },
    buttons: [mint.button('Back', { type: 'raise', at: 'back', draft, link: null })],
  };
}

function detailFields({ policy }: Raising, typed: Values) {
  const { text: was, list } = reader(typed);
  const box = (id: keyof typeof wordFields, help: string | null = null, required = false) =>
    longField({ id, label: wordFields[id], help, required }, was(id) || null);
  const line = (id: keyof typeof wordFields, help: string | null = null) =>
    textField({ id, label: wordFields[id], help }, was(id) || null);
  return [
    box(
      'said',
      'As exactly as you can. Describe a sexual picture only as far as a child told you.',
      true,
    ),
    box('thoughts', 'What you think or worry about, kept apart from what was said.'),
    box('who'),
    line('when'),
    choicesField(
      {
        id: 'how-known',
        label: questionOf(policy, 'spine/how-known')?.title ?? 'How do you know?',
      },
      optionsOf(policy, 'spine/how-known'),
      list('how-known'),
    ),
    line('from-whom'),
    line('app'),
    line('link', 'Type it. Do not open it again. It is kept so that nobody can click it.'),
    line('device', 'Leave it as it is. Do not look through it.'),
    line('others'),
    line('done'),
    choiceField(
      {
        id: 'told',
        label: 'Have you told one of the safeguarding team face to face or by phone?',
        help: 'If it is about one of them, tell the headteacher or the chair.',
        required: true,
      },
      optionsOf(policy, 'spine/told'),
      was('told') || null,
    ),
    line('told-whom'),
  ];
}
