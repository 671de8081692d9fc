import { mapSteps } from './condition.ts';
import type { Citation, Pack, Policy, Procedure, Step, WholeStep } from './procedure.ts';

/** Joins a pack and the procedures it adopts into what a case runs under. The caller has checked both. */
export function assemblePolicy(pack: Pack, procedures: Procedure[], digest: string): Policy {
  const steps = new Map<string, WholeStep>();
  for (const procedure of procedures)
    for (const step of procedure.steps) {
      const whole = makeWhole(procedure.id, step);
      steps.set(whole.ref, whole);
    }
  return {
    pack,
    procedures: new Map(procedures.map((procedure) => [procedure.id, procedure])),
    steps,
    digest,
  };
}

function makeWhole(procedure: string, step: Step): WholeStep {
  const qualify = (reference: string) => qualifyReference(procedure, reference);
  const common = { ref: `${procedure}/${step.id}`, procedure, when: mapSteps(step.when, qualify) };
  switch (step.kind) {
    case 'question':
    case 'action':
    case 'referral':
      return step.task_shows === undefined
        ? { ...step, ...common }
        : { ...step, ...common, task_shows: step.task_shows.map(qualify) };
    case 'prohibition': {
      const whole = { ...step, ...common, same_as: step.same_as.map(qualify) };
      return step.until === undefined ? whole : { ...whole, until: mapSteps(step.until, qualify) };
    }
    case 'gate':
      return {
        ...step,
        ...common,
        opens: mapSteps(step.opens, qualify),
        locks_steps: step.locks_steps.map(qualify),
      };
    case 'timer':
      return {
        ...step,
        ...common,
        bounds: qualify(step.bounds),
        from: qualifyStart(procedure, step.from),
      };
    case 'end':
      return { ...step, ...common, requires: mapSteps(step.requires, qualify) };
  }
}

/** `store-device` inside `nudes` is `nudes/store-device`; a whole reference stays as it is. */
export function qualifyReference(procedure: string, reference: string): string {
  return reference.includes('/') ? reference : `${procedure}/${reference}`;
}

function qualifyStart(procedure: string, from: string): string {
  return from === 'concern' ? from : qualifyReference(procedure, from);
}

/**
 * Where a step comes from, most binding first: the school's own clauses, the place where its policy
 * defers to another document, national guidance. `running` are the procedures on the case.
 */
export function citationsOf(
  policy: Policy,
  step: WholeStep,
  running: ReadonlySet<string>,
): Citation[] {
  const { pack } = policy;
  const clauses = pack.clauses
    .filter((clause) => clause.steps.includes(step.ref))
    .filter((clause) => clause.for.length === 0 || clause.for.some((id) => running.has(id)))
    .map((clause): Citation => ({
      type: 'clause',
      policy: pack.policy,
      heading: clause.heading,
      line: clause.line,
    }));
  const deferred = pack.defers
    .filter((entry) => entry.procedure === step.procedure)
    .map((entry): Citation => ({
      type: 'deferred',
      policy: pack.policy,
      line: entry.line,
      says: entry.says,
    }));
  const guidance = step.source.map((source): Citation => ({ type: 'guidance', name: source }));
  return [...clauses, ...(clauses.length === 0 ? deferred : []), ...guidance];
}
