import { describe, expect, it } from 'vitest';
import { assemblePolicy } from '../../src/domain/policy.ts';
import { checkPolicy, type ClauseRow } from '../../src/domain/procedure-check.ts';
import { packSchema, procedureSchema, type Procedure } from '../../src/domain/procedure.ts';
import { loadPolicies } from '../../src/policies/load-policies.ts';

type Data = Record<string, unknown>;

const words = {
  title: 'Do it',
  do: 'Do what is right.',
  why: 'So that it helps.',
  source: ['kcsie'],
};
const question = (id: string, more: Data = {}): Data => ({
  id,
  kind: 'question',
  ...words,
  title: `Do ${id}`,
  options: [
    { id: 'no', label: 'No' },
    { id: 'yes', label: 'Yes' },
  ],
  ...more,
});
const note = { id: 'note', kind: 'long', label: 'Note' };
const action = (id: string, more: Data = {}): Data => ({
  id,
  kind: 'action',
  ...words,
  title: `Do ${id}`,
  record: [note],
  ...more,
});
const end = (id: string, more: Data = {}): Data => ({
  id,
  kind: 'end',
  ...words,
  title: `Do ${id}`,
  code: 'E-NFA',
  ...more,
});
const gate = (id: string, more: Data = {}): Data => ({
  id,
  kind: 'gate',
  ...words,
  title: `Do ${id}`,
  opens_words: 'Record it.',
  ...more,
});
const prohibition = (id: string, more: Data = {}): Data => ({
  id,
  kind: 'prohibition',
  ...words,
  title: `Do ${id}`,
  ...more,
});

const base = [question('start'), action('act', { when: { start: 'yes' } }), end('end')];

type Extra = { pack?: Data; others?: Procedure[]; clauses?: ClauseRow[] };

/** A small policy that is right, with these steps besides; what the checks say about it. */
function problemsWith(steps: Data[], extra: Extra = {}): string[] {
  return problemsOf(procedure('spine', 'G', [...base, ...steps]), extra);
}

function problemsOf(spine: Procedure, { pack = {}, others = [], clauses = [] }: Extra): string[] {
  const procedures = [spine, ...others];
  const policy = assemblePolicy(
    packSchema.parse({
      id: 'school',
      version: 1,
      policy: 'Online Safety Policy',
      written: 'May 2026',
      review_due: '2027-05-31',
      procedures: Object.fromEntries(procedures.map(({ id }) => [id, 1])),
      switches: { tell_parents: 'always' },
      clauses: [],
      ...pack,
    }),
    procedures,
    'digest',
  );
  return checkPolicy(policy, { sources: new Set(['kcsie']), clauses }).map(
    ({ at, problem }) => `${at}: ${problem}`,
  );
}

function procedure(id: string, code: string, steps: Data[]): Procedure {
  return procedureSchema.parse({
    id,
    code,
    version: 1,
    title: 'A procedure',
    label: 'Concern',
    edition: '2026-09',
    review_by: '2027-09-01',
    urgency: 'routine',
    reporter: {},
    steps,
  });
}

const clause = (more: Data = {}) => ({
  line: 7,
  heading: 'Concerns',
  says: 'Staff do what is right.',
  steps: ['spine/act'],
  ...more,
});

describe('the checks on policies', () => {
  it('find nothing in a policy that is right', () => {
    expect(problemsWith([])).toEqual([]);
  });

  it.each(loadPolicies().packs.map((policy): [string, typeof policy] => [policy.pack.id, policy]))(
    'find nothing in the shipped pack %s',
    (id, policy) => {
      const { sources, clauses } = loadPolicies();
      const context = { sources: new Set(Object.keys(sources)), clauses: clauses[id] ?? [] };
      expect(checkPolicy(policy, context)).toEqual([]);
    },
  );

  it.each<[string, Data[], string[]]>([
    [
      'a step that does not exist',
      [action('extra', { when: { gone: 'yes' } })],
      ['spine/extra: when: there is no step “spine/gone”'],
    ],
    [
      'an option that does not exist',
      [action('extra', { when: { start: 'perhaps' } })],
      ['spine/extra: when: “spine/start” has no option “perhaps”'],
    ],
    [
      'a field that does not exist',
      [action('extra', { when: { 'act.colour': 'red' } })],
      ['spine/extra: when: “spine/act” has no field “colour”'],
    ],
    [
      'a field that is not a choice',
      [action('extra', { when: { 'act.note': 'red' } })],
      ['spine/extra: when: “spine/act.note” is not a choice'],
    ],
    [
      'a procedure that is not planned',
      [action('extra', { when: { any: [{ procedure: 'nude' }, { start: 'yes' }] } })],
      ['spine/extra: when: there is no procedure “nude”'],
    ],
    [
      'a procedure brought in that is not planned',
      [
        question('extra', {
          options: [
            { id: 'a', label: 'A', adds: ['nude'] },
            { id: 'b', label: 'B' },
          ],
        }),
      ],
      ['spine/extra: adds “nude”, which no answer can bring in'],
    ],
    [
      'the staff procedure brought in by an answer',
      [
        question('extra', {
          options: [
            { id: 'a', label: 'A', adds: ['staff'] },
            { id: 'b', label: 'B' },
          ],
        }),
      ],
      ['spine/extra: adds “staff”, which no answer can bring in'],
    ],
    [
      'a switch that the pack does not set',
      [action('extra', { when: { switch: { tell_nobody: 'yes' } } })],
      ['spine/extra: when: the pack has no switch “tell_nobody”'],
    ],
    [
      'waiting for what the product does by itself',
      [
        action('auto', { who: 'product' }),
        action('extra', { when: { any: [{ done: 'auto' }, { start: 'yes' }] } }),
      ],
      ['spine/extra: when: “spine/auto” is what the product does, so it is never recorded'],
    ],
    [
      'waiting for something that nobody carries out',
      [action('extra', { when: { any: [{ done: 'end' }, { start: 'yes' }] } })],
      ['spine/extra: when: “spine/end” (end) is nothing that anybody carries out'],
    ],
    [
      'a timer that bounds nothing',
      [
        {
          id: 'clock',
          kind: 'timer',
          ...words,
          bounds: 'gone',
          from: 'concern',
          lasts: '10 minutes',
        },
      ],
      ['spine/clock: bounds: there is no step “spine/gone”'],
    ],
    [
      'a timer that starts at something that is not a moment',
      [
        {
          id: 'clock',
          kind: 'timer',
          ...words,
          bounds: 'act',
          from: 'act.note',
          lasts: '10 minutes',
        },
      ],
      ['spine/clock: from: “spine/act.note” is not a moment'],
    ],
    [
      'a timer that starts at a step of one child',
      [
        action('child', { per: 'child' }),
        { id: 'clock', kind: 'timer', ...words, bounds: 'act', from: 'child', lasts: '10 minutes' },
      ],
      ['spine/clock: from: “spine/child” is walked once per child, so it has no one moment'],
    ],
    [
      'a gate that locks a step that does not exist',
      [gate('gate', { locks: ['delete'], locks_steps: ['gone'], opens: { done: 'act' } })],
      ['spine/gate: locks_steps: there is no step “spine/gone”'],
    ],
    [
      'an IT task that shows long text',
      [action('it', { who: 'it', task: 'Block it.', task_shows: ['act.note'] })],
      ['spine/it: task_shows: “spine/act.note” may hold names or details of the case'],
    ],
    [
      'one name twice among options',
      [
        question('extra', {
          options: [
            { id: 'a', label: 'A' },
            { id: 'a', label: 'B' },
          ],
        }),
      ],
      ['spine/extra: has “a” twice'],
    ],
    [
      'a step that can never come up',
      [action('extra', { when: { start: 'yes', not: { start: ['yes', 'no'] } } })],
      ['spine/extra: can never come up'],
    ],
    [
      'a step that asks for two answers to one question',
      [action('extra', { when: { all: [{ start: 'yes' }, { start: 'no' }] } })],
      ['spine/extra: can never come up'],
    ],
    [
      'a step for a procedure that nothing brings in',
      [action('extra', { when: { procedure: 'hate' } })],
      ['spine/extra: can never come up'],
    ],
    [
      'questions that depend on each other',
      [
        question('first', { when: { not: { second: 'yes' } } }),
        question('second', { when: { not: { first: 'yes' } } }),
      ],
      ['spine/first: depends on its own answer', 'spine/second: depends on its own answer'],
    ],
    [
      'a gate that locks what would open it',
      [
        gate('gate', { locks: ['interview'], opens: { done: 'talk' } }),
        action('talk', { acts: ['interview'] }),
      ],
      ['spine/gate: can never open'],
    ],
    [
      'two gates that lock each other’s key',
      [
        gate('one', { locks: ['interview'], opens: { done: 'delete' } }),
        gate('two', { locks: ['delete'], opens: { done: 'talk' } }),
        action('talk', { acts: ['interview'] }),
        action('delete', { acts: ['delete'] }),
      ],
      ['spine/one: can never open', 'spine/two: can never open'],
    ],
    [
      'a prohibition that forbids what would lift it',
      [
        prohibition('never', {
          forbids: ['view'],
          until: { done: 'look' },
          until_words: 'Looked.',
        }),
        action('look', { acts: ['view'] }),
      ],
      ['spine/never: can never open'],
    ],
    [
      'a step that is always forbidden',
      [prohibition('never', { forbids: ['view'] }), action('look', { acts: ['view'] })],
      ['spine/look: is always forbidden by spine/never'],
    ],
    [
      'an end that can never be chosen',
      [end('other', { requires: { procedure: 'hate' }, requires_words: 'Hate.' })],
      ['spine/other: can never be chosen'],
    ],
    [
      'a mandatory step that records nothing',
      [action('extra', { record: [] })],
      ['spine/extra: must be done and records nothing'],
    ],
    [
      'a mandatory step whose only field may stay empty',
      [action('extra', { record: [{ ...note, required: false }] })],
      ['spine/extra: must be done and records nothing'],
    ],
    [
      'a step with a dialog of its own and with fields',
      [action('extra', { dialog: 'children' })],
      ['spine/extra: has a dialog of its own, so its record fields are never asked'],
    ],
    [
      'a label that is too long',
      [
        question('extra', {
          options: [
            { id: 'a', label: 'x'.repeat(76) },
            { id: 'b', label: 'B' },
          ],
        }),
      ],
      [`spine/extra: “${'x'.repeat(76)}” is longer than 75 characters`],
    ],
    [
      'too many choices at once',
      [question('extra', { choose: 'many', options: manyOptions(11) })],
      ['spine/extra: has 11 choices, and 10 can be shown'],
    ],
    [
      'too many choices in the form',
      [question('extra', { choose: 'many', asked: 'concern', options: manyOptions(21) })],
      ['spine/extra: has 21 choices, and 20 can be shown'],
    ],
    [
      'a long title',
      [action('extra', { title: 'One two three four five six seven eight nine' })],
      ['spine/extra: “One two three four five six seven eight nine” has more than 8 words'],
    ],
    [
      'half a sentence under what never to do',
      [action('extra', { never: ['Do not open it', 'not even to test.'] })],
      [
        'spine/extra: “Do not open it” is not a whole sentence',
        'spine/extra: “not even to test.” is not a whole sentence',
      ],
    ],
    [
      'a prohibition that does not say what lifts it',
      [prohibition('never', { until: { done: 'act' } })],
      ['spine/never: has `until` without `until_words`'],
    ],
    [
      'an end that does not say what it asks for',
      [end('other', { requires: { done: 'act' } })],
      ['spine/other: has `requires` without `requires_words`'],
    ],
    [
      'an IT step without a task',
      [action('it', { who: 'it' })],
      ['spine/it: is for the IT person and has no `task`'],
    ],
    [
      'a prohibition that stands by a missing answer',
      [prohibition('never', { when: { not: { start: 'yes' } } })],
      ['spine/never: is a prohibition whose `when` uses `not`'],
    ],
    [
      'a child’s part looked at where there is no child',
      [action('extra', { when: { child_is: 'harmed' } })],
      ['spine/extra: uses `child_is` and is not walked per child'],
    ],
    [
      'children listed where there is no child',
      [action('extra', { children: ['harmed'] })],
      ['spine/extra: lists `children` and is not walked per child'],
    ],
    [
      'an end per child',
      [end('other', { per: 'child' })],
      ['spine/other: is an end per child, and a case ends once'],
    ],
    [
      'a step without a source',
      [action('extra', { source: [] })],
      ['spine/extra: has no clause in the pack and no source'],
    ],
    [
      'a source that does not exist',
      [action('extra', { source: ['kcsie', 'rumour'] })],
      ['spine/extra: there is no source “rumour”'],
    ],
    [
      'two steps of one title',
      [action('extra', { title: 'do act' })],
      ['spine/extra: is called “do act” like spine/act'],
    ],
    [
      'a prohibition left unsaid for what is none',
      [prohibition('extra', { same_as: ['act', 'gone'] })],
      [
        'spine/extra: same_as: “spine/act” is no prohibition',
        'spine/extra: same_as: “spine/gone” is no prohibition',
      ],
    ],
    [
      'an exclamation mark',
      [action('extra', { do: 'Do it now!' })],
      ['spine/extra: says “!”: “Do it now!”'],
    ],
    ...[
      'Ask the lead before you ring the police.',
      'Do not ring social care yourself.',
      'Only the lead may refer a child.',
      'Wait for the lead to call 999.',
    ].map((held): [string, Data[], string[]] => [
      `words that hold somebody back: ${held}`,
      [action('extra', { do: held })],
      [`spine/extra: may hold somebody back from ringing: “${held}”`],
    ]),
    [
      'a phone number',
      [action('extra', { do: 'Ring 01632 960111.' })],
      ['spine/extra: holds a number or an address: “Ring 01632 960111.”'],
    ],
  ])('find %s', (_what, steps, expected) => {
    expect(problemsWith(steps)).toEqual(expected);
  });

  it('find a step that is there twice', () => {
    expect(problemsWith([action('act')])).toEqual(['spine/act: is there twice']);
  });

  it('find a prohibition that is left unsaid for one that leaves itself unsaid for it', () => {
    const circle = [
      prohibition('one', { same_as: ['two'] }),
      prohibition('two', { same_as: ['one'] }),
    ];
    expect(problemsWith(circle)).toEqual([
      'spine/one: same_as: leads back to itself',
      'spine/two: same_as: leads back to itself',
    ]);
  });

  it('find a procedure that nothing brings in', () => {
    const hate = procedure('hate', 'T6', [action('other')]);
    expect(problemsWith([], { others: [hate] })).toEqual([
      'hate: no answer brings this procedure in',
    ]);
  });

  it('find a set of procedures under which no case can end', () => {
    const staff = procedure('staff', 'T10', [action('other')]);
    const awayFromStaff = { when: { not: { procedure: 'staff' } } };
    const spine = procedure('spine', 'G', [question('start'), end('end', awayFromStaff)]);
    expect(problemsWith([], { others: [staff] })).toEqual([]);
    expect(problemsOf(spine, { others: [staff] })).toEqual(['spine + staff: no end can be chosen']);
  });

  it('find a clause that points to no step', () => {
    const pack = { clauses: [clause({ steps: ['spine/gone'] })] };
    expect(problemsWith([], { pack })).toEqual(['pack line 7: there is no step “spine/gone”']);
  });

  it('find a clause for a procedure that is not planned', () => {
    const pack = { clauses: [clause({ for: ['nude'] })] };
    expect(problemsWith([], { pack })).toEqual(['pack line 7: there is no procedure “nude”']);
  });

  it('find a clause that no step carries, once its procedure has been adopted', () => {
    const row = { line: 7, to: 9, short: 'do what is right', trees: [] };
    expect(problemsWith([], { clauses: [row] })).toEqual([
      'pack line 7: no step carries the clause “do what is right”',
    ]);
    expect(problemsWith([], { clauses: [{ ...row, trees: ['hate'] }] })).toEqual([]);
    expect(problemsWith([], { clauses: [row], pack: { clauses: [clause({ line: 8 })] } })).toEqual(
      [],
    );
  });

  it('take a clause of the pack as the source of a step', () => {
    const pack = { clauses: [clause({ steps: ['spine/extra'] })] };
    expect(problemsWith([action('extra', { source: [] })], { pack })).toEqual([]);
  });
});

function manyOptions(count: number): Data[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `o${String(index)}`,
    label: 'A choice',
  }));
}
