import type { ChildPart } from './procedure.ts';

/** A child on a case. The name is kept elsewhere: rules never need it. */
export type Child = { id: string; parts: ChildPart[]; elsewhere: boolean };

/**
 * One recorded answer. A revision is a new answer to the same step, child and part; the last one counts,
 * and none is ever removed.
 */
export type Answer = {
  /** `procedure/step` */
  step: string;
  /** Which child, for a step that is walked once per child. */
  child: string | null;
  /** A referral has two: that it was made, and what the agency answered. */
  part: 'step' | 'outcome';
  /** chosen: a question was answered; done: carried out; not-done: a judgement not to, or advice not taken; not-applicable: set aside. The last two carry a reason. */
  result: 'chosen' | 'done' | 'not-done' | 'not-applicable';
  /** Option names, for questions. */
  chosen: string[];
  /** What was written down, field name to value; a choice field holds the option's name. */
  record: Readonly<Record<string, string>>;
  reason: string | null;
  /** Person id; the reporter's for what the form asked. */
  by: string;
  /** ISO 8601 instant. */
  at: string;
};

/** What identifies the thing that an answer answers. */
export function slotOf(answer: Pick<Answer, 'step' | 'child' | 'part'>): string {
  return `${answer.step}@${answer.child ?? ''}#${answer.part}`;
}

/** The answers that count now: the last of each slot. */
export function currentAnswers(answers: readonly Answer[]): ReadonlyMap<string, Answer> {
  return new Map(answers.map((answer) => [slotOf(answer), answer]));
}
