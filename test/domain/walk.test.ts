import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someCases } from '../../bench/cases.ts';
import { plainWalk } from '../../bench/plain-walk.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { conditionSchema, type Condition } from '../../src/domain/condition.ts';
import { judgeOf, type Known } from '../../src/domain/judge.ts';
import { union } from '../../src/domain/union.ts';
import { walk } from '../../src/domain/walk.ts';
import { pack } from '../policies/walking.ts';

const answer = (step: string, more: Partial<Answer> = {}): Answer => ({
  ...{ step, child: null, part: 'step', result: 'chosen', chosen: [], record: {}, reason: null },
  by: 'p',
  at: '2026-11-28T10:00:00Z',
  ...more,
});

const steps = ['t/one', 't/two', 't/three'];
const options = ['yes', 'no', 'unknown'];
const known: fc.Arbitrary<Known> = fc
  .array(
    fc.record({ step: fc.constantFrom(...steps), chosen: fc.subarray(options, { minLength: 1 }) }),
  )
  .map((given) => ({
    answers: Map.groupBy(
      given.map(({ step, chosen }) => answer(step, { chosen })),
      ({ step }) => step,
    ),
    children: [],
    running: new Set(['spine']),
    switches: new Map([['tell', 'always']]),
  }));

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    type: fc.constant('answered' as const),
    step: fc.constantFrom(...steps),
    options: fc.subarray(options, { minLength: 1 }),
  }),
  fc.record({ type: fc.constantFrom('done', 'settled' as const), step: fc.constantFrom(...steps) }),
  fc.record({
    type: fc.constant('procedure' as const),
    ids: fc.subarray(['spine', 'nudes'], { minLength: 1 }),
  }),
  fc.record({
    type: fc.constant('switch' as const),
    name: fc.constant('tell'),
    values: fc.subarray(['always', 'never'], { minLength: 1 }),
  }),
);
const condition = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({
      type: fc.constantFrom('all', 'any' as const),
      of: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('not' as const), of: tie('any') }),
  ),
})).any;

const holds = (one: Condition, given: Known) => judgeOf(one, new Set())(given, null);

describe('conditions', () => {
  it('keep the laws of logic: not, all and any', () => {
    fc.assert(
      fc.property(condition, condition, known, (one, other, given) => {
        const not = (of: Condition): Condition => ({ type: 'not', of });
        const both: Condition = { type: 'all', of: [one, other] };
        const either: Condition = { type: 'any', of: [one, other] };
        expect(holds(not(one), given)).toBe(!holds(one, given));
        expect(holds(both, given)).toBe(holds(one, given) && holds(other, given));
        expect(holds(either, given)).toBe(holds(one, given) || holds(other, given));
        expect(holds(not(both), given)).toBe(
          holds({ type: 'any', of: [not(one), not(other)] }, given),
        );
      }),
    );
  });

  it('take no answer for none of the options, so that “unknown” has to be listed to count', () => {
    const asked: Condition = { type: 'answered', step: 't/one', options: ['yes', 'unknown'] };
    const given = (chosen: string[]): Known => ({
      answers: new Map(chosen.length === 0 ? [] : [['t/one', [answer('t/one', { chosen })]]]),
      ...{ children: [], running: new Set(), switches: new Map() },
    });
    expect([[], ['no'], ['yes'], ['unknown']].map((chosen) => holds(asked, given(chosen)))).toEqual(
      [false, false, true, true],
    );
  });

  it('count what was carried out as done, and what was set aside as settled only', () => {
    const results = ['chosen', 'done', 'not-done', 'not-applicable'] as const;
    const by = (type: 'done' | 'settled') =>
      results.map((result) =>
        holds(
          { type, step: 't/one' },
          {
            answers: new Map([['t/one', [answer('t/one', { result })]]]),
            ...{ children: [], running: new Set(), switches: new Map() },
          },
        ),
      );
    expect(by('done')).toEqual([true, true, false, false]);
    expect(by('settled')).toEqual([true, true, true, true]);
  });

  it('look at the same child from a child’s step; from elsewhere at any child, and for “done” at every one', () => {
    const [a, b] = ['a', 'b'].map((id) => ({ id, parts: ['other' as const], elsewhere: false }));
    const given: Known = {
      answers: new Map([['t/one', [answer('t/one', { child: 'a', chosen: ['yes'] })]]]),
      ...{ children: [a!, b!], running: new Set(), switches: new Map() },
    };
    const judge = (one: Condition, child: typeof a | null) =>
      judgeOf(one, new Set(['t/one']))(given, child ?? null);
    const yes: Condition = { type: 'answered', step: 't/one', options: ['yes'] };
    const done: Condition = { type: 'done', step: 't/one' };
    expect([judge(yes, a), judge(yes, b), judge(yes, null)]).toEqual([true, false, true]);
    expect([judge(done, a), judge(done, b), judge(done, null)]).toEqual([true, false, false]);
  });

  it('are read from the plain form: keys together, lists as alternatives', () => {
    expect(conditionSchema.parse({ crime: ['yes', 'unclear'], not: { done: 'police' } })).toEqual({
      type: 'all',
      of: [
        { type: 'answered', step: 'crime', options: ['yes', 'unclear'] },
        { type: 'not', of: { type: 'done', step: 'police' } },
      ],
    });
    expect(conditionSchema.safeParse({ any: [] }).success).toBe(false);
    expect(conditionSchema.safeParse({ crime: 7 }).success).toBe(false);
  });
});

describe('the walk', { timeout: 120_000 }, () => {
  it.each(['st-wilfrids', 'westlands'])(
    'agrees with the walk written plainly from the specification (%s)',
    (id) => {
      const policy = pack(id);
      const seed = Date.now() % 1_000_000;
      for (const facts of someCases(policy, 60, seed))
        expect(walk(policy, facts), `seed ${String(seed)}`).toEqual(plainWalk(policy, facts));
    },
  );

  it('of several kinds at once has every prohibition of each', () => {
    const policy = pack('st-wilfrids');
    const question = policy.steps.get('spine/kind');
    const kinds = question?.kind === 'question' ? question.options.map(({ id }) => id) : [];
    const forbidden = (chosen: string[], restricted: boolean) => {
      const answers = [answer('spine/kind', { chosen })];
      const walked = walk(policy, { restricted, answers, children: [], switches: new Map() });
      return walked.prohibitions.map(({ prohibition }) => prohibition.ref);
    };
    for (const restricted of [false, true])
      for (const [at, one] of kinds.entries())
        for (const other of kinds.slice(at + 1))
          expect(forbidden([one, other], restricted)).toEqual(
            expect.arrayContaining(
              union(forbidden([one], restricted), forbidden([other], restricted)),
            ),
          );
  });
});

describe('a union', () => {
  it('has the members of both, each once, the first ones first', () => {
    const list = fc.array(fc.constantFrom('a', 'b', 'c', 'd'));
    fc.assert(
      fc.property(list, list, (one, other) => {
        const both = union(one, other);
        expect(new Set(both)).toEqual(new Set([...one, ...other]));
        expect(both).toHaveLength(new Set(both).size);
        expect(both.slice(0, new Set(one).size)).toEqual([...new Set(one)]);
      }),
    );
  });
});
