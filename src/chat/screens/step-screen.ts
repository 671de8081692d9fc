import type { Screen } from '../elements.ts';
import type { StepHow } from '../action.ts';
import { besideRecording, dialogOf, isReporters } from '../cards/step-buttons.ts';
import { stepElements, type WalkDrawing } from '../cards/walk-elements.ts';
import { childWord } from '../cards/step-words.ts';
import { choiceField, choicesField, fieldsOfStep, longField, recordInputs } from '../fields.ts';
import { text } from '../say.ts';
import type { WalkStep } from '../../domain/walk.ts';
import type { Field, ScreenElement } from '../elements.ts';
import type { NamedChild } from '../../domain/case.ts';
import { limits } from '../limits.ts';

/** One step to record: what it asks, then the boxes. Names stand here, because only an entitled person sees it. */
export function stepScreen(drawing: WalkDrawing, place: WalkStep, how: StepHow): Screen {
  const { view, mint } = drawing;
  const { step, child } = place;
  const at = { case: view.state.id, step: step.ref, child };
  const recorded = how !== 'answer' || (dialogOf(step) === null && !isReporters(step));
  return {
    title: titles[how],
    elements: [
      ...stepElements({ ...drawing, holder: false }, place),
      ...childElements(view.state.children, child),
      ...lockWords(place),
    ],
    fields: stepFields(place, how),
    submit: recorded
      ? { label: 'Save', handle: mint.handle({ type: 'save-step', ...at, how }) }
      : null,
    buttons: [
      ...(step.kind === 'referral' && how === 'outcome'
        ? [mint.button('They did not answer', { type: 'ask-step', ...at, how: 'no-outcome' })]
        : []),
      ...(how === 'answer' && place.state === 'open' ? besideRecording(view, mint, place) : []),
      mint.button('Back', { type: 'show-walk', case: at.case }),
    ],
  };
}

const titles: Record<StepHow, string> = {
  answer: 'Record this step',
  leave: 'Why not?',
  'set-aside': 'Why does it not apply?',
  outcome: 'What did they say?',
  'no-outcome': 'No answer',
};

function childElements(children: readonly NamedChild[], child: string | null): ScreenElement[] {
  const found = children.find(({ id }) => id === child);
  if (found === undefined) return [];
  const value = found.year === '' ? found.name : `${found.name}, ${found.year}`;
  return [{ type: 'private-facts', facts: [{ label: childWord(children, found.id), value }] }];
}

function lockWords({ locks, state }: WalkStep): ScreenElement[] {
  if (state !== 'locked') return [];
  return [
    text(`Locked for now. ${[...new Set(locks.map(({ opens }) => opens))].join(' ')}`, 'warning'),
  ];
}

/** The boxes of a step: the choice if it asks one, what must be written down, the reason where one is needed. */
export function stepFields({ step }: WalkStep, how: StepHow): Field[] {
  switch (how) {
    case 'answer':
      if (isReporters(step)) return [];
      return [...choiceOf(step), ...recordInputs(step.record), ...reasonFor(step)];
    case 'outcome':
      return recordInputs(fieldsOfStep(step, 'outcome'));
    case 'leave':
      return [
        longField({
          id: 'reason',
          label: 'Why will you not do this?',
          help: 'It stands in the record and is read at the closing.',
          required: true,
        }),
      ];
    case 'set-aside':
      return [
        longField({
          id: 'reason',
          label: 'Why does it not apply?',
          help: 'It stands in the record with your name.',
          required: true,
        }),
      ];
    case 'no-outcome':
      return [
        longField({
          id: 'reason',
          label: 'How did you follow it up, and with whom?',
          required: true,
        }),
      ];
  }
}

function choiceOf(step: WalkStep['step']): Field[] {
  if (step.kind !== 'question') return [];
  const choices = step.options.map(({ id, label, help }) => ({
    id,
    label,
    ...(help === undefined ? {} : { help }),
  }));
  const common = { id: 'chosen', label: step.title.slice(0, limits.choiceLabel), required: true };
  return [step.choose === 'one' ? choiceField(common, choices) : choicesField(common, choices)];
}

/** Asked for whenever some answer needs a reason; the rules say whether the one chosen does. */
function reasonFor(step: WalkStep['step']): Field[] {
  if (step.kind !== 'question' || !step.options.some(({ reason }) => reason)) return [];
  const which = step.options.filter(({ reason }) => reason).map(({ label }) => `“${label}”`);
  return [longField({ id: 'reason', label: 'Reason', help: `Needed for ${which.join(' and ')}.` })];
}
