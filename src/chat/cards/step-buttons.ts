import type { CaseView } from '../../app/view-case.ts';
import type { WalkStep } from '../../domain/walk.ts';
import { ownDuty } from '../../domain/own-duty.ts';
import type { Button } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { taskWithIt } from './step-words.ts';

const tapLimit = 5;

/** Choices are buttons where one tap is enough; whatever needs writing opens a dialog. */
export function stepButtons(view: CaseView, mint: Mint, place: WalkStep): Button[] {
  const { step } = place;
  const at = atOf(view, place);
  if (dialogOf(step) !== null) return ownDialogButtons(view, mint, place);
  if (isReporters(step)) return [setAside(mint, at)];
  if (step.kind === 'question') return questionButtons(mint, place, at);
  const writes = step.record.length > 0;
  const words = step.kind === 'referral' ? 'Record the call' : writes ? 'Done, record it' : 'Done';
  const [task, other] = otherWays(view, mint, place);
  return [...task, recordButton(mint, at, words, writes), other];
}

/** What the dialog of a step offers besides recording it there. */
export function besideRecording(view: CaseView, mint: Mint, place: WalkStep): Button[] {
  const { step } = place;
  if (dialogOf(step) !== null) return ownDialogButtons(view, mint, place);
  if (isReporters(step)) return [setAside(mint, atOf(view, place))];
  if (step.kind === 'question') return [];
  const [task, other] = otherWays(view, mint, place);
  return [...task, other];
}

/** Only the reporter can do it; the holder sees whether it was done. */
export function isReporters({ ref }: WalkStep['step']): boolean {
  return ref === ownDuty;
}

/** The dialog in which a step is done instead of being recorded, if it has one. */
export function dialogOf(step: WalkStep['step']): 'children' | 'adult' | 'child-side' | null {
  return step.kind === 'action' ? (step.dialog ?? null) : null;
}

function ownDialogButtons(view: CaseView, mint: Mint, { step, child }: WalkStep): Button[] {
  const at = { case: view.state.id, step: step.ref, child };
  switch (dialogOf(step)) {
    case 'children':
      return namingButtons(view, mint, at, 'child');
    case 'adult':
      return namingButtons(view, mint, at, 'adult');
    case 'child-side':
      return childSideButtons(view, mint, at);
    case null:
      return [];
  }
}

function childSideButtons({ state }: CaseView, mint: Mint, at: At): Button[] {
  const tell = mint.button(
    'Tell the safeguarding team',
    { type: 'ask', case: at.case, what: 'child-side' },
    { opens: 'dialog', style: 'primary' },
  );
  const told = state.links.some(({ as }) => as === 'child-side');
  return [tell, ...(told ? [recordButton(mint, at, 'Done', false)] : []), setAside(mint, at)];
}

function otherWays(view: CaseView, mint: Mint, place: WalkStep): [Button[], Button] {
  const { step } = place;
  const at = atOf(view, place);
  const given = taskWithIt(view, place) !== null;
  const give = mint.button(
    given ? 'Give it to IT again' : 'Give it to IT',
    { type: 'give-task', ...at, to: null },
    { style: given ? 'plain' : 'primary', opens: 'dialog' },
  );
  const optional = step.need === 'judgement' || step.need === 'suggested';
  return [step.who === 'it' ? [give] : [], optional ? leave(mint, at) : setAside(mint, at)];
}

function atOf(view: CaseView, { step, child }: WalkStep): At {
  return { case: view.state.id, step: step.ref, child };
}

type At = { case: string; step: string; child: string | null };

function recordButton(mint: Mint, at: At, label: string, writes: boolean): Button {
  return writes
    ? mint.button(
        label,
        { type: 'ask-step', ...at, how: 'answer' },
        { opens: 'dialog', style: 'primary' },
      )
    : mint.button(label, { type: 'save-step', ...at, how: 'answer' }, { style: 'primary' });
}

function leave(mint: Mint, at: At): Button {
  return mint.button(
    'We will not do this',
    { type: 'ask-step', ...at, how: 'leave' },
    { opens: 'dialog' },
  );
}

function setAside(mint: Mint, at: At): Button {
  return mint.button(
    'Does not apply',
    { type: 'ask-step', ...at, how: 'set-aside' },
    { opens: 'dialog' },
  );
}

function namingButtons(view: CaseView, mint: Mint, at: At, what: 'child' | 'adult'): Button[] {
  const add = mint.button(
    what === 'child' ? 'Name a child' : 'Say who it is',
    { type: 'ask', case: at.case, what },
    { opens: 'dialog', style: 'primary' },
  );
  const enough =
    what === 'child'
      ? view.state.children.length > 0
      : view.state.involvement.subjects.length > 0 || view.state.subjectTyped !== null;
  const done = mint.button(what === 'child' ? 'That is everybody' : 'That is who it is', {
    type: 'save-step',
    ...at,
    how: 'answer',
  });
  return [add, ...(enough ? [done] : []), setAside(mint, at)];
}

function questionButtons(mint: Mint, { step }: WalkStep, at: At): Button[] {
  if (step.kind !== 'question') return [];
  const simple =
    step.choose === 'one' && step.record.length === 0 && step.options.length <= tapLimit;
  if (!simple)
    return [
      mint.button(
        'Answer',
        { type: 'ask-step', ...at, how: 'answer' },
        { opens: 'dialog', style: 'primary' },
      ),
    ];
  return step.options.map((option) =>
    option.reason
      ? mint.button(option.label, { type: 'ask-step', ...at, how: 'answer' }, { opens: 'dialog' })
      : mint.button(option.label, { type: 'choose', ...at, option: option.id }),
  );
}
