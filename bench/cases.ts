import type { Answer, Child } from '../src/domain/answer.ts';
import type { Policy } from '../src/domain/procedure.ts';
import { walk, type Facts, type WalkStep } from '../src/domain/walk.ts';

const children: Child[] = [
  { id: 'a', parts: ['harmed', 'pictured'], elsewhere: false },
  { id: 'b', parts: ['alleged', 'shared'], elsewhere: false },
];

/** Numbers from nowhere that are the same at every run. */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Cases of every length under a policy: some just raised, some nearly closed, one in four about an adult here. */
export function someCases(policy: Policy, count: number, seed: number): Facts[] {
  const below = numbers(seed);
  return Array.from({ length: count }, (_, at) => someCase(policy, at % 4 === 3, below));
}

function someCase(policy: Policy, restricted: boolean, below: (most: number) => number): Facts {
  const switches = new Map(Object.entries(policy.pack.switches));
  const answers: Answer[] = [];
  const facts = { restricted, answers, children, switches };
  for (let left = below(80); left > 0; left -= 1) {
    const { steps } = walk(policy, facts);
    const open = steps.filter(
      ({ state }) => state === 'open' || (state === 'done' && below(20) === 0),
    );
    const next = open[below(open.length)];
    if (next !== undefined) answers.push(someAnswer(next, below));
  }
  return facts;
}

function someAnswer({ step, child }: WalkStep, below: (most: number) => number): Answer {
  const blank = { child, part: 'step', chosen: [], record: {}, reason: null } as const;
  const by = { step: step.ref, by: 'somebody', at: '2026-11-28T10:32:00Z' };
  if (step.kind !== 'question') {
    const record = step.record.map((field) => [
      field.id,
      field.kind === 'choice' ? field.options[below(field.options.length)]?.id : 'words',
    ]);
    const filled = Object.fromEntries(record) as Record<string, string>;
    return { ...blank, ...by, result: 'done', chosen: [], record: filled };
  }
  const option = step.options[below(step.options.length)]?.id ?? '';
  return { ...blank, ...by, result: 'chosen', chosen: [option] };
}
