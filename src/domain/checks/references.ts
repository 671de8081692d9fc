import type { Condition } from '../condition.ts';
import type { Policy, RecordField, Step, WholeStep } from '../procedure.ts';
import { isDoable } from '../procedure.ts';
import { plannedProcedures, type Problem } from './problem.ts';
import { conditionsOf, partsOf } from './conditions.ts';

/** Conditions look at steps, options, fields and choices that are there and that somebody settles. */
export function conditionsNameWhatExists(policy: Policy): Problem[] {
  return [...policy.steps.values()].flatMap(conditionsOf).flatMap(({ step, of, condition }) =>
    partsOf(condition)
      .flatMap((part) => wrongReference(policy, part))
      .map((problem) => ({ at: step.ref, problem: `${of}: ${problem}` })),
  );
}

function wrongReference(policy: Policy, condition: Condition): string[] {
  switch (condition.type) {
    case 'answered':
      return wrongAnswer(policy, condition.step, condition.options);
    case 'recorded':
      return wrongRecord(policy, condition.step, condition.field, condition.options);
    case 'done':
    case 'settled':
      return wrongStep(policy, condition.step);
    case 'procedure':
      return condition.ids
        .filter((id) => !plannedProcedures.includes(id))
        .map((id) => `there is no procedure “${id}”`);
    case 'always':
    case 'all':
    case 'any':
    case 'not':
    case 'switch':
    case 'child':
      return [];
  }
}

function wrongStep(policy: Policy, ref: string): string[] {
  const step = policy.steps.get(ref);
  if (step === undefined) return [`there is no step “${ref}”`];
  if (!isDoable(step)) return [`“${ref}” (${step.kind}) is nothing that anybody carries out`];
  return step.who === 'product'
    ? [`“${ref}” is what the product does, so it is never recorded`]
    : [];
}

function wrongAnswer(policy: Policy, ref: string, options: string[]): string[] {
  const step = policy.steps.get(ref);
  if (step === undefined) return [`there is no step “${ref}”`];
  if (step.kind !== 'question') return [`“${ref}” is not a question`];
  return options
    .filter((option) => !step.options.some(({ id }) => id === option))
    .map((option) => `“${ref}” has no option “${option}”`);
}

function wrongRecord(policy: Policy, ref: string, fieldId: string, options: string[]): string[] {
  const step = policy.steps.get(ref);
  if (step === undefined) return [`there is no step “${ref}”`];
  const field = recordOf(step).find(({ id }) => id === fieldId);
  if (field === undefined) return [`“${ref}” has no field “${fieldId}”`];
  if (field.kind !== 'choice') return [`“${ref}.${fieldId}” is not a choice`];
  return options
    .filter((option) => !field.options.some(({ id }) => id === option))
    .map((option) => `“${ref}.${fieldId}” has no option “${option}”`);
}

function recordOf(step: Step): RecordField[] {
  return isDoable(step) ? step.record : [];
}

/** Timers, gates, IT tasks and prohibitions point to steps and fields that are there. */
export function proceduresReferToWhatExists(policy: Policy): Problem[] {
  return [...policy.steps.values()].flatMap((step) =>
    [
      ...timerReferences(policy, step),
      ...gateReferences(policy, step),
      ...taskReferences(policy, step),
      ...sameReferences(policy, step),
    ].map((problem) => ({ at: step.ref, problem })),
  );
}

function timerReferences(policy: Policy, step: WholeStep): string[] {
  if (step.kind !== 'timer') return [];
  const bounds = wrongStep(policy, step.bounds).map((problem) => `bounds: ${problem}`);
  return [...bounds, ...wrongStart(policy, step.from).map((problem) => `from: ${problem}`)];
}

function wrongStart(policy: Policy, from: string): string[] {
  if (from === 'concern') return [];
  const [ref = '', fieldId] = from.split('.');
  const step = policy.steps.get(ref);
  const wrong = wrongStep(policy, ref);
  if (step === undefined || wrong.length > 0) return wrong;
  if (step.per === 'child') return [`“${ref}” is walked once per child, so it has no one moment`];
  if (fieldId === undefined) return [];
  const field = recordOf(step).find(({ id }) => id === fieldId);
  if (field === undefined) return [`“${ref}” has no field “${fieldId}”`];
  return field.kind === 'moment' ? [] : [`“${from}” is not a moment`];
}

function gateReferences(policy: Policy, step: WholeStep): string[] {
  if (step.kind !== 'gate') return [];
  return step.locks_steps
    .flatMap((ref) => wrongStep(policy, ref))
    .map((problem) => `locks_steps: ${problem}`);
}

/** A prohibition may be left unsaid only for another one, and never for itself by a detour: then neither were said. */
function sameReferences(policy: Policy, step: WholeStep): string[] {
  if (step.kind !== 'prohibition') return [];
  const wrong = step.same_as
    .filter((ref) => policy.steps.get(ref)?.kind !== 'prohibition')
    .filter((ref) => isAdopted(policy, ref))
    .map((ref) => `same_as: “${ref}” is no prohibition`);
  const circle = leadsBack(policy, step.ref) ? ['same_as: leads back to itself'] : [];
  return [...wrong, ...circle];
}

/** A pack need not adopt every procedure that is planned. */
function isAdopted(policy: Policy, ref: string): boolean {
  const id = ref.split('/')[0] ?? '';
  return policy.procedures.has(id) || !plannedProcedures.includes(id);
}

function leadsBack(policy: Policy, start: string): boolean {
  const seen = new Set<string>();
  const waiting = sameAs(policy, start);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...sameAs(policy, next));
  }
  return false;
}

function sameAs(policy: Policy, ref: string): string[] {
  const step = policy.steps.get(ref);
  return step?.kind === 'prohibition' ? [...step.same_as] : [];
}

function taskReferences(policy: Policy, step: WholeStep): string[] {
  if (!isDoable(step)) return [];
  return (step.task_shows ?? []).flatMap((reference) => {
    const [ref = '', fieldId = ''] = reference.split('.');
    const target = policy.steps.get(ref);
    const field =
      target === undefined ? undefined : recordOf(target).find(({ id }) => id === fieldId);
    if (field === undefined) return [`task_shows: there is no field “${reference}”`];
    return ['person', 'link', 'long'].includes(field.kind)
      ? [`task_shows: “${reference}” may hold names or details of the case`]
      : [];
  });
}

/** An answer brings in a procedure that exists or is planned; the staff procedure is never brought in by one. */
export function addedProceduresAreKnown(policy: Policy): Problem[] {
  return [...policy.steps.values()].flatMap((step) =>
    step.kind === 'question'
      ? step.options
          .flatMap(({ adds }) => adds)
          .filter((id) => !plannedProcedures.includes(id) || id === 'staff' || id === 'spine')
          .map((id) => ({ at: step.ref, problem: `adds “${id}”, which no answer can bring in` }))
      : [],
  );
}

/** A procedure asks only for switches that the pack sets. */
export function switchesAreDeclared(policy: Policy): Problem[] {
  return [...policy.steps.values()].flatMap(conditionsOf).flatMap(({ step, of, condition }) =>
    partsOf(condition)
      .flatMap((part) => (part.type === 'switch' ? [part.name] : []))
      .filter((name) => !Object.hasOwn(policy.pack.switches, name))
      .map((name) => ({ at: step.ref, problem: `${of}: the pack has no switch “${name}”` })),
  );
}

/** No two options of a question, fields of a step or choices of a field have one name. */
export function optionsAndFieldsAreDistinct(policy: Policy): Problem[] {
  return [...policy.steps.values()].flatMap((step) =>
    namesIn(step)
      .flatMap(repeated)
      .map((name) => ({ at: step.ref, problem: `has “${name}” twice` })),
  );
}

function namesIn(step: Step): string[][] {
  if (!isDoable(step)) return [];
  const fields = step.kind === 'referral' ? [step.record, step.outcome] : [step.record];
  const choices = fields
    .flat()
    .flatMap((field) => (field.kind === 'choice' ? [field.options.map(({ id }) => id)] : []));
  const options = step.kind === 'question' ? [step.options.map(({ id }) => id)] : [];
  return [...options, ...fields.map((list) => list.map(({ id }) => id)), ...choices];
}

function repeated(names: string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
