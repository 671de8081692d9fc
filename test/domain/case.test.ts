import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.ts';
import type { CaseEvent, RecordedEvent } from '../../src/domain/case-events.ts';
import { readersOf, type CaseState } from '../../src/domain/case.ts';
import type { Command } from '../../src/domain/commands.ts';
import { decide, type Setting } from '../../src/domain/decide.ts';
import { evolve, replay } from '../../src/domain/evolve.ts';
import type { Person, Role } from '../../src/domain/people.ts';
import { deeds, may } from '../../src/domain/permissions.ts';
import { pack } from '../policies/walking.ts';

const policy = pack('st-wilfrids');
const at = '2026-11-28T10:00:00Z';
const person = (id: string, ...roles: Role[]): Person => ({
  ...{ id, name: id, roles, active: true, phone: null, awayUntil: null },
});
const people = [
  person('priya', 'lead'),
  person('tom', 'deputy'),
  person('ruth', 'headteacher'),
  person('malcolm', 'chair'),
  person('sana', 'leadership-on-call'),
  person('ben', 'it'),
  person('amy', 'staff'),
  person('joe', 'staff'),
  { ...person('ewa', 'deputy'), active: false },
];

type Told = { event: CaseEvent; actor?: string };

function caseFrom(about: string[], ...told: Told[]): CaseState {
  const adult = about.some((one) => one !== 'child-here');
  const ticked: Answer = {
    ...{ step: 'spine/about', child: null, part: 'step', result: 'chosen', chosen: about },
    ...{ record: {}, reason: null, by: 'amy', at },
  };
  const raised: CaseEvent = {
    ...{ type: 'concern-raised', concern: 'c', reference: 'HS-7Q2K9-M4XTW', reporter: 'amy' },
    policy: { pack: 'st-wilfrids', version: 1, digest: policy.digest },
    ...{ answers: [ticked], about, adultPart: adult ? 'done-by' : null, subjects: [] },
    ...{ subjectTyped: null, conflicts: [], urgency: 'routine', source: 'form' },
  };
  const events = [{ event: raised, actor: 'amy' }, ...told];
  return replay(
    'case',
    events.map(({ event, actor }, seq): RecordedEvent => ({
      seq,
      at,
      actor: actor ?? 'priya',
      event,
    })),
  );
}

const setting = (actor: string): Setting => ({
  policy,
  switches: new Map(),
  people,
  actor,
  now: at,
});
const task: Told = {
  event: {
    type: 'task-given',
    task: 'T-1',
    step: 'filtering/it-check',
    child: null,
    to: 'ben',
    details: '',
  },
};
const closing: Told = {
  event: {
    type: 'closing-proposed',
    end: 'spine/end-int',
    summary: 's',
    outcome: 'o',
    reason: null,
    signers: ['tom'],
  },
};

describe('who may do what', () => {
  const held = caseFrom(
    ['child-here'],
    { event: { type: 'claimed' } },
    { event: { type: 'alerted', people: ['sana'], stage: 2 } },
    task,
    closing,
  );
  const confidential = caseFrom(['adult-here'], { event: { type: 'claimed' }, actor: 'ruth' });
  const conflict = caseFrom(['child-here'], {
    event: { type: 'conflict-declared', person: 'tom' },
  });
  const aboutHead = caseFrom(['headteacher']);
  const allowed = (state: CaseState, actor: string) =>
    deeds.filter((deed) => may(deed, actor, state, people)).join(' ');

  it.each<[string, CaseState, string, string]>([
    [
      'the holder',
      held,
      'priya',
      'open claim unclaim hand-over declare-conflict answer name-child name-adult note change-urgency give-task propose-closing reopen link switch-policy export',
    ],
    [
      'one of the team who is asked to sign',
      held,
      'tom',
      'open claim declare-conflict note change-urgency sign reopen link export',
    ],
    ['somebody alerted', held, 'sana', 'open claim declare-conflict note'],
    ['IT with a task', held, 'ben', 'see-task finish-task'],
    ['the reporter', held, 'amy', 'add-words repeat-worry record-own-duty'],
    ['the headteacher, of a case of the team', held, 'ruth', ''],
    ['another colleague', held, 'joe', ''],
    ['somebody who has left', held, 'ewa', ''],
    ['somebody who is not in the school’s file', held, 'eve', ''],
    [
      'the case manager',
      confidential,
      'ruth',
      'open claim unclaim hand-over declare-conflict answer name-child name-adult note change-urgency give-task propose-closing reopen link open-child-side switch-policy export',
    ],
    ['the lead, of a confidential matter', confidential, 'priya', ''],
    ['the chair, of a confidential matter of the headteacher’s', confidential, 'malcolm', ''],
    ['whoever declared a conflict', conflict, 'tom', ''],
    ['the headteacher, of a concern about themselves', aboutHead, 'ruth', ''],
    [
      'the chair, of a concern about the headteacher',
      aboutHead,
      'malcolm',
      'open claim declare-conflict note change-urgency reopen link open-child-side export',
    ],
  ])('%s', (_who, state, actor, expected) => {
    expect(allowed(state, actor)).toBe(expected);
  });
});

const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.constantFrom<Command>(
    { type: 'claim', seen: null },
    { type: 'unclaim', seen: null, reason: null },
    { type: 'declare-conflict', seen: null },
    { type: 'note', seen: null, text: 'A note.' },
    { type: 'change-urgency', seen: null, to: 'urgent', reason: 'It is.' },
    {
      type: 'propose-closing',
      seen: null,
      end: 'spine/end-dup',
      summary: 's',
      outcome: 'o',
      reason: 'r',
    },
    { type: 'sign', seen: null, accept: true },
    { type: 'sign', seen: null, accept: false, reason: 'Not yet.' },
    { type: 'reopen', seen: null, reason: 'More has come out.' },
    { type: 'repeat-worry', seen: null },
    { type: 'name-adult', seen: null, person: 'joe', typed: null },
  ),
  fc
    .constantFrom('priya', 'tom', 'ruth', 'eve')
    .map((to): Command => ({ type: 'hand-over', seen: null, to })),
  fc.constantFrom('yes', 'no').map((option): Command => ({
    ...{ type: 'answer', seen: null, step: 'spine/immediate-risk', child: null, part: 'step' },
    ...{ result: 'chosen', chosen: [option], record: {}, reason: null },
  })),
);
const acts = fc.array(
  fc.record({
    actor: fc.constantFrom('priya', 'tom', 'ruth', 'malcolm', 'sana', 'amy', 'joe', 'ewa', 'eve'),
    command: commands,
  }),
  { maxLength: 12 },
);
const beginnings = fc.constantFrom(
  caseFrom(['child-here']),
  caseFrom(['adult-here']),
  caseFrom(['headteacher']),
  caseFrom(['child-here'], { event: { type: 'closed', end: 'spine/end-int' } }),
);

function tell(state: CaseState, events: readonly CaseEvent[], actor: string): CaseState {
  return events
    .map((event): RecordedEvent => ({ seq: state.version, at, actor, event }))
    .reduce(evolve, state);
}

/** Runs what people try, one after the other, and looks at each attempt. */
function everyAttempt(
  check: (
    state: CaseState,
    command: Command,
    actor: string,
    events: CaseEvent[] | null,
    after: CaseState,
  ) => void,
): void {
  fc.assert(
    fc.property(beginnings, acts, (start, tried) => {
      let state = start;
      for (const { actor, command } of tried) {
        const decision = decide(state, command, setting(actor));
        const after = decision.ok ? tell(state, decision.events, actor) : state;
        check(state, command, actor, decision.ok ? decision.events : null, after);
        state = after;
      }
    }),
    { numRuns: 400 },
  );
}

describe('deciding and what follows from it', () => {
  it('counts the version up by one for each event that moves the case, and by none for a refusal', () => {
    everyAttempt((before, _command, _actor, events, after) => {
      expect(after.version).toBe(before.version + (events?.length ?? 0));
    });
  });

  it('never changes what it is given', () => {
    everyAttempt((before, command, actor) => {
      const copy = structuredClone(before);
      decide(before, command, setting(actor));
      expect(before).toEqual(copy);
    });
  });

  it('grants nothing to whoever may not open the case, but the reporter’s own words', () => {
    everyAttempt((before, command, actor, events) => {
      if (events === null || readersOf(before, people).includes(actor)) return;
      expect([command.type, actor]).toEqual(['repeat-worry', 'amy']);
    });
  });

  it('leaves every case with a holder who may open it, or with none', () => {
    everyAttempt((_before, _command, _actor, _events, { holder, ...after }) => {
      if (holder !== null) expect(readersOf({ ...after, holder }, people)).toContain(holder);
    });
  });

  it('lets nobody sign what they proposed, nor close alone while somebody is above', () => {
    everyAttempt((before, command, actor, events) => {
      const closed = events?.some(({ type }) => type === 'closed') ?? false;
      if (closed) expect([command.type, before.closing?.by === actor]).toEqual(['sign', false]);
    });
  });

  it('keeps a closed case closed for everything but reopening it', () => {
    everyAttempt((before, command, _actor, events, after) => {
      if (before.closedAt === null || events === null || command.type === 'reopen') return;
      expect(after.closedAt).toBe(before.closedAt);
      expect(['note', 'declare-conflict', 'repeat-worry']).toContain(command.type);
    });
  });

  it('explains a button that was drawn before the thing changed, and does not obey it', () => {
    const state = caseFrom(['child-here'], { event: { type: 'claimed' } });
    const answer = {
      type: 'answer',
      step: 'spine/home',
      child: null,
      part: 'step',
      result: 'chosen',
      chosen: ['no'],
      record: {},
      reason: null,
    } as const;
    const of = (seen: number, now: CaseState) =>
      decide(now, { ...answer, chosen: [...answer.chosen], seen }, setting('priya'));
    const involved = tell(
      state,
      [
        {
          type: 'answered',
          revises: false,
          answer: { ...answer, step: 'spine/child-involved', chosen: ['yes'], by: 'priya', at },
        },
      ],
      'priya',
    );
    expect(of(involved.version, involved).ok).toBe(true);
    const noted = tell(involved, [{ type: 'noted', text: 'x' }], 'tom');
    expect(of(involved.version, noted).ok).toBe(true);
    const answered = tell(
      noted,
      [{ type: 'answered', revises: false, answer: { ...answer, chosen: ['yes'], by: 'tom', at } }],
      'tom',
    );
    expect(of(involved.version, answered)).toMatchObject({ refusal: { type: 'stale', by: 'tom' } });
    const handed = tell(noted, [{ type: 'handed-over', to: 'priya' }], 'tom');
    expect(of(noted.version, handed)).toMatchObject({ refusal: { type: 'stale' } });
  });
});

describe('somebody who turns out to be involved', () => {
  const byRuth = caseFrom(['adult-here'], { event: { type: 'claimed' }, actor: 'ruth' });
  const aboutHeadteacher: Command = {
    ...{ type: 'answer', seen: null, step: 'spine/about', child: null, part: 'step' },
    ...{ result: 'chosen', chosen: ['adult-here', 'headteacher'], record: {}, reason: null },
  };

  it('lets go of the case at that answer, so that the next in line can take it', () => {
    const decision = decide(byRuth, aboutHeadteacher, setting('ruth'));
    expect(decision).toMatchObject({
      ok: true,
      events: [{ type: 'answered' }, { type: 'unclaimed' }],
    });
    const after = tell(byRuth, decision.ok ? decision.events : [], 'ruth');
    expect(after.holder).toBeNull();
    expect(readersOf(after, people)).toEqual(['malcolm']);
    expect(decide(after, { type: 'claim', seen: null }, setting('malcolm')).ok).toBe(true);
  });

  it('is not let in again by a correction, while it is about an adult here', () => {
    const aboutHead = caseFrom(['headteacher'], { event: { type: 'claimed' }, actor: 'malcolm' });
    for (const [step, option] of [
      ['spine/about', 'child-here'],
      ['spine/adult-part', 'done-to'],
    ] as const) {
      const corrected = decide(
        aboutHead,
        { ...aboutHeadteacher, step, chosen: [option] },
        setting('malcolm'),
      );
      expect(corrected.ok, step).toBe(true);
      const after = tell(aboutHead, corrected.ok ? corrected.events : [], 'malcolm');
      expect(readersOf(after, people), step).toEqual(['malcolm']);
    }
  });

  it('is kept out when named in a case that began as something done to another adult', () => {
    const begun = caseFrom(
      ['child-here'],
      { event: { type: 'moved-to-manager' } },
      { event: { type: 'claimed' }, actor: 'ruth' },
    );
    const doneTo = {
      ...begun,
      involvement: { ...begun.involvement, about: ['adult-here'], adultPart: 'done-to' as const },
    };
    const after = tell(doneTo, [{ type: 'adult-named', person: 'ruth', typed: null }], 'ruth');
    expect(after.holder).toBeNull();
    expect(readersOf(after, people)).toEqual(['malcolm']);
  });
});
