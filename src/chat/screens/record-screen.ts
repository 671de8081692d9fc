import type { CaseDetails } from '../../app/view-case.ts';
import { nameOf } from '../../app/view-case.ts';
import type { CaseEvent, RecordedEvent } from '../../domain/case-events.ts';
import { dayAndTime } from '../../domain/deadlines.ts';
import { citationsOf } from '../../domain/policy.ts';
import { withoutNames } from '../../domain/redact.ts';
import { labelOf } from '../../domain/urgency.ts';
import { citationWords } from '../cards/walk-elements.ts';
import { childWord } from '../cards/step-words.ts';
import { chronicle } from '../chronicle.ts';
import type { Button, Fact, Screen, ScreenElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { heading, text } from '../say.ts';
import { labelOfWords } from './details-screen.ts';

const perPage = 12;

/** What is copied into a child's file, and for which child. */
export type RecordOf = {
  details: CaseDetails;
  /** Null: no child was named, and everything stands in it. */
  child: string | null;
  page: number;
  /** Names of the sources of national guidance, by their ids. */
  sources: ReadonlyMap<string, string>;
  mint: Mint;
};

/** Asks for whom, when there is more than one child: each family's record is its own. */
export function chooseRecordScreen({ state }: CaseDetails, mint: Mint): Screen {
  return {
    title: 'For the child’s file',
    elements: [
      text('For which child? The names of the other children are left out.'),
      {
        type: 'private-facts',
        facts: state.children.map(({ id, name }) => ({
          label: childWord(state.children, id),
          value: name,
        })),
      },
    ],
    fields: [],
    submit: null,
    buttons: [
      ...state.children.map(({ id }) =>
        mint.button(`For ${childWord(state.children, id)}`, {
          type: 'show-record',
          case: state.id,
          child: id,
          page: 0,
        }),
      ),
      back(state.id, mint),
    ],
  };
}

/**
 * The case in the order in which it happened, to be copied into the child's file: the concern, what was done and
 * decided and why, how it ended, under which version of the procedure and by which clauses. Of the other children
 * it has neither the names nor what was decided about them alone. Source: scenarios S20 and S51.
 */
export function recordScreen(record: RecordOf): Screen {
  const { details, page } = record;
  const events = eventsFor(record);
  const shown = events.slice(page * perPage, (page + 1) * perPage);
  return {
    title: 'For the child’s file',
    elements: [
      ...(page === 0 ? opening(record) : []),
      heading('What was done'),
      ...shown.map((event): ScreenElement => ({
        type: 'words',
        label: dayAndTime(event.at),
        text: lineOf(record, event),
      })),
    ],
    fields: [],
    submit: null,
    buttons: [
      ...(events.length > (page + 1) * perPage ? [turn(record, 'Next page', page + 1)] : []),
      ...(page > 0 ? [turn(record, 'Page before', page - 1)] : []),
      back(details.state.id, record.mint),
    ],
  };
}

function turn({ details, child, mint }: RecordOf, label: string, page: number): Button {
  return mint.button(label, { type: 'show-record', case: details.state.id, child, page });
}

function back(caseId: string, mint: Mint): Button {
  return mint.button('Back', { type: 'show-details', case: caseId, page: 0 });
}

function opening(record: RecordOf): ScreenElement[] {
  const { details } = record;
  const { state, policy, walk, concerns } = details;
  const facts: Fact[] = [
    { label: 'Reference', value: state.reference },
    { label: 'About', value: labelOf(policy, walk.running, state.lane === 'manager') },
    { label: 'Raised', value: dayAndTime(state.raisedAt) },
    { label: 'Procedure', value: `${policy.pack.policy}, version ${String(state.policy.version)}` },
    ...(state.closedAt === null
      ? [{ label: 'Closed', value: 'not yet' }]
      : [{ label: 'Closed', value: dayAndTime(state.closedAt) }]),
  ];
  return [
    text(
      'Please read it before you copy it: only names that were recorded as a child’s are left out. Copying it is in the record.',
      'quiet',
    ),
    { type: 'private-facts', facts: [...facts, ...childFacts(record)] },
    ...concerns.flatMap((concern, index): ScreenElement[] => [
      heading(index === 0 ? 'The concern' : 'Added later'),
      ...Object.entries(concern.words).map(([field, value]): ScreenElement => ({
        type: 'words',
        label: labelOfWords(field),
        text: redacted(record, value),
      })),
    ]),
  ];
}

function childFacts({ details, child }: RecordOf): Fact[] {
  const { children } = details.state;
  return children
    .filter(({ id }) => id === child)
    .map(({ name, year }) => ({
      label: 'Child',
      value: [name, year].filter(Boolean).join(', '),
    }));
}

/** Reading and telling are in the chronology of the case, not in a child's file. */
const notForAFile: readonly CaseEvent['type'][] = ['viewed', 'reached', 'not-reached'];

/** Oldest first, without what is about another child alone. */
function eventsFor({ details, child }: RecordOf): RecordedEvent[] {
  return details.events.filter(({ event }) => {
    if (notForAFile.includes(event.type)) return false;
    if (child === null) return true;
    if (event.type === 'answered')
      return event.answer.child === null || event.answer.child === child;
    return event.type === 'child-named' ? event.child === child : true;
  });
}

function lineOf(record: RecordOf, event: RecordedEvent): string {
  const { details } = record;
  const said = `${nameOf(details.school.people, event.actor)}: ${chronicle(details, event)}`;
  return [redacted(record, said), ...clausesOf(record, event)].join(' ');
}

function clausesOf({ details, sources }: RecordOf, { event }: RecordedEvent): string[] {
  if (event.type !== 'answered') return [];
  const step = details.policy.steps.get(event.answer.step);
  if (step === undefined) return [];
  const cited = citationsOf(details.policy, step, new Set(details.walk.running));
  return cited.length === 0
    ? []
    : [`(${cited.map((citation) => citationWords(citation, sources)).join('; ')})`];
}

function redacted({ details, child }: RecordOf, words: string): string {
  if (child === null) return words;
  const { children } = details.state;
  const others = children
    .filter(({ id }) => id !== child)
    .map(({ id, name }) => ({ name, as: childWord(children, id) }));
  const kept = children.filter(({ id }) => id === child).map(({ name }) => name);
  return withoutNames(words, others, kept);
}
