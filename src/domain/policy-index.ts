import { judgeOf, type Judge } from './judge.ts';
import type {
  DoableStep,
  End,
  Gate,
  Policy,
  Prohibition,
  Step,
  Timer,
  WholeStep,
} from './procedure.ts';

/** A step with its conditions as functions. */
export type Ruled<S extends Step = Step, More = unknown> = {
  step: WholeStep<S>;
  when: Judge;
  /** What the walk looks at most often, copied so that it need not be sought in steps of many shapes. */
  ref: string;
  procedure: string;
  perChild: boolean;
  parts: readonly string[];
} & More;

type Adding = { procedure: string; adds: ReadonlyMap<string, readonly string[]> };

/** The order in which a lead meets the steps, before that of the procedures. */
export const phases = ['first', 'respond', 'people', 'close'] as const;

/** A policy's steps by what the walk does with them. */
export type PolicyIndex = {
  /** Their names, in the pack's order. */
  procedures: readonly string[];
  /** In the order in which a lead meets them. */
  walked: Ruled<DoableStep>[];
  prohibitions: Ruled<Prohibition, { until: Judge | null }>[];
  gates: Ruled<Gate, { opens: Judge }>[];
  timers: Ruled<Timer>[];
  ends: Ruled<End, { requires: Judge }>[];
  /** The steps that are walked, by their full names. */
  settled: ReadonlyMap<string, Ruled<DoableStep>>;
  /** Full names of the steps that are walked once per child. */
  perChild: ReadonlySet<string>;
  /** The questions of which some option brings procedures in, by their full names: which, by option. */
  adding: ReadonlyMap<string, Adding>;
};

const indexes = new WeakMap<Policy, PolicyIndex>();

/** Made once per policy: thousands of walks share one policy. */
export function indexOf(policy: Policy): PolicyIndex {
  const known = indexes.get(policy);
  if (known !== undefined) return known;
  const made = makeIndex(policy);
  indexes.set(policy, made);
  return made;
}

function makeIndex(policy: Policy): PolicyIndex {
  const steps = [...policy.steps.values()];
  const perChild = new Set(steps.filter(({ per }) => per === 'child').map(({ ref }) => ref));
  const kinds = sorted(steps, perChild);
  const walked = phases.flatMap((phase) => kinds.walked.filter(({ step }) => step.phase === phase));
  const settled = new Map(walked.map((ruled) => [ruled.step.ref, ruled]));
  const adding = new Map(steps.flatMap(addingOf));
  return { procedures: [...policy.procedures.keys()], ...kinds, walked, settled, perChild, adding };
}

function ruledBy(step: WholeStep, perChild: ReadonlySet<string>): Omit<Ruled, 'step'> {
  const { ref, procedure, children: parts } = step;
  const when = judgeOf(step.when, perChild);
  return { when, ref, procedure, perChild: step.per === 'child', parts };
}

type Kinds = Pick<PolicyIndex, 'walked' | 'prohibitions' | 'gates' | 'timers' | 'ends'>;

function sorted(steps: WholeStep[], perChild: ReadonlySet<string>): Kinds {
  const kinds: Kinds = { walked: [], prohibitions: [], gates: [], timers: [], ends: [] };
  for (const step of steps) {
    const common = ruledBy(step, perChild);
    switch (step.kind) {
      case 'question':
      case 'action':
      case 'referral':
        kinds.walked.push({ step, ...common });
        break;
      case 'prohibition': {
        const until = step.until === undefined ? null : judgeOf(step.until, perChild);
        kinds.prohibitions.push({ step, ...common, until });
        break;
      }
      case 'gate':
        kinds.gates.push({ step, ...common, opens: judgeOf(step.opens, perChild) });
        break;
      case 'timer':
        kinds.timers.push({ step, ...common });
        break;
      case 'end':
        kinds.ends.push({ step, ...common, requires: judgeOf(step.requires, perChild) });
        break;
    }
  }
  return kinds;
}

function addingOf(step: WholeStep): [string, Adding][] {
  if (step.kind !== 'question') return [];
  const options = step.options.filter(({ adds }) => adds.length > 0);
  if (options.length === 0) return [];
  const adds = new Map(options.map((option) => [option.id, option.adds]));
  return [[step.ref, { procedure: step.procedure, adds }]];
}
