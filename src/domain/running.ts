import type { AnswersByStep } from './known.ts';
import type { PolicyIndex } from './policy-index.ts';

/** The procedure that every concern runs. */
export const spine = 'spine';
/** The procedure that runs while a case is restricted, and only then. */
export const staffProcedure = 'staff';

/** Procedures in the pack's order, and those that were asked for and that this policy does not have. */
export type Running = { running: ReadonlySet<string>; absent: string[] };

/**
 * Which procedures run: the spine, the staff procedure while the case is restricted, whatever the chosen
 * options add, and what those procedures' own answers add in turn.
 * @param answers Answers that count now.
 */
export function runningProcedures(
  index: PolicyIndex,
  restricted: boolean,
  answers: AnswersByStep,
): Running {
  const wanted = begin(restricted);
  for (let size = 0; size < wanted.size;) {
    size = wanted.size;
    for (const [step, { procedure }] of index.adding)
      if (wanted.has(procedure)) addFrom(step, answers, index, wanted);
  }
  return inOrder(index, wanted);
}

/**
 * Which procedures ever ran, for rules that must not lapse: whatever any answer brought in, whether or not
 * the question would still be asked. Only the staff procedure's own rules end, when a case is released.
 */
export function everRunning(
  index: PolicyIndex,
  restricted: boolean,
  answers: AnswersByStep,
): Running {
  const wanted = begin(restricted);
  for (const step of index.adding.keys()) addFrom(step, answers, index, wanted);
  return inOrder(index, wanted);
}

function begin(restricted: boolean): Set<string> {
  return new Set(restricted ? [spine, staffProcedure] : [spine]);
}

function addFrom(
  step: string,
  answers: AnswersByStep,
  { adding }: PolicyIndex,
  wanted: Set<string>,
): void {
  const adds = adding.get(step)?.adds;
  for (const { chosen } of answers.get(step) ?? [])
    for (const id of chosen.flatMap((option) => adds?.get(option) ?? []))
      if (id !== staffProcedure) wanted.add(id);
}

function inOrder({ procedures }: PolicyIndex, wanted: ReadonlySet<string>): Running {
  const present = procedures.filter((id) => wanted.has(id));
  const absent = [...wanted].filter((id) => !procedures.includes(id));
  return { running: new Set(present), absent };
}
