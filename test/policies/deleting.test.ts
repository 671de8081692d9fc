import { describe, expect, it } from 'vitest';
import type { CaseEvent, RecordedEvent } from '../../src/domain/case-events.ts';
import type { Command, Decision } from '../../src/domain/commands.ts';
import { decide } from '../../src/domain/decide.ts';
import { replay } from '../../src/domain/evolve.ts';
import type { Person } from '../../src/domain/people.ts';
import { pack } from './walking.ts';

const policy = pack('st-wilfrids');
const at = '2026-11-28T10:32:00Z';
const somebody = { active: true, phone: null, awayUntil: null };
const people: Person[] = [
  { ...somebody, id: 'priya', name: 'Priya Nair', roles: ['lead'] },
  { ...somebody, id: 'ben', name: 'Ben Okoro', roles: ['it'] },
];

/** A case that the lead holds: an e-mail with a suspect attachment, and copies of it. */
function mailCase() {
  const events: RecordedEvent[] = [];
  const happened = (event: CaseEvent, actor = 'priya') => {
    events.push({ event, actor, at, seq: events.length + 1 });
  };
  const chosen = (step: string, ...options: string[]) => ({
    ...given(step),
    result: 'chosen' as const,
    chosen: options,
  });
  const { id, version } = policy.pack;
  happened({
    type: 'concern-raised',
    concern: 'c',
    reference: 'HS-7Q2K9-M4XTW',
    reporter: 'amy',
    policy: { pack: id, version, digest: policy.digest },
    answers: [
      chosen('spine/kind', 'abuse-images'),
      chosen('child-abuse-images/peers', 'no'),
      chosen('child-abuse-images/copies', 'yes'),
    ],
    about: ['child-here'],
    adultPart: null,
    subjects: [],
    subjectTyped: null,
    conflicts: [],
    urgency: 'urgent',
    source: 'form',
  });
  happened({ type: 'claimed' });
  const ask = (command: Command, actor = 'priya'): Decision => {
    const switches = new Map(Object.entries(policy.pack.switches));
    const setting = { policy, switches, people, actor, now: at };
    const decision = decide(replay('case', events), command, setting);
    if (decision.ok)
      decision.events.forEach((event) => {
        happened(event, actor);
      });
    return decision;
  };
  return { ask };
}

function given(step: string) {
  return { step, child: null, part: 'step' as const, record: {}, reason: null, by: 'priya', at };
}

function answer(step: string, rest: Partial<Command & { type: 'answer' }>): Command {
  const { child, part, record, reason } = given(step);
  const base = { type: 'answer', seen: null, step, child, part, record, reason } as const;
  return { ...base, result: 'done', chosen: [], ...rest };
}

const deleting = 'child-abuse-images/delete-copies';
const item = { item: 'Mailbox of 4B, item 118', time: '2026-11-28T11:40' };
const toIt = (step = deleting): Command => ({
  type: 'give-task',
  seen: null,
  task: 'T-0412',
  step,
  child: null,
  to: 'ben',
  details: 'Mailbox of 4B',
});
const policeSay = (deleted: string) =>
  answer('spine/police', {
    record: {
      officer: 'PC 1234',
      'log-number': '55',
      time: '2026-11-28T11:20',
      advice: 'Delete it without opening it.',
      'says-parents': 'may-tell',
      'says-interviews': 'may-talk',
      'says-deleting': deleted,
      'says-devices': 'leave',
    },
  });

describe('deleting a copy of an abuse picture (S25)', () => {
  it('cannot be recorded before the police have said so', () => {
    expect(mailCase().ask(answer(deleting, { record: item }))).toMatchObject({
      refusal: { type: 'locked' },
    });
  });

  it('cannot be recorded by setting the step aside first', () => {
    const { ask } = mailCase();
    const aside = answer(deleting, { result: 'not-applicable', reason: 'The police keep it.' });
    expect(ask(aside).ok).toBe(true);
    expect(ask(answer(deleting, { record: item }))).toMatchObject({ refusal: { type: 'locked' } });
  });

  it('cannot be given to IT before the police have said so', () => {
    const { ask } = mailCase();
    expect(ask(toIt())).toMatchObject({ refusal: { type: 'locked' } });
    expect(ask(policeSay('do-not-delete')).ok).toBe(true);
    expect(ask(toIt())).toMatchObject({ refusal: { type: 'locked' } });
  });

  it('is given to IT and done once they have', () => {
    const { ask } = mailCase();
    expect(ask(policeSay('may-delete')).ok).toBe(true);
    expect(ask(toIt()).ok).toBe(true);
    const finished: Command = { type: 'finish-task', seen: null, task: 'T-0412', record: item };
    expect(ask(finished, 'ben').ok).toBe(true);
  });

  it('cannot be finished by IT once the police have changed their mind', () => {
    const { ask } = mailCase();
    ask(policeSay('may-delete'));
    ask(toIt());
    expect(ask(policeSay('do-not-delete')).ok).toBe(true);
    const finished: Command = { type: 'finish-task', seen: null, task: 'T-0412', record: item };
    expect(ask(finished, 'ben')).toMatchObject({ refusal: { type: 'locked' } });
  });

  it('gives IT no step that is not IT’s', () => {
    expect(mailCase().ask(toIt('child-abuse-images/iwf'))).toMatchObject({
      refusal: { type: 'not-offered' },
    });
  });
});
