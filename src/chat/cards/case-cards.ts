import type { CaseView } from '../../app/view-case.ts';
import { taskStands } from '../../app/view-task.ts';
import { shortName } from '../../app/view-case.ts';
import { clockTime } from '../../domain/deadlines.ts';
import type { Task } from '../../domain/case.ts';
import { isDoable } from '../../domain/procedure.ts';
import { labelOf } from '../../domain/urgency.ts';
import type { Card, CardElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { text } from '../say.ts';

const urgencyWords = { routine: 'Routine', urgent: 'URGENT', emergency: 'EMERGENCY' } as const;

/** One line that may stand anywhere: reference, label, urgency, time, told in person. */
export function pointerLine({ state, walk, policy }: CaseView): string {
  const told = state.answers.find(({ step }) => step === 'spine/told')?.chosen[0];
  const parts = [
    state.reference,
    labelOf(policy, walk.running, state.lane === 'manager'),
    urgencyWords[state.urgency],
    clockTime(state.raisedAt),
    'from a member of staff',
    ...(told === undefined ? [] : [`told in person: ${told === 'yes' ? 'yes' : 'not yet'}`]),
  ];
  return parts.join(' · ');
}

/** In the lead's channel and in the team's own chats: a pointer, who has it, Claim and Open. */
export function newConcernCard(
  view: CaseView,
  mint: Mint,
  kind: 'new-concern' | 'new-concern-in-channel',
): Card {
  const { state } = view;
  return {
    kind,
    summary: `New item ${state.reference} needs you.`,
    elements: [
      text(pointerLine(view), 'strong'),
      ...emergencyLine(view),
      ...whoHasIt(view),
      ...claimButtons(view, mint),
    ],
  };
}

function emergencyLine({ state }: CaseView): CardElement[] {
  return state.urgency === 'emergency' && state.holder === null
    ? [
        text(
          'Somebody is in danger. Find the person who raised it, face to face or by phone.',
          'danger',
        ),
      ]
    : [];
}

function whoHasIt({ state, school }: CaseView): CardElement[] {
  if (state.closedAt !== null) return [text(`Closed ${clockTime(state.closedAt)}.`, 'quiet')];
  if (state.holder === null) return [text('Nobody has claimed it yet.')];
  const at = state.seenAt === null ? '' : ` ${clockTime(state.seenAt)}`;
  return [text(`Claimed by ${shortName(school.people, state.holder)}${at}.`)];
}

function claimButtons({ state }: CaseView, mint: Mint): CardElement[] {
  if (state.closedAt !== null) return [];
  const open = mint.button(
    'Open',
    { type: 'show-details', case: state.id, page: 0 },
    { opens: 'dialog' },
  );
  const claim = mint.button('Claim', { type: 'claim', case: state.id }, { style: 'primary' });
  return [{ type: 'buttons', buttons: state.holder === null ? [claim, open] : [open] }];
}

/** To the case manager: that there is something, and nothing about what. Source: decisions.md 11; procedures.md T10-A1. */
export function confidentialCard({ state, deadlines, now }: CaseView, mint: Mint): Card {
  const due = deadlines.map(({ dueAt }) => dueAt).toSorted()[0];
  return {
    kind: 'confidential',
    summary: 'A confidential matter needs you.',
    elements: [
      text('A confidential matter needs you.', 'strong'),
      text(`${state.reference} · ${clockTime(state.raisedAt)}`),
      ...(state.urgency === 'emergency' && state.holder === null
        ? [text('It is an emergency. Please open it now.', 'danger')]
        : []),
      ...(due === undefined || state.holder === null ? [] : [text(dueLine(due, now), 'warning')]),
      ...(state.closedAt === null ? [] : [text('Closed.', 'quiet')]),
      {
        type: 'buttons',
        buttons: [
          mint.button(
            'Open',
            { type: 'show-walk', case: state.id },
            { opens: 'dialog', style: 'primary' },
          ),
        ],
      },
    ],
  };
}

/** Due when, and how much of that is left. */
export function dueLine(dueAt: string, now: string): string {
  const minutes = Math.round((Date.parse(dueAt) - Date.parse(now)) / 60_000);
  if (minutes < 0) return `Overdue since ${clockTime(dueAt)}.`;
  if (minutes < 120) return `Next due ${clockTime(dueAt)}, in ${String(minutes)} minutes.`;
  return `Next due ${dayWords(dueAt)}.`;
}

function dayWords(at: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  return `${day.format(new Date(at)).replace(',', '')} ${clockTime(at)}`;
}

/** A short message about a case that leads back to it. */
export function pointerCard(view: CaseView, mint: Mint, kind: string, sentence: string): Card {
  const { state } = view;
  const restricted = state.lane === 'manager';
  const open = restricted
    ? mint.button(
        'Open',
        { type: 'show-walk', case: state.id },
        { opens: 'dialog', style: 'primary' },
      )
    : mint.button('Open', { type: 'show-details', case: state.id, page: 0 }, { opens: 'dialog' });
  const claim = mint.button('Claim', { type: 'claim', case: state.id }, { style: 'primary' });
  return {
    kind,
    summary: restricted ? 'A confidential matter needs you.' : `${state.reference} needs you.`,
    elements: [
      text(restricted ? `${state.reference}: ${sentence}` : pointerLine(view), 'strong'),
      ...(restricted ? [] : [text(sentence)]),
      {
        type: 'buttons',
        buttons:
          state.holder === null && state.closedAt === null && !restricted ? [claim, open] : [open],
      },
    ],
  };
}

/** To the second person: please read it and confirm, or send it back. */
export function signCard(view: CaseView, mint: Mint): Card {
  const { state } = view;
  const ready = state.closing !== null;
  return {
    kind: 'please-sign',
    summary:
      state.lane === 'manager'
        ? 'A confidential matter needs you.'
        : `${state.reference} needs your signature.`,
    elements: [
      text(
        ready
          ? `${state.reference} is ready to close. It needs a second person: you.`
          : `${state.reference}: nothing to sign any more.`,
        'strong',
      ),
      ...(ready
        ? [text('Please read it first. You confirm that what had to be done was done, and why.')]
        : []),
      ...(ready
        ? [
            {
              type: 'buttons' as const,
              buttons: [
                mint.button(
                  'Read it',
                  { type: 'show-details', case: state.id, page: 0 },
                  { opens: 'dialog' },
                ),
                mint.button(
                  'Confirm and close',
                  { type: 'confirm-closing', case: state.id },
                  { style: 'primary' },
                ),
                mint.button(
                  'Send it back',
                  { type: 'ask', case: state.id, what: 'send-back' },
                  { opens: 'dialog' },
                ),
              ],
            },
          ]
        : []),
    ],
  };
}

/** To IT: what to do, without a name, and nothing of the case. Details that are needed stand in the dialog. */
export function taskCard(view: CaseView, taskId: string, mint: Mint): Card {
  const task = view.state.tasks.find((candidate) => candidate.task === taskId);
  const open = task !== undefined && taskStands(view, task) === 'due';
  return {
    kind: 'task',
    summary: `Task ${taskId} for you.`,
    elements: [
      text(`Task ${taskId}`, 'strong'),
      text(taskWords(view, task)),
      ...(open ? [taskButtons(view, taskId, mint)] : []),
    ],
  };
}

function taskWords(view: CaseView, task: Task | undefined): string {
  const step = task === undefined ? undefined : view.policy.steps.get(task.step);
  if (task === undefined || step === undefined || !isDoable(step))
    return 'This task is no longer needed.';
  const given = {
    due: step.task ?? step.do,
    wait: 'Please wait with this task. Leave everything as it is until you hear again.',
    over: 'This task is no longer needed. Please do nothing more for it.',
  };
  const said = {
    given: given[taskStands(view, task)],
    done: 'Done. Thank you.',
    declined: 'Handed back.',
  };
  return said[task.state];
}

function taskButtons(view: CaseView, task: string, mint: Mint): CardElement {
  const at = { case: view.state.id, task };
  return {
    type: 'buttons',
    buttons: [
      mint.button('Open', { type: 'open-task', ...at }, { opens: 'dialog', style: 'primary' }),
      mint.button('I can’t', { type: 'decline-task', ...at }),
    ],
  };
}
