import type { Pack, Policy, RecordField, WholeStep } from '../domain/procedure.ts';
import { isDoable } from '../domain/procedure.ts';
import { conditionInWords, dutyInWords, type Names } from './in-words.ts';

/** What changed from one version of a pack to another, in sentences for the lead who decides on it. */
export function differences(before: Policy, after: Policy): string[] {
  return [
    ...procedureDifferences(before, after),
    ...switchDifferences(before.pack, after.pack),
    ...clauseDifferences(before.pack, after.pack),
    ...stepDifferences(before, after),
  ];
}

function procedureDifferences(before: Policy, after: Policy): string[] {
  const title = (id: string) =>
    (after.procedures.get(id) ?? before.procedures.get(id))?.title ?? id;
  const [gone, added, kept] = compare(before.pack.procedures, after.pack.procedures);
  return [
    ...added.map((id) => `New procedure: “${title(id)}”.`),
    ...gone.map((id) => `Procedure no longer used: “${title(id)}”.`),
    ...kept
      .filter((id) => before.pack.procedures[id] !== after.pack.procedures[id])
      .map(
        (id) =>
          `“${title(id)}”: version ${String(before.pack.procedures[id])} becomes version ${String(after.pack.procedures[id])}.`,
      ),
  ];
}

function switchDifferences(before: Pack, after: Pack): string[] {
  const [gone, added, kept] = compare(before.switches, after.switches);
  return [
    ...added.map((name) => `New switch ${name}: ${String(after.switches[name])}.`),
    ...gone.map((name) => `Switch ${name} is gone.`),
    ...changed(kept, before.switches, after.switches).map(
      (name) =>
        `Switch ${name}: ${String(before.switches[name])} becomes ${String(after.switches[name])}.`,
    ),
  ];
}

function clauseDifferences(before: Pack, after: Pack): string[] {
  const [gone, added, kept] = compare(clausesByLine(before), clausesByLine(after));
  const was = clausesByLine(before);
  const is = clausesByLine(after);
  return [
    ...added.map((line) => `New clause, line ${line}: ${String(is[line])}`),
    ...gone.map((line) => `Clause of line ${line} is gone: ${String(was[line])}`),
    ...changed(kept, was, is).map(
      (line) => `Clause of line ${line}: ${String(was[line])} → ${String(is[line])}`,
    ),
  ];
}

function clausesByLine({ clauses }: Pack): Record<string, string> {
  return Object.fromEntries(
    clauses.map(({ line, says, steps }) => [String(line), `${says} (${steps.join(', ')})`]),
  );
}

function stepDifferences(before: Policy, after: Policy): string[] {
  const was = Object.fromEntries(before.steps);
  const is = Object.fromEntries(after.steps);
  const [gone, added, kept] = compare(was, is);
  return [
    ...added.flatMap((ref) => ofStep(is[ref], (step) => [`New step: ${named(step)}. ${step.do}`])),
    ...gone.flatMap((ref) => ofStep(was[ref], (step) => [`Step removed: ${named(step)}.`])),
    ...kept.flatMap((ref) =>
      ofStep(was[ref], (old) => ofStep(is[ref], (step) => changesIn(old, step, before, after))),
    ),
  ];
}

function ofStep(step: WholeStep | undefined, say: (step: WholeStep) => string[]): string[] {
  return step === undefined ? [] : say(step);
}

function named(step: WholeStep): string {
  const duty = dutyInWords(step);
  return duty === '' ? `“${step.title}”` : `“${step.title}” (${duty})`;
}

function changesIn(old: WholeStep, step: WholeStep, before: Names, after: Names): string[] {
  const was = facetsOf(old, before);
  const is = facetsOf(step, after);
  return Object.keys({ ...was, ...is })
    .filter((facet) => was[facet] !== is[facet])
    .map(
      (facet) =>
        `“${step.title}”, ${facet}: ${was[facet] ?? 'nothing'} → ${is[facet] ?? 'nothing'}`,
    );
}

/** What a lead sees of a step, facet by facet. */
function facetsOf(step: WholeStep, names: Names): Record<string, string> {
  const facets: Record<string, string> = {
    title: step.title,
    'what to do': step.do,
    why: step.why,
    source: step.source.join(', '),
    'who, by when, how binding': dutyInWords(step),
    'when it comes up': conditionInWords(step.when, names),
  };
  if (isDoable(step)) {
    facets['what to record'] = fieldsInWords(step.record);
    facets['what never to do'] = step.never.join(' ');
    facets['whom to ring'] = step.ring.join(', ');
    facets['what it does'] = step.acts.join(', ');
  }
  if (step.kind === 'question')
    facets['answers'] = step.options.map(({ label }) => label).join(' / ');
  if (step.kind === 'referral')
    facets['what to record of the answer'] = fieldsInWords(step.outcome);
  if (step.kind === 'gate') {
    facets['what it locks'] = [...step.locks, ...step.locks_steps].join(', ');
    facets['what opens it'] = conditionInWords(step.opens, names);
  }
  if (step.kind === 'prohibition') facets['what it forbids'] = step.forbids.join(', ');
  if (step.kind === 'timer') facets['how long'] = `${step.lasts} from ${step.from}`;
  if (step.kind === 'end') facets['what it asks for'] = conditionInWords(step.requires, names);
  return Object.fromEntries(Object.entries(facets).filter(([, words]) => words !== ''));
}

function fieldsInWords(fields: RecordField[]): string {
  return fields
    .map(({ label, required }) => (required ? label : `${label} (may be empty)`))
    .join(', ');
}

function compare(before: object, after: object): [gone: string[], added: string[], kept: string[]] {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const kept = Object.keys(after).filter((key) => Object.hasOwn(before, key));
  return [gone, added, kept];
}

function changed(
  keys: string[],
  before: Record<string, string>,
  after: Record<string, string>,
): string[] {
  return keys.filter((key) => before[key] !== after[key]);
}
