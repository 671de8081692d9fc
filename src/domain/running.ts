import { holds, type Known } from './holds.ts';
import type { Answer, Child } from './answer.ts';
import { slotOf } from './answer.ts';
import { indexOf } from './policy-index.ts';
import type { Policy, Question, WholeStep } from './procedure.ts';

/** The procedure that every concern runs. */
export const spine = 'spine';
/** The procedure that runs while a case is restricted, and only then. */
export const staffProcedure = 'staff';

/** Whether an answer to a question counts for what it brings in. */
type Counts = (question: WholeStep<Question>, known: Known, child: Child | null) => boolean;
/** While the question applies: for what is to be done. */
const whileAsked: Counts = ({ procedure, when }, known, child) =>
  known.running.has(procedure) && holds(when, known, child);
/** Once it was answered, for ever: for what must never be done. A case that moves, or comes back, must not lose it. */
export const onceAnswered: Counts = () => true;

/**
 * Which procedures run: the spine, the staff procedure while the case is restricted, and whatever the
 * chosen options add, and what those procedures' own answers add in turn.
 */
export function runningProcedures(
  policy: Policy,
  restricted: boolean,
  known: Omit<Known, 'running'>,
  counts: Counts = whileAsked,
): { running: ReadonlySet<string>; absent: string[] } {
  const wanted = new Set(restricted ? [spine, staffProcedure] : [spine]);
  for (let size = 0; size < wanted.size;) {
    size = wanted.size;
    for (const id of addedBy(policy, { ...known, running: wanted }, counts))
      if (id !== staffProcedure) wanted.add(id);
  }
  const running = Object.keys(policy.pack.procedures).filter(
    (id) => wanted.has(id) && policy.procedures.has(id),
  );
  return {
    running: new Set(running),
    absent: [...wanted].filter((id) => !policy.procedures.has(id)),
  };
}

function addedBy(policy: Policy, known: Known, counts: Counts): string[] {
  return indexOf(policy).adding.flatMap((question) =>
    childrenFor(question, known).flatMap((child) => added(question, child, known, counts)),
  );
}

function childrenFor(question: WholeStep<Question>, known: Known): readonly (Child | null)[] {
  return question.per === 'child' ? known.children : [null];
}

function added(
  question: WholeStep<Question>,
  child: Child | null,
  known: Known,
  counts: Counts,
): string[] {
  const slot = slotOf({ step: question.ref, child: child?.id ?? null, part: 'step' });
  const answers: readonly Answer[] = known.answers.get(slot) ?? [];
  if (answers.length === 0 || !counts(question, known, child)) return [];
  const chosen = new Set(answers.flatMap((answer) => answer.chosen));
  return question.options.filter(({ id }) => chosen.has(id)).flatMap(({ adds }) => adds);
}
