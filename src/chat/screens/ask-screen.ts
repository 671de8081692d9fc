import type { CaseView } from '../../app/view-case.ts';
import { readersOf } from '../../domain/case.ts';
import { childParts, type ChildPart } from '../../domain/procedure.ts';
import type { WalkStep } from '../../domain/walk.ts';
import type { AskedOf } from '../action.ts';
import { titleOf } from '../cards/step-words.ts';
import type { Choice, Field, Screen, ScreenElement } from '../elements.ts';
import { choiceField, choicesField, longField, personField, textField } from '../fields.ts';
import type { Mint } from '../mint.ts';
import { text } from '../say.ts';
import { staffChoices } from './staff.ts';
import { goElements } from './steps-screen.ts';

type Asked = { title: string; submit: string; says: ScreenElement[]; fields: Field[] };

/** A short form about a case: a note, a hand-over, a reason, a name. */
export function askScreen(view: CaseView, what: AskedOf, actor: string, mint: Mint): Screen {
  const asked = screens[what](view, actor, mint);
  return {
    title: asked.title,
    elements: asked.says,
    fields: asked.fields,
    submit: {
      label: asked.submit,
      handle: mint.handle({ type: 'save', case: view.state.id, what }),
    },
    buttons: [mint.button('Back', { type: 'show-walk', case: view.state.id })],
  };
}

type Draw = (view: CaseView, actor: string, mint: Mint) => Asked;

const reasonField = (label: string) => longField({ id: 'reason', label, required: true });

const screens: Record<AskedOf, Draw> = {
  note: () => ({
    title: 'Note',
    submit: 'Save',
    says: [
      text('A note stays in the record as you wrote it. It cannot be changed, only added to.'),
    ],
    fields: [longField({ id: 'text', label: 'Note', required: true })],
  }),
  'hand-over': (view, actor) => ({
    title: 'Hand over',
    submit: 'Hand over',
    says: [text('They hold it from then on, and see everything in it.')],
    fields: [choiceField({ id: 'to', label: 'To whom?', required: true }, colleagues(view, actor))],
  }),
  unclaim: () => ({
    title: 'Give it back',
    submit: 'Give it back',
    says: [text('It goes back to the others, unclaimed.')],
    fields: [longField({ id: 'reason', label: 'Why?' })],
  }),
  conflict: () => ({
    title: 'I must not handle this',
    submit: 'Pass it on',
    says: [
      text('Because you are close to somebody involved, or it is about you.'),
      text('You lose sight of it now, and the next person is told. That is the right thing to do.'),
    ],
    fields: [],
  }),
  urgency: ({ state }) => ({
    title: 'How urgent?',
    submit: 'Save',
    says: [],
    fields: [
      choiceField(
        { id: 'to', label: 'How urgent is it?', required: true },
        urgencies,
        state.urgency,
      ),
      reasonField('Why?'),
    ],
  }),
  close: closing,
  reopen: () => ({
    title: 'Open it again',
    submit: 'Open it again',
    says: [],
    fields: [reasonField('Why?')],
  }),
  'send-back': () => ({
    title: 'Send it back',
    submit: 'Send it back',
    says: [text('It stays open, and the person who asked for the closing reads your reason.')],
    fields: [reasonField('What is still missing?')],
  }),
  child: () => ({
    title: 'Name a child',
    submit: 'Save',
    says: [text('One child at a time. The name stands in the record and in no message.')],
    fields: childFields(),
  }),
  adult: ({ school }, _actor, mint) => ({
    title: 'Who is it?',
    submit: 'Save',
    says: [text('This keeps the concern from reaching them. They are not told.')],
    fields: [
      personField(
        { id: 'person', label: 'On the staff list' },
        staffChoices(school),
        mint.handle({ type: 'search-staff' }),
      ),
      textField({ id: 'typed', label: 'Not on the list? Write the name.' }),
    ],
  }),
  link: () => ({
    title: 'Link to another',
    submit: 'Link',
    says: [],
    fields: [
      textField({ id: 'reference', label: 'Reference of the other one', required: true }),
      choiceField({ id: 'as', label: 'How do they belong together?', required: true }, [
        { id: 'duplicate-of', label: 'This is the same concern as that one' },
        { id: 'related', label: 'They are related' },
      ]),
    ],
  }),
  'child-side': () => ({
    title: 'For the child',
    submit: 'Send',
    says: [
      text('The safeguarding team gets a case of its own, to protect and support the child.'),
      text('Do not write the adult’s name, or anything that shows who it is.', 'warning'),
    ],
    fields: [
      longField({ id: 'child', label: 'Which child? Full name, year or class', required: true }),
      longField({ id: 'said', label: 'What the team needs to know', required: true }),
    ],
  }),
};

const urgencies: Choice[] = [
  { id: 'routine', label: 'Routine' },
  { id: 'urgent', label: 'Urgent' },
  { id: 'emergency', label: 'Emergency' },
];

function colleagues({ state, school }: CaseView, actor: string): Choice[] {
  return readersOf(state, school.people)
    .filter((id) => id !== actor)
    .map((id) => ({ id, label: school.people.find((person) => person.id === id)?.name ?? '' }));
}

const partLabels: Record<ChildPart, string> = {
  harmed: 'May have been harmed, or is at risk',
  pictured: 'Is in a picture',
  alleged: 'May have done it',
  shared: 'Passed something on',
  received: 'Received something',
  witness: 'Saw or heard it',
  other: 'Something else',
};

function childFields(): Field[] {
  return [
    textField({ id: 'name', label: 'Full name', required: true }),
    textField({ id: 'year', label: 'Year or class' }),
    choicesField(
      { id: 'parts', label: 'What has this child to do with it?', required: true },
      childParts.map((part) => ({ id: part, label: partLabels[part] })),
    ),
    choiceField({ id: 'elsewhere', label: 'Is this child at this school?', required: true }, [
      { id: 'here', label: 'Yes' },
      { id: 'elsewhere', label: 'No, at another school or place' },
    ]),
  ];
}

/** Closing: refused in advance with the list of what is missing; otherwise the end, the summary and the outcome. */
function closing(view: CaseView, _actor: string, mint: Mint): Asked {
  const { walk } = view;
  if (walk.missing.length > 0) return missing(view, mint);
  const ends = walk.ends.map(({ end, available }) => ({
    id: end.ref,
    label: end.title,
    ...(available || end.requires_words === undefined ? {} : { help: end.requires_words }),
  }));
  return {
    title: 'Close',
    submit: 'Ask to close it',
    says: [text('A second person reads it and confirms. Until then it stays open.')],
    fields: [
      choiceField({ id: 'end', label: 'How does it end?', required: true }, ends),
      longField({
        id: 'summary',
        label: 'Summary: what the concern was and what was done',
        required: true,
      }),
      longField({ id: 'outcome', label: 'Outcome', required: true }),
      longField({ id: 'reason', label: 'Reasons, above all for what was not done' }),
    ],
  };
}

/**
 * What stays locked can still be decided against, where that is the holder's to decide or nothing may ever be
 * deleted: that is how a case ends when the police say that it must stay.
 */
function canBeLeft({ need, acts, kind }: WalkStep['step']): boolean {
  return kind !== 'question' && (need === 'judgement' || acts.includes('delete'));
}

function missing(view: CaseView, mint: Mint): Asked {
  const { walk, state } = view;
  const items = walk.missing.map(
    (place) =>
      `${titleOf(place, state.children)}${place.state === 'awaiting' ? ': their answer' : ''}`,
  );
  const doable = walk.missing.filter(({ state: at, step }) => at !== 'locked' || canBeLeft(step));
  return {
    title: 'Not yet',
    submit: 'Try again',
    says: [
      text('It cannot be closed yet. This is missing:', 'strong'),
      { type: 'list', items },
      ...goElements(view, mint, doable),
    ],
    fields: [],
  };
}
