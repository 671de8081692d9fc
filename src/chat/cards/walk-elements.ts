import type { CaseView } from '../../app/view-case.ts';
import type { StepHow } from '../action.ts';
import { citationsOf } from '../../domain/policy.ts';
import { stepButtons } from './step-buttons.ts';
import { isOpenNow, taskWithIt, titleOf } from './step-words.ts';
import type { Citation } from '../../domain/procedure.ts';
import { dayAndTime } from '../../domain/deadlines.ts';
import { saidOnce } from '../../domain/said-once.ts';
import { labelOf } from '../../domain/urgency.ts';
import type { WalkStep } from '../../domain/walk.ts';
import type { Button, CardElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { contactFor, heading, sentenceCase, spoken, text, type NationalContacts } from '../say.ts';
import { dueLine } from './case-cards.ts';

/** What the walk is drawn with; `holder` may record, others only read. */
export type WalkDrawing = {
  view: CaseView;
  national: NationalContacts;
  /** Names of the sources of national guidance, by their ids. */
  sources: ReadonlyMap<string, string>;
  mint: Mint;
  holder: boolean;
  /** What was just done, said once at the top. */
  said: string | null;
};

/**
 * The walk, one thing at a time: what must never be done, then the next step with what to do, why, whom to
 * ring; then what else is open, what is locked and what opens it. Names no child and no adult.
 */
export function walkElements(drawing: WalkDrawing): CardElement[] {
  const { view, said } = drawing;
  return [
    ...(said === null ? [] : [text(said, 'strong')]),
    heading(
      `${view.state.reference} · ${labelOf(view.policy, view.walk.running, view.state.lane === 'manager')}`,
    ),
    text(statusLine(view), 'quiet'),
    ...nextDue(view),
    ...newerPolicy(drawing),
    ...notes(view),
    ...nevers(view),
    ...nowElements(drawing),
    ...alsoElements(drawing),
    ...lockedElements(view),
    ...actions(drawing),
  ];
}

function statusLine({ state }: CaseView): string {
  const children = state.children.length;
  const parts = [
    ...(children === 0 ? [] : [`${String(children)} ${children === 1 ? 'child' : 'children'}`]),
    `raised ${dayAndTime(state.raisedAt)}`,
    ...(state.closedAt === null ? [] : [`closed ${dayAndTime(state.closedAt)}`]),
    ...(state.closing === null ? [] : ['waiting for a second person to confirm the closing']),
  ];
  return parts.join(' · ');
}

function nextDue({ deadlines, now, state }: CaseView): CardElement[] {
  const due = deadlines.map(({ dueAt }) => dueAt).toSorted()[0];
  return due === undefined || state.closedAt !== null ? [] : [text(dueLine(due, now), 'warning')];
}

function newerPolicy({ view, mint, holder }: WalkDrawing): CardElement[] {
  if (view.newerPolicy === null || !holder) return [];
  return [
    text(
      'A newer version of your procedure is available. What you recorded stays. New steps may appear.',
      'warning',
    ),
    {
      type: 'buttons',
      buttons: [
        mint.button('Switch to the newer procedure', {
          type: 'switch-policy',
          case: view.state.id,
        }),
      ],
    },
  ];
}

function notes({ walk, policy }: CaseView): CardElement[] {
  const absent =
    walk.absent.length === 0
      ? []
      : [
          'The procedure for this kind of concern is not in this version yet. The general steps run.',
        ];
  const own = walk.running
    .map((id) => policy.procedures.get(id)?.note)
    .filter((note) => note !== undefined);
  return [...own, ...absent].map((note) => text(note, 'strong'));
}

function nevers({ walk, state }: CaseView): CardElement[] {
  const items = saidOnce(walk.prohibitions).map(({ title }) => title);
  return items.length === 0 || state.closedAt !== null ? [] : [{ type: 'never', items }];
}

function nowElements(drawing: WalkDrawing): CardElement[] {
  const { walk, state } = drawing.view;
  if (state.closedAt !== null) return [];
  const [next] = openInOrder(drawing.view);
  if (next !== undefined) return stepElements(drawing, next);
  if (walk.steps.some((step) => step.state === 'awaiting'))
    return [
      text(
        'Everything is done that can be done now. An agency’s answer is still to be recorded.',
        'strong',
      ),
    ];
  return walk.missing.length > 0
    ? []
    : [text('Every step is settled. You can close it.', 'strong')];
}

/**
 * The next step first, then what else may be done now, then suggestions, then what IT is at. What belongs to the
 * closing comes last: nobody looks back at what is still to be done.
 */
export function openInOrder(view: CaseView): WalkStep[] {
  const { next, steps } = view.walk;
  const others = steps.filter(isOpenNow).filter((step) => step !== next);
  const rank = (place: WalkStep): number => {
    if (place.step.phase === 'close') return isSuggestion(place) ? 4 : 3;
    if (taskWithIt(view, place) !== null) return 2;
    return isSuggestion(place) ? 1 : 0;
  };
  return [...(next === null ? [] : [next]), ...others].toSorted((a, b) => rank(a) - rank(b));
}

function isSuggestion({ step }: WalkStep): boolean {
  return step.need === 'suggested';
}

/** One step in full: what to do, why and by which source, whom to ring, what never to do. */
export function stepElements(drawing: WalkDrawing, place: WalkStep): CardElement[] {
  const { view, national, holder } = drawing;
  const { step } = place;
  return [
    { type: 'divider' },
    heading(titleOf(place, view.state.children)),
    ...withIt(view, place),
    text(step.do),
    text(`Why: ${step.why} ${sourceLine(drawing, place)}`, 'quiet'),
    ...ringElements(view, national, place),
    ...(step.never.length === 0 ? [] : [{ type: 'never' as const, items: step.never }]),
    ...(holder
      ? [{ type: 'buttons' as const, buttons: stepButtons(drawing.view, drawing.mint, place) }]
      : []),
  ];
}

function withIt(view: CaseView, place: WalkStep): CardElement[] {
  const task = taskWithIt(view, place);
  return task === null
    ? []
    : [text(`IT has it, as task ${task}. You hear of it when they are done.`, 'strong')];
}

function ringElements(
  view: CaseView,
  national: NationalContacts,
  { step }: WalkStep,
): CardElement[] {
  const facts = step.ring.map((role) => {
    const contact = contactFor(view.school, national, role);
    return contact === null
      ? { label: 'Ring', value: `${role.replaceAll('-', ' ')}: no number in your school’s file` }
      : { label: 'Ring', value: sentenceCase(spoken(contact)) };
  });
  return facts.length === 0 ? [] : [{ type: 'facts', facts }];
}

function sourceLine({ view, sources }: WalkDrawing, { step }: WalkStep): string {
  const cited = citationsOf(view.policy, step, new Set(view.walk.running)).map((citation) =>
    citationWords(citation, sources),
  );
  return cited.length === 0 ? '' : `(${cited.join('; ')})`;
}

/** `Your policy, Responding to incidents, line 523`. */
export function citationWords(citation: Citation, sources: ReadonlyMap<string, string>): string {
  switch (citation.type) {
    case 'clause':
      return `${citation.policy}, ${citation.heading}, line ${String(citation.line)}`;
    case 'guidance':
      return sources.get(citation.name) ?? citation.name;
    case 'deferred':
      return `${citation.says} (${citation.policy}, line ${String(citation.line)}); this step is national guidance`;
  }
}

const alsoShown = 4;

/** What else may be done now, in any order; a tap opens it. */
function alsoElements({ view, mint, holder }: WalkDrawing): CardElement[] {
  if (view.state.closedAt !== null) return [];
  const also = workable(view).slice(openInOrder(view).length === 0 ? 0 : 1);
  if (also.length === 0) return [];
  const shown = holder ? also.slice(0, alsoShown) : [];
  const later = also.slice(shown.length).map((place) => titleOf(place, view.state.children));
  return [
    { type: 'divider' },
    ...(shown.length === 0
      ? []
      : [
          text('Also open, in any order:', 'strong'),
          {
            type: 'buttons' as const,
            buttons: shown.map((place) => stepButton(view, mint, place)),
          },
        ]),
    ...(later.length === 0
      ? []
      : [
          text(
            `Then: ${later.slice(0, 6).join(' · ')}${later.length > 6 ? ` and ${String(later.length - 6)} more` : ''}`,
            'quiet',
          ),
        ]),
  ];
}

/** What can be worked on now: every open step, and every referral whose answer is awaited. */
export function workable(view: CaseView): WalkStep[] {
  return [...openInOrder(view), ...view.walk.steps.filter((step) => step.state === 'awaiting')];
}

/** Leads to one step, to the answer that it waits for, or, while it is locked, to deciding against it. */
export function stepButton(view: CaseView, mint: Mint, place: WalkStep): Button {
  const how = howTo(place);
  const label =
    place.state === 'awaiting'
      ? `Their answer: ${titleOf(place, view.state.children)}`
      : titleOf(place, view.state.children);
  return mint.button(
    label.slice(0, 75),
    { type: 'ask-step', case: view.state.id, step: place.step.ref, child: place.child, how },
    { opens: 'dialog' },
  );
}

function howTo({ state, step }: WalkStep): StepHow {
  if (state === 'awaiting') return 'outcome';
  if (state !== 'locked') return 'answer';
  return step.need === 'judgement' ? 'leave' : 'set-aside';
}

/** Locked, not hidden: each with what opens it. */
function lockedElements({ walk, state }: CaseView): CardElement[] {
  const locked = walk.steps.filter((step) => step.state === 'locked');
  if (locked.length === 0 || state.closedAt !== null) return [];
  return [
    { type: 'divider' },
    {
      type: 'checklist',
      items: locked.slice(0, 8).map((place) => ({
        title: titleOf(place, state.children),
        state: 'locked' as const,
        note: [...new Set(place.locks.map(({ opens }) => opens))].join(' '),
      })),
    },
  ];
}

function actions({ view, mint, holder }: WalkDrawing): CardElement[] {
  const id = view.state.id;
  const reading: Button[] = [
    mint.button('All steps', { type: 'show-steps', case: id }, { opens: 'dialog' }),
    mint.button('Details', { type: 'show-details', case: id, page: 0 }, { opens: 'dialog' }),
  ];
  const ask = (label: string, what: 'note' | 'hand-over' | 'close' | 'reopen') =>
    mint.button(label, { type: 'ask', case: id, what }, { opens: 'dialog' });
  if (view.state.closedAt !== null)
    return [{ type: 'buttons', buttons: [...reading, ask('Open it again', 'reopen')] }];
  if (!holder)
    return [
      {
        type: 'buttons',
        buttons: [
          ...(view.state.holder === null
            ? [mint.button('Claim', { type: 'claim', case: id }, { style: 'primary' })]
            : []),
          ...reading,
        ],
      },
    ];
  const more: Button[] = [
    ask('Note', 'note'),
    mint.button(
      'Change an answer',
      { type: 'show-answers', case: id, page: 0 },
      { opens: 'dialog' },
    ),
    ask('Hand over', 'hand-over'),
    ask('Close', 'close'),
  ];
  return [{ type: 'divider' }, { type: 'buttons', buttons: [...reading, ...more] }];
}
