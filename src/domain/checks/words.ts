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

/** Nobody is told to wait, or to ask first, before they ring 999, the police, social care or the LADO. */
export function nobodyIsHeldBack(policy: Policy): Problem[] {
  return written(policy)
    .filter(({ words }) => holdsBack(words))
    .map(({ at, words }) => ({ at, problem: `may hold somebody back from ringing: “${words}”` }));
}

const whom = String.raw`(?:999|101|the police|police|social care|the LADO|LADO)`;
const ringing = String.raw`(?:ring|ringing|call|calling|contact|contacting|tell|telling|refer to|referring to)`;
const holdingBack = [
  String.raw`\b(?:do not|don’t|never|must not|may not|cannot) ${ringing} ${whom}\b`,
  String.raw`\bonly [^.]{0,40}(?:may|can|should|must) (?:${ringing}|refer)\b`,
  String.raw`\b(?:wait|ask|check)\b[^.]{0,60}\bbefore (?:you |they |anyone |anybody )?${ringing} ${whom}\b`,
  String.raw`\bbefore (?:you )?${ringing} ${whom}\b[^.]{0,60}\b(?:wait|ask|check)\b`,
  String.raw`\b(?:wait|wait until|wait for)\b[^.]{0,60}\b(?:then|to) ${ringing} ${whom}\b`,
  String.raw`\b(?:unless|until|when|once) (?:the lead|the team|the headteacher|somebody|we) (?:agrees?|says? so|allows?)[^.]{0,60}${ringing}`,
].map((pattern) => new RegExp(pattern, 'i'));

/** Whether words could be read as "do not ring yet". Sentences that say the opposite ("Do not wait …") do not count. */
export function holdsBack(words: string): boolean {
  return words
    .split(/(?<=[.?:;])\s+/)
    .filter(
      (sentence) =>
        !/\b(?:do not|don’t|never|no need to|need not) (?:wait|ask|hold)/i.test(sentence),
    )
    .some((sentence) => holdingBack.some((pattern) => pattern.test(sentence)));
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
