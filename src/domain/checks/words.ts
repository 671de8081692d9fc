import type { Pack, Policy, Procedure, Step } from '../procedure.ts';
import { isDoable } from '../procedure.ts';
import type { Problem } from './problem.ts';

type Written = { at: string; words: string };

/** Plain, calm words: no exclamation marks, nobody called a victim or a perpetrator, nobody told to wait for permission. */
export function wordsAreCalm(policy: Policy): Problem[] {
  return written(policy).flatMap(({ at, words }) =>
    [/!/, /\bvictim/i, /\bperpetrator/i, /\bpermission\b/i, /\be\.g\./i, /\bi\.e\./i]
      .flatMap((word) => word.exec(words)?.[0] ?? [])
      .map((word) => ({ at, problem: `says “${word}”: “${words}”` })),
  );
}

/** Numbers come from the school’s file and the national list, so that they are right in one place. 999 and 101 are words. */
export function wordsHoldNoNumberOrAddress(policy: Policy): Problem[] {
  return written(policy)
    .filter(({ words }) => /\b0\d[\d ]{6,}|https?:|www\.|@\w/.test(words))
    .map(({ at, words }) => ({ at, problem: `holds a number or an address: “${words}”` }));
}

function written(policy: Policy): Written[] {
  const procedures = [...policy.procedures.values()].flatMap(writtenInProcedure);
  const steps = [...policy.steps.values()].flatMap((step) =>
    wordsOf(step).map((words) => ({ at: step.ref, words })),
  );
  return [...procedures, ...steps, ...writtenInPack(policy.pack)];
}

function writtenInProcedure({ id, title, label, note, reporter }: Procedure): Written[] {
  return [
    title,
    label,
    ...(note === undefined ? [] : [note]),
    ...reporter.never,
    ...reporter.until_then,
  ].map((words) => ({ at: id, words }));
}

function writtenInPack({ clauses, defers }: Pack): Written[] {
  return [...clauses, ...defers].map(({ line, says }) => ({
    at: `pack line ${String(line)}`,
    words: says,
  }));
}

/** Everything a step says to somebody. */
export function wordsOf(step: Step): string[] {
  const common = [step.title, step.do, step.why];
  switch (step.kind) {
    case 'question':
    case 'action':
    case 'referral':
      return [
        ...common,
        ...step.never,
        ...(step.task === undefined ? [] : [step.task]),
        ...labelsOf(step),
      ];
    case 'prohibition':
      return step.until_words === undefined ? common : [...common, step.until_words];
    case 'gate':
      return [...common, step.opens_words];
    case 'timer':
      return common;
    case 'end':
      return step.requires_words === undefined ? common : [...common, step.requires_words];
  }
}

function labelsOf(step: Step): string[] {
  if (!isDoable(step)) return [];
  const fields = step.kind === 'referral' ? [...step.record, ...step.outcome] : step.record;
  const options = step.kind === 'question' ? step.options : [];
  const choices = fields.flatMap((field) => (field.kind === 'choice' ? field.options : []));
  const labelled: { label: string; help?: string | undefined }[] = [
    ...options,
    ...fields,
    ...choices,
  ];
  return labelled.flatMap(({ label, help }) => (help === undefined ? [label] : [label, help]));
}
