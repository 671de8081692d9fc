import type { CaseView } from '../../app/view-case.ts';
import { saidOnce } from '../../domain/said-once.ts';
import type { WalkStep } from '../../domain/walk.ts';
import { titleOf } from '../cards/step-words.ts';
import { stepButton, workable, type WalkDrawing } from '../cards/walk-elements.ts';
import type { Button, CardElement, ChecklistItem, Screen, ScreenElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { heading, text } from '../say.ts';
import { clockTime, dayAndTime } from '../../domain/deadlines.ts';

/**
 * All steps with where each stands, and everything that must never be done with what lifts it. For the holder
 * each step that can be worked on is one tap away.
 */
export function stepsScreen({ view, mint, holder }: WalkDrawing): Screen {
  const { walk, state } = view;
  const shown = walk.steps.filter((place) => place.state !== 'automatic');
  return {
    title: 'All steps',
    elements: [
      heading(state.reference),
      ...prohibitionElements(view),
      ...deadlineElements(view),
      { type: 'checklist', items: shown.map((place) => itemOf(view, place)) },
      ...(holder ? goElements(view, mint, workable(view)) : []),
    ],
    fields: [],
    submit: null,
    buttons: [mint.button('Back', { type: 'show-walk', case: state.id })],
  };
}

/** A button for each of these steps. Locked ones have none: there is nothing to be done there yet. */
export function goElements(view: CaseView, mint: Mint, places: readonly WalkStep[]): CardElement[] {
  if (places.length === 0 || view.state.closedAt !== null) return [];
  const buttons = places.map((place) => stepButton(view, mint, place));
  return [text('Go to:', 'strong'), { type: 'buttons', buttons }];
}

function prohibitionElements({ walk }: CaseView): ScreenElement[] {
  const standing = saidOnce(walk.prohibitions);
  const lifted = walk.prohibitions
    .filter((one) => one.lifted)
    .map(({ prohibition }) => `${prohibition.title} (lifted)`);
  return [
    ...(standing.length === 0
      ? []
      : [
          {
            type: 'never' as const,
            items: standing.map((one) => `${one.title}. ${one.do}`),
          },
        ]),
    ...(lifted.length === 0 ? [] : [text(lifted.join(' · '), 'quiet')]),
  ];
}

function deadlineElements({ walk, deadlines }: CaseView): ScreenElement[] {
  const facts = deadlines.map(({ what, dueAt }) => ({
    label:
      walk.timers.find(({ timer }) => what.startsWith(timer.ref))?.timer.title ?? 'To be claimed',
    value: dayAndTime(dueAt),
  }));
  return facts.length === 0 ? [] : [{ type: 'facts', facts }];
}

const states: Record<WalkStep['state'], ChecklistItem['state']> = {
  open: 'open',
  locked: 'locked',
  awaiting: 'waiting',
  done: 'done',
  'not-done': 'set-aside',
  'not-applicable': 'set-aside',
  forbidden: 'set-aside',
  superseded: 'set-aside',
  automatic: 'done',
};

function itemOf(view: CaseView, place: WalkStep): ChecklistItem {
  const isNext = view.walk.next === place;
  return {
    title: titleOf(place, view.state.children),
    state: isNext ? 'now' : states[place.state],
    note: noteOf(place),
  };
}

function noteOf({ state, locks, answer, step }: WalkStep): string | null {
  switch (state) {
    case 'locked':
      return [...new Set(locks.map(({ opens }) => opens))].join(' ');
    case 'awaiting':
      return 'Waiting for their answer.';
    case 'done':
      return answer === null ? null : clockTime(answer.at);
    case 'not-done':
      return 'Decided against, with a reason.';
    case 'not-applicable':
      return 'Set aside, with a reason.';
    case 'forbidden':
      return 'Must not be done in this case.';
    case 'superseded':
      return 'Recorded earlier; later answers took it out.';
    case 'open':
      return step.need === 'suggested' ? 'Suggested.' : null;
    case 'automatic':
      return null;
  }
}

const answersPerPage = 40;

/** What has been answered, each to be changed, the last ones first. A change is a new entry; the old one stays. */
export function answersScreen({ view, mint }: WalkDrawing, page: number): Screen {
  const { walk, state } = view;
  const settled = walk.steps.filter(
    (place) => place.answer !== null && place.state !== 'automatic' && place.state !== 'superseded',
  );
  const until = Math.max(settled.length - page * answersPerPage, 0);
  const from = Math.max(until - answersPerPage, 0);
  const shown = settled.slice(from, until);
  const earlier = { type: 'show-answers', case: state.id, page: page + 1 } as const;
  return {
    title: 'Change an answer',
    elements: [
      text('Choose what to change. The record keeps both: what stood there, and what stands now.'),
      ...shown.map((place): ScreenElement => ({
        type: 'buttons',
        buttons: [changeButton(view, mint, place)],
      })),
    ],
    fields: [],
    submit: null,
    buttons: [
      ...(from > 0 ? [mint.button('Earlier answers', earlier)] : []),
      mint.button('Back', { type: 'show-walk', case: state.id }),
    ],
  };
}

function changeButton({ state }: CaseView, mint: WalkDrawing['mint'], place: WalkStep): Button {
  const label = titleOf(place, state.children);
  return mint.button(label, {
    type: 'ask-step',
    case: state.id,
    step: place.step.ref,
    child: place.child,
    how: 'answer',
  });
}
