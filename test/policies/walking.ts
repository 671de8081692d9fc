import type { Answer, Child } from '../../src/domain/answer.ts';
import { isDoable, type Policy } from '../../src/domain/procedure.ts';
import { walk, type StepState, type Walk, type WalkStep } from '../../src/domain/walk.ts';
import { loadPolicies } from '../../src/policies/load-policies.ts';

/** The shipped policies, read once. */
export const policies = loadPolicies();

/** A shipped pack that is there and has no problems. */
export function pack(id: string): Policy {
  const policy = policies.latest(id);
  if (policy === null) throw new Error(`no usable pack ${id}`);
  return policy;
}

/** A case that a test walks through by answering its steps. */
export type WalkedCase = {
  choose: (step: string, ...options: string[]) => WalkedCase;
  chooseFor: (child: string, step: string, ...options: string[]) => WalkedCase;
  /** Carries a step out; required fields that the test does not name are filled with something. */
  carryOut: (step: string, record?: Record<string, string>, child?: string) => WalkedCase;
  leave: (step: string, result: 'not-done' | 'not-applicable', reason: string) => WalkedCase;
  outcome: (step: string) => WalkedCase;
  /** Turns the case into one about an adult here, or back. */
  restrict: (restricted: boolean) => WalkedCase;
  walk: () => Walk;
};

export function walkedCase(
  packId: string,
  { children = [], restricted = false }: { children?: Child[]; restricted?: boolean } = {},
): WalkedCase {
  const policy = pack(packId);
  const answers: Answer[] = [];
  let about = restricted;
  const give = (answer: Partial<Answer> & Pick<Answer, 'step'>) => {
    if (!policy.steps.has(answer.step)) throw new Error(`no step ${answer.step}`);
    answers.push({ ...blank, ...answer });
    return self;
  };
  const self: WalkedCase = {
    choose: (step, ...chosen) => give({ step, result: 'chosen', chosen }),
    chooseFor: (child, step, ...chosen) => give({ step, child, result: 'chosen', chosen }),
    carryOut: (step, record = {}, child) =>
      give({ step, child: child ?? null, record: { ...filledRecord(policy, step), ...record } }),
    leave: (step, result, reason) => give({ step, result, reason }),
    outcome: (step) => give({ step, part: 'outcome' }),
    restrict: (value) => {
      about = value;
      return self;
    },
    walk: () =>
      walk(policy, { restricted: about, answers, children, switches: switchesOf(policy) }),
  };
  return self;
}

const blank: Omit<Answer, 'step'> = {
  child: null,
  part: 'step',
  result: 'done',
  chosen: [],
  record: {},
  reason: null,
  by: 'somebody',
  at: '2026-11-28T10:32:00Z',
};

function filledRecord(policy: Policy, ref: string): Record<string, string> {
  const step = policy.steps.get(ref);
  if (step === undefined || !isDoable(step)) return {};
  return Object.fromEntries(
    step.record
      .filter(({ required }) => required)
      .map((field) => [field.id, field.kind === 'choice' ? (field.options[0]?.id ?? '') : 'x']),
  );
}

function switchesOf({ pack: { switches } }: Policy): ReadonlyMap<string, string> {
  return new Map(Object.entries(switches));
}

/** Where a step stands; `absent` when it is not in the walk at all. */
export function stateOf(
  walked: Walk,
  ref: string,
  child: string | null = null,
): StepState | 'absent' {
  return find(walked, ref, child)?.state ?? 'absent';
}

/** What locks a step, by the names of the gates and prohibitions. */
export function locksOn(walked: Walk, ref: string, child: string | null = null): string[] {
  return find(walked, ref, child)?.locks.map(({ by }) => by) ?? [];
}

/** What stands between the case and its closing. */
export function missing({ missing: steps }: Walk): string[] {
  return [...new Set(steps.map(({ step }) => step.ref))];
}

/** The ends that can be chosen now, by their codes. */
export function ends({ ends: choices }: Walk): string[] {
  return choices.filter(({ available }) => available).map(({ end }) => end.code);
}

function find({ steps }: Walk, ref: string, child: string | null): WalkStep | undefined {
  return steps.find((one) => one.step.ref === ref && (child === null || one.child === child));
}
