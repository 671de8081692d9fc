import type { Answer, Child } from './answer.ts';
import { slotOf } from './answer.ts';
import type { Condition } from './condition.ts';

/** What conditions are judged against. */
export type Known = {
  /** Answers by slot, see `slotOf`. In a sticky judgement several answers may stand for one slot. */
  answers: ReadonlyMap<string, readonly Answer[]>;
  children: readonly Child[];
  /** Which steps are walked once per child. */
  perChild: ReadonlySet<string>;
  running: ReadonlySet<string>;
  switches: ReadonlyMap<string, string>;
};

/** Whether the condition holds, for the child in hand if there is one. Total: an unknown step holds nothing. */
export function holds(condition: Condition, known: Known, child: Child | null): boolean {
  switch (condition.type) {
    case 'always':
      return true;
    case 'all':
      return condition.of.every((part) => holds(part, known, child));
    case 'any':
      return condition.of.some((part) => holds(part, known, child));
    case 'not':
      return !holds(condition.of, known, child);
    case 'answered':
      return answersTo(condition.step, known, child).some((answer) =>
        choseOneOf(answer, condition.options),
      );
    case 'recorded':
      return answersTo(condition.step, known, child).some((answer) =>
        recordedOneOf(answer, condition),
      );
    case 'done':
      return everySlot(
        condition.step,
        known,
        child,
        (answer) => answer.result === 'done' || answer.result === 'chosen',
      );
    case 'settled':
      return everySlot(condition.step, known, child, () => true);
    case 'switch':
      return condition.values.includes(known.switches.get(condition.name) ?? '');
    case 'procedure':
      return condition.ids.some((id) => known.running.has(id));
    case 'child':
      return child?.parts.some((part) => condition.parts.includes(part)) ?? false;
  }
}

function choseOneOf(answer: Answer, options: string[]): boolean {
  return answer.chosen.some((chosen) => options.includes(chosen));
}

function recordedOneOf(answer: Answer, wanted: { field: string; options: string[] }): boolean {
  return answer.result === 'done' && wanted.options.includes(answer.record[wanted.field] ?? '');
}

function answersTo(step: string, known: Known, child: Child | null): Answer[] {
  return slotsOf(step, known, child).flatMap((slot) => known.answers.get(slot) ?? []);
}

function everySlot(
  step: string,
  known: Known,
  child: Child | null,
  test: (answer: Answer) => boolean,
): boolean {
  const slots = slotsOf(step, known, child);
  return slots.length > 0 && slots.every((slot) => (known.answers.get(slot) ?? []).some(test));
}

function slotsOf(step: string, known: Known, child: Child | null): string[] {
  if (!known.perChild.has(step)) return [slotOf({ step, child: null, part: 'step' })];
  const children = child === null ? known.children : [child];
  return children.map(({ id }) => slotOf({ step, child: id, part: 'step' }));
}
