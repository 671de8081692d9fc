import type { CaseDetails } from '../../app/view-case.ts';
import { nameOf } from '../../app/view-case.ts';
import type { RecordedEvent } from '../../domain/case-events.ts';
import { dayAndTime } from '../../domain/deadlines.ts';
import { childWord } from '../cards/step-words.ts';
import { pointerLine } from '../cards/case-cards.ts';
import type { Button, Fact, Screen, ScreenElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { heading, text } from '../say.ts';
import { chronicle } from '../chronicle.ts';
import { labelOfWords } from './details-screen.ts';

const perPage = 15;

/**
 * The concern as it was written, the people, and the chronology with who was told and when. Shown only to
 * somebody entitled now; each reading is in the record.
 */
export function caseDetailsScreen(
  details: CaseDetails,
  page: number,
  reader: { id: string; holder: boolean; exports: boolean },
  mint: Mint,
): Screen {
  const { state } = details;
  return {
    title: state.reference,
    elements: [
      text(pointerLine(details), 'strong'),
      ...(page === 0 ? firstPage(details) : []),
      ...chronology(details, page),
    ],
    fields: [],
    submit: null,
    buttons: [
      ...(hasMore(details, page)
        ? [mint.button('Earlier', { type: 'show-details', case: state.id, page: page + 1 })]
        : []),
      ...(reader.holder ? holderButtons(details, mint) : []),
      ...(reader.exports
        ? [
            mint.button('For the child’s file', {
              type: 'show-record',
              case: state.id,
              child: null,
              page: 0,
            }),
          ]
        : []),
      ...(state.holder === null && state.closedAt === null
        ? [mint.button('Claim', { type: 'claim', case: state.id }, { style: 'primary' })]
        : []),
      mint.button('I must not handle this', { type: 'ask', case: state.id, what: 'conflict' }),
    ],
  };
}

/** What the holder may do with the case as a whole, besides walking it. */
function holderButtons({ state }: CaseDetails, mint: Mint): Button[] {
  const ask = (label: string, what: 'urgency' | 'link' | 'unclaim') =>
    mint.button(label, { type: 'ask', case: state.id, what });
  return [
    mint.button('What to do', { type: 'show-walk', case: state.id }),
    ...(state.closedAt === null ? [ask('How urgent it is', 'urgency')] : []),
    ask('Link to another', 'link'),
    ...(state.closedAt === null ? [ask('Give it back', 'unclaim')] : []),
  ];
}

function firstPage(details: CaseDetails): ScreenElement[] {
  const { concerns, state, school } = details;
  return [
    ...concerns.flatMap((concern, index): ScreenElement[] => [
      { type: 'divider' },
      heading(index === 0 ? 'The concern' : 'Added later'),
      {
        type: 'private-facts',
        facts: [
          {
            label: 'Raised by',
            value: `${nameOf(school.people, concern.reporter)}, ${dayAndTime(concern.raisedAt)}`,
          },
        ],
      },
      ...wordElements(concern.words),
    ]),
    ...peopleElements(details),
    ...(state.source === 'picture'
      ? [
          text(
            'Somebody sent a picture or a file to the bot. It was not opened. Please speak to the person who raised this.',
            'warning',
          ),
        ]
      : []),
  ];
}

function wordElements(words: Readonly<Record<string, string>>): ScreenElement[] {
  return Object.entries(words).map(([field, value]) => ({
    type: 'words',
    label: labelOfWords(field),
    text: value,
  }));
}

function peopleElements({ state, school }: CaseDetails): ScreenElement[] {
  const children: Fact[] = state.children.map((child) => ({
    label: childWord(state.children, child.id),
    value: [child.name, child.year, ...(child.elsewhere ? ['another school'] : [])]
      .filter(Boolean)
      .join(', '),
  }));
  const adults: Fact[] = [
    ...state.involvement.subjects.map((id) => ({
      label: 'Adult here',
      value: nameOf(school.people, id),
    })),
    ...(state.subjectTyped === null
      ? []
      : [{ label: 'Adult, as written', value: state.subjectTyped }]),
  ];
  const facts = [...children, ...adults];
  return facts.length === 0
    ? []
    : [{ type: 'divider' }, heading('People'), { type: 'private-facts', facts }];
}

function hasMore({ events }: CaseDetails, page: number): boolean {
  return events.length > (page + 1) * perPage;
}

/** Newest first. */
function chronology(details: CaseDetails, page: number): ScreenElement[] {
  const events = details.events.toReversed().slice(page * perPage, (page + 1) * perPage);
  return [
    { type: 'divider' },
    heading('What happened'),
    ...events.map((event): ScreenElement => ({
      type: 'words',
      label: dayAndTime(event.at),
      text: line(details, event),
    })),
  ];
}

function line(details: CaseDetails, event: RecordedEvent): string {
  return `${nameOf(details.school.people, event.actor)}: ${chronicle(details, event)}`;
}
