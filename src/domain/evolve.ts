import type { Answer } from './answer.ts';
import { isAllegation, laneOf, type Involvement } from './audience.ts';
import { movesTheCase, type CaseEvent, type RecordedEvent } from './case-events.ts';
import type { CaseState, Closing, NamedChild } from './case.ts';
import { asPart } from './adult-part.ts';
import { union } from './union.ts';
import { moreUrgent } from './urgency.ts';

/** Builds a case from its first event and whatever followed. Throws if the first is not `concern-raised`. */
export function replay(id: string, events: readonly RecordedEvent[]): CaseState {
  const [first, ...rest] = events;
  if (first?.event.type !== 'concern-raised')
    throw new Error(`case ${id} does not begin with a concern`);
  return rest.reduce(evolve, begin(id, first, first.event));
}

function begin(
  id: string,
  recorded: RecordedEvent,
  event: CaseEvent & { type: 'concern-raised' },
): CaseState {
  const { about, adultPart, subjects, conflicts } = event;
  const involvement: Involvement = { about, adultPart, subjects, conflicts };
  return {
    id,
    reference: event.reference,
    reporter: event.reporter,
    raisedAt: recorded.at,
    policy: event.policy,
    source: event.source,
    concerns: [event.concern],
    lane: laneOf(involvement),
    allegation: isAllegation(involvement),
    involvement,
    subjectTyped: event.subjectTyped,
    urgency: event.urgency,
    holder: null,
    waitingSince: recorded.at,
    seenAt: null,
    alerted: [],
    escalation: 0,
    children: [],
    answers: event.answers,
    tasks: [],
    closing: null,
    closedAs: null,
    closedAt: null,
    links: [],
    withheld: [],
    movedAt: null,
    version: 1,
    touched: { '': { version: 1, by: recorded.actor, at: recorded.at } },
  };
}

/** The case after one more event. Pure; every event is possible in every state, since it has happened. */
export function evolve(before: CaseState, recorded: RecordedEvent): CaseState {
  if (!movesTheCase(recorded.event.type)) return before;
  const after = applied(before, recorded, recorded.event);
  const version = before.version + 1;
  const mark = { version, by: recorded.actor, at: recorded.at };
  return { ...after, version, touched: { ...after.touched, [touchedBy(recorded.event)]: mark } };
}

/** Which part of the case an event touches: an answer touches its own slot, most others the case. */
function touchedBy(event: CaseEvent): string {
  switch (event.type) {
    case 'answered':
      return `${event.answer.step}@${event.answer.child ?? ''}#${event.answer.part}`;
    case 'noted':
    case 'words-added':
    case 'worry-repeated':
    case 'task-given':
    case 'task-declined':
    case 'child-named':
    case 'adult-named':
    case 'linked':
    case 'picture-dropped':
    case 'alerted':
      return event.type;
    case 'concern-raised':
    case 'claimed':
    case 'unclaimed':
    case 'handed-over':
    case 'conflict-declared':
    case 'moved-to-manager':
    case 'released-to-lead':
    case 'urgency-changed':
    case 'closing-proposed':
    case 'closing-returned':
    case 'closed':
    case 'reopened':
    case 'policy-switched':
    case 'viewed':
    case 'reached':
    case 'not-reached':
      return '';
  }
}

function applied(state: CaseState, { actor, at, seq }: RecordedEvent, event: CaseEvent): CaseState {
  switch (event.type) {
    case 'claimed':
      return { ...state, holder: actor, seenAt: seenAt(state, at) };
    case 'unclaimed':
      return { ...state, holder: null, waitingSince: at };
    case 'handed-over':
      return { ...state, holder: event.to };
    case 'conflict-declared':
      return waiting(state, withConflict(state, event.person), at);
    case 'answered':
      return withAnswer(state, event.answer);
    case 'child-named':
      return {
        ...state,
        children: [...state.children.filter(({ id }) => id !== event.child), namedChild(event)],
      };
    case 'adult-named':
      return waiting(state, withAdult(state, event), at);
    case 'moved-to-manager':
      return {
        ...state,
        lane: 'manager',
        allegation: true,
        urgency: moreUrgent(state.urgency, 'urgent'),
        holder: null,
        waitingSince: at,
        alerted: [],
        closing: null,
        movedAt: seq,
      };
    case 'released-to-lead':
      return { ...released(state, seq), waitingSince: at };
    case 'alerted':
      return {
        ...state,
        alerted: union(state.alerted, event.people),
        escalation: Math.max(state.escalation, event.stage),
      };
    case 'urgency-changed':
      return { ...state, urgency: event.to };
    case 'words-added':
      return { ...state, concerns: [...state.concerns, event.concern] };
    case 'task-given':
      return { ...state, tasks: [...state.tasks, { ...taskOf(event), state: 'given' }] };
    case 'task-declined':
      return {
        ...state,
        tasks: state.tasks.map((task) =>
          task.task === event.task ? { ...task, state: 'declined' } : task,
        ),
      };
    case 'closing-proposed':
      return { ...state, closing: closingOf(event, actor ?? '', at) };
    case 'closing-returned':
      return { ...state, closing: null };
    case 'closed':
      return { ...state, closing: null, closedAs: event.end, closedAt: at };
    case 'reopened':
      return { ...state, closedAs: null, closedAt: null, waitingSince: at };
    case 'linked':
      return { ...state, links: [...state.links, { to: event.to, as: event.as }] };
    case 'policy-switched':
      return { ...state, policy: event.policy };
    case 'concern-raised':
    case 'noted':
    case 'worry-repeated':
    case 'picture-dropped':
    case 'viewed':
    case 'reached':
    case 'not-reached':
      return state;
  }
}

/** Only the safeguarding team's first claim is ever told to the reporter. Source: decisions.md 6. */
function seenAt({ lane, seenAt: before }: CaseState, at: string): string | null {
  return lane === 'lead' ? (before ?? at) : before;
}

/** It waits again from the moment at which it lost its holder. */
function waiting(before: CaseState, after: CaseState, at: string): CaseState {
  const lost = before.holder !== null && after.holder === null;
  return lost ? { ...after, waitingSince: at } : after;
}

function namedChild({
  child,
  name,
  year,
  parts,
  elsewhere,
}: CaseEvent & { type: 'child-named' }): NamedChild {
  return { id: child, name, year, parts, elsewhere };
}

function taskOf({ task, step, child, to, details }: CaseEvent & { type: 'task-given' }) {
  return { task, step, child, to, details };
}

function closingOf(
  event: CaseEvent & { type: 'closing-proposed' },
  by: string,
  at: string,
): Closing {
  const { end, summary, outcome, reason, signers } = event;
  return { by, at, end, summary, outcome, reason, signers };
}

function withConflict(state: CaseState, person: string): CaseState {
  const involvement = {
    ...state.involvement,
    conflicts: union(state.involvement.conflicts, [person]),
  };
  const holder = state.holder === person ? null : state.holder;
  return { ...state, involvement, holder, alerted: state.alerted.filter((id) => id !== person) };
}

/** The lead may correct what the form said about who and what it concerns; routing follows only by a move. */
function withAnswer(state: CaseState, answer: Answer): CaseState {
  const tasks = state.tasks.map((task) =>
    task.step === answer.step && task.child === answer.child && task.state === 'given'
      ? { ...task, state: 'done' as const }
      : task,
  );
  return {
    ...state,
    answers: [...state.answers, answer],
    tasks,
    involvement: corrected(state, answer),
  };
}

/** While it is about an adult here, a correction keeps more people out, and never lets anybody in. */
function corrected({ involvement, allegation }: CaseState, { step, chosen }: Answer): Involvement {
  if (step === 'spine/about') {
    const kept = involvement.about.filter((option) => allegation && offices.includes(option));
    return { ...involvement, about: union(chosen, kept) };
  }
  if (step !== 'spine/adult-part') return involvement;
  const adultPart = asPart(chosen[0]);
  return allegation && adultPart === 'done-to' ? involvement : { ...involvement, adultPart };
}

/** Options of `spine/about` that keep whoever holds the office out. */
const offices: readonly string[] = ['headteacher', 'lead-or-deputy'];

/** Whoever is named in the case is kept out, also of one that began as something done to another adult here. */
function withAdult(state: CaseState, event: CaseEvent & { type: 'adult-named' }): CaseState {
  const named = event.person === null ? [] : [event.person];
  const subjects = union(state.involvement.subjects, named);
  const conflicts = union(state.involvement.conflicts, named);
  const involvement = { ...state.involvement, subjects, conflicts };
  const holder = state.holder !== null && subjects.includes(state.holder) ? null : state.holder;
  return { ...state, involvement, holder, subjectTyped: event.typed ?? state.subjectTyped };
}

function released(state: CaseState, seq: number): CaseState {
  const withheld = [...state.withheld, { from: state.movedAt ?? 0, to: seq }];
  return {
    ...state,
    lane: 'lead',
    allegation: false,
    holder: null,
    alerted: [],
    closing: null,
    withheld,
    movedAt: null,
  };
}
