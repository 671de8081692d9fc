import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Child } from '../../src/domain/answer.ts';
import type { Policy } from '../../src/domain/procedure.ts';
import { walk, type Walk, type WalkStep } from '../../src/domain/walk.ts';
import { pack } from './walking.ts';

const children: Child[] = [
  { id: 'a', parts: ['harmed', 'pictured'], elsewhere: false },
  { id: 'b', parts: ['alleged', 'shared'], elsewhere: false },
];

/** Somebody who settles one open step after the other, choosing by the numbers given. */
function* settling(policy: Policy, restricted: boolean, choices: number[]): Generator<Walk> {
  const answers: Answer[] = [];
  const switches = new Map(Object.entries(policy.pack.switches));
  for (let turn = 0; ; turn += 1) {
    const walked = walk(policy, { restricted, answers, children, switches });
    yield walked;
    const number = choices[turn % choices.length] ?? 0;
    const next = nextStep(walked, turn < choices.length ? number : 0);
    if (next === undefined) return;
    answers.push(answerTo(next, number));
  }
}

/** First the steps that stand in the way of closing and may be settled; while numbers last, any open one. */
function nextStep({ steps, missing }: Walk, number: number): WalkStep | undefined {
  const open = steps.filter(({ state }) => state === 'open');
  if (number > 0 && open.length > 0) return open[number % open.length];
  return missing.find(({ state, step }) => state !== 'locked' || step.kind !== 'question');
}

function answerTo({ step, child, state }: WalkStep, number: number): Answer {
  const blank = {
    step: step.ref,
    child,
    chosen: [],
    record: {},
    reason: null,
    by: 'p',
    at: '2026-11-28T10:00:00Z',
  };
  if (state === 'awaiting') return { ...blank, part: 'outcome', result: 'done' };
  if (state === 'locked')
    return { ...blank, part: 'step', result: 'not-applicable', reason: 'Locked to the end.' };
  if (step.kind === 'question') {
    const option = step.options[number % step.options.length]?.id ?? '';
    return { ...blank, part: 'step', result: 'chosen', chosen: [option] };
  }
  return { ...blank, part: 'step', result: 'done', record: recordFor(step.record, number) };
}

function recordFor(fields: (WalkStep['step'] & { kind: 'action' })['record'], number: number) {
  return Object.fromEntries(
    fields.map((field) => [
      field.id,
      field.kind === 'choice' ? (field.options[number % field.options.length]?.id ?? '') : 'words',
    ]),
  );
}

const cases = fc.record({
  packId: fc.constantFrom('st-wilfrids', 'westlands'),
  restricted: fc.boolean(),
  choices: fc.array(fc.nat(1000), { minLength: 1, maxLength: 80 }),
});

/** Parents who wait for an agency keep a case open, until that is decided anew. */
function waitsForAnAgency({ steps }: Walk): boolean {
  return steps.some(({ answer }) => answer?.chosen.includes('wait') ?? false);
}

function endsOfItsOwn({ ends }: Walk): string[] {
  return ends
    .filter(({ available, end }) => available && !['E-DUP', 'E-ERR'].includes(end.code))
    .map(({ end }) => end.code);
}

function isOpen(walked: Walk, ref: string): boolean {
  return walked.steps.some(({ step, state }) => step.ref === ref && state === 'open');
}

describe('whatever somebody answers', { timeout: 120_000 }, () => {
  it('a case can be brought to its close, and then has an end to choose', () => {
    fc.assert(
      fc.property(cases, ({ packId, restricted, choices }) => {
        let last: Walk | undefined;
        let turns = 0;
        for (const walked of settling(pack(packId), restricted, choices)) {
          last = walked;
          turns += 1;
          if (turns > 600) break;
        }
        expect(last?.missing.map(({ step }) => step.ref)).toEqual([]);
        if (last !== undefined && !waitsForAnAgency(last))
          expect(endsOfItsOwn(last)).not.toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('nothing opens deleting without all three confirmations, nor against the police', () => {
    fc.assert(
      fc.property(cases, ({ packId, restricted, choices }) => {
        for (const walked of settling(pack(packId), restricted, choices)) {
          if (!isOpen(walked, 'nudes/delete')) continue;
          const chosen = answerOf(walked, 'nudes/delete-check')?.chosen ?? [];
          expect(chosen).toHaveLength(3);
          if (isWanted(walked, 'spine/police'))
            expect(answerOf(walked, 'spine/police')?.record['says-deleting']).toBe('may-delete');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('nobody is told, questioned or suspended before the LADO has advised, when the LADO is due', () => {
    const guarded = [
      'inform-adult',
      'inform-parents',
      'inform-employer',
      'measures',
      'collect-device',
    ];
    fc.assert(
      fc.property(cases, ({ packId, choices }) => {
        for (const walked of settling(pack(packId), true, choices))
          if (isWanted(walked, 'staff/lado') && answerOf(walked, 'staff/lado') === null)
            for (const step of guarded) expect(isOpen(walked, `staff/${step}`), step).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it('no prohibition that ever stood goes away', () => {
    fc.assert(
      fc.property(cases, ({ packId, restricted, choices }) => {
        let before: string[] = [];
        for (const { prohibitions } of settling(pack(packId), restricted, choices)) {
          const now = prohibitions.map(({ prohibition }) => prohibition.ref);
          expect(now).toEqual(expect.arrayContaining(before));
          before = now;
        }
      }),
      { numRuns: 30 },
    );
  });
});

function answerOf(walked: Walk, ref: string): Answer | null {
  return walked.steps.find(({ step }) => step.ref === ref)?.answer ?? null;
}

function isWanted(walked: Walk, ref: string): boolean {
  return walked.steps.some(({ step, state }) => step.ref === ref && state !== 'superseded');
}
