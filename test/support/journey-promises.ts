import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../src/domain/case-events.ts';
import { audienceOfCase, readersOf, type CaseState } from '../../src/domain/case.ts';
import { walkOf } from '../../src/domain/decide.ts';
import { replay } from '../../src/domain/evolve.ts';
import type { Policy } from '../../src/domain/procedure.ts';
import type { School } from '../../src/domain/school.ts';
import type { Walk } from '../../src/domain/walk.ts';
import { verifyAudit } from '../../src/postgres/verify-audit.ts';
import type { Journey } from './journey.ts';
import { secretsIn } from './journey-secrets.ts';

/*
 * What holds in every scenario, C1 to C6 of the acceptance scenarios: looked for in everything that went
 * over the wire and in everything that was recorded, whatever the journeys of the file did.
 */

/** The last test of every journey file. */
export function itKeepsItsPromises(journey: () => Journey): void {
  it('keeps every promise that holds always (C1 to C6)', async () => {
    await journey().settled();
    expect(journey().workplace.violations()).toEqual([]);
    expectNothingTypedInAnyChat(journey());
    const cases = await casesOf(journey());
    for (const one of cases) {
      expectOnlyThoseEntitledHeard(journey(), one);
      expectNothingLockedWasDone(one);
      expectNothingOpenWhenClosed(one);
    }
    await expectAudited(journey());
    await expectEveryMessageOnce(journey());
  });
}

type Case = {
  id: string;
  school: School;
  policyFor: (state: CaseState) => Policy;
  /** The case after each of its events. */
  states: { recorded: RecordedEvent; before: CaseState | null; after: CaseState }[];
  last: CaseState;
};

async function casesOf({ bot, policies, sql }: Journey): Promise<Case[]> {
  const found: Case[] = [];
  const schools = await bot.store.schools();
  const rows = await sql<{ id: string; school: string }>(
    'SELECT id, school_id AS school FROM case_file ORDER BY opened_at',
  );
  for (const { id, school: schoolId } of rows) {
    const school = schools.find((one) => one.id === schoolId);
    const read = await bot.store.run({ school: schoolId, as: 'product' }, (tx) => tx.loadCase(id));
    if (school === undefined || read === null) throw new Error(`no case ${id}`);
    const states = read.events.map((recorded, index) => ({
      recorded,
      before: index === 0 ? null : replay(id, read.events.slice(0, index)),
      after: replay(id, read.events.slice(0, index + 1)),
    }));
    const policyFor = ({ policy: { pack, version } }: CaseState) => {
      const policy = policies.policyFor(pack, version);
      if (policy === null) throw new Error(`no pack ${pack}`);
      return policy;
    };
    found.push({ id, school, policyFor, states, last: read.state });
  }
  return found;
}

/** What buttons carry: chance letters, which now and then spell a word of four. */
const handles = /(?<![\w-])[\w-]{22}(?![\w-])/g;

/** C1: no name, no word of anybody's text and no address in anything that a chat keeps, nor in the log. */
export function expectNothingTypedInAnyChat({ workplace, logged, typed }: Journey): void {
  const secrets = secretsIn(typed);
  const log = logged.join('\n').toLowerCase();
  for (const secret of secrets) expect(log, 'in the log').not.toContain(secret);
  for (const { kind, to, body } of workplace.recordings()) {
    if (kind !== 'chat') continue;
    const lower = body.replaceAll(handles, '').toLowerCase();
    for (const secret of secrets) expect(lower, `in a message to ${to}`).not.toContain(secret);
  }
}

/**
 * C2: whoever was sent anything with the reference in it was entitled at some time, and the lead's channel
 * only if the case was ever the team's. Somebody it was about from the start was sent nothing.
 */
function expectOnlyThoseEntitledHeard(journey: Journey, { school, states, last }: Case): void {
  const ids = new Set<string>([last.reporter]);
  // Whoever has left by now could have been told before.
  const everybody = school.people.map((person) => ({ ...person, active: true }));
  for (const { after } of states) {
    for (const id of readersOf(after, everybody)) ids.add(id);
    for (const { to } of after.tasks) ids.add(to);
  }
  const entitled = school.people.filter(({ id }) => ids.has(id)).map(({ name }) => name);
  const channel = states.some(({ after }) => audienceOfCase(after, school.people).channel);
  const heard = journey.workplace
    .recordings()
    .filter(({ body }) => body.includes(last.reference))
    .map(({ to }) => to);
  const allowed = channel ? [...entitled, journey.leadChannel] : entitled;
  for (const to of new Set(heard)) expect(allowed, `${last.reference} reached ${to}`).toContain(to);
  if (!states.every(({ after }) => after.lane === 'manager')) return;
  const subjects = school.people.filter(({ id }) => last.involvement.subjects.includes(id));
  const chats = journey.workplace.recordings().filter(({ kind }) => kind === 'chat');
  for (const { body, to } of chats.filter((one) => one.body.includes(last.reference)))
    for (const { name } of subjects) expect(body, `a message to ${to}`).not.toContain(name);
}

function walkAt({ school, policyFor }: Case, state: CaseState): Walk {
  const policy = policyFor(state);
  const switches = new Map(Object.entries({ ...policy.pack.switches, ...school.switches }));
  return walkOf(state, { policy, switches });
}

/** C5: nothing was ever recorded as done while something locked it. */
function expectNothingLockedWasDone(one: Case): void {
  for (const { recorded, before } of one.states) {
    const { event } = recorded;
    if (event.type !== 'answered' || before === null || recorded.actor === before.reporter)
      continue;
    const { step, child, result, part } = event.answer;
    if (part !== 'step' || (result !== 'done' && result !== 'chosen')) continue;
    const place = walkAt(one, before).steps.find(
      (candidate) => candidate.step.ref === step && candidate.child === child,
    );
    expect(place?.locks ?? ['not in the walk'], `${step} was recorded`).toEqual([]);
  }
}

/** C4: what is closed had nothing open that must be settled. */
function expectNothingOpenWhenClosed(one: Case): void {
  for (const { recorded, before } of one.states)
    if (recorded.event.type === 'closed' && before !== null)
      expect(walkAt(one, before).missing.map(({ step }) => step.ref)).toEqual([]);
}

/** C3: every event has exactly one audit row, and the chain of them is whole. */
async function expectAudited({ bot, sql }: Journey): Promise<void> {
  const [counts] = await sql<{ events: number; audited: number }>(
    `SELECT (SELECT count(*)::int FROM case_event) AS events,
            (SELECT count(*)::int FROM audit_entry WHERE case_id IS NOT NULL AND seq IS NOT NULL) AS audited`,
  );
  expect(counts?.audited).toBe(counts?.events);
  for (const { id } of await bot.store.schools())
    expect(await verifyAudit(bot.store, id)).toMatchObject({ ok: true });
}

/** C6: every message that was owed is settled, and none was sent twice. */
async function expectEveryMessageOnce({ sql }: Journey): Promise<void> {
  const twice = await sql(
    `SELECT case_id, person_id, message FROM delivery
     WHERE mode = 'send' AND state = 'sent'
     GROUP BY case_id, person_id, channel, route, message, created_at HAVING count(*) > 1`,
  );
  expect(twice).toEqual([]);
  // The rounds of every minute come by themselves, and one may just have found something to say.
  const open = () =>
    sql(`SELECT message FROM delivery WHERE state NOT IN ('sent', 'dropped', 'failed')`);
  await expect.poll(open, { timeout: 30_000 }).toEqual([]);
}
