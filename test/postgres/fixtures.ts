import type { CaseLine, NewDelivery, Tx } from '../../src/app/ports.ts';
import type { CaseEvent } from '../../src/domain/case-events.ts';
import { schoolFileSchema, type School, type SchoolFile } from '../../src/domain/school.ts';
import type { PostgresStore } from '../../src/postgres/store.ts';
import { randomUUID as newId } from 'node:crypto';

/** A school's file with one person for every office; `over` replaces whole fields. */
export function schoolFile(over: Record<string, unknown> = {}): SchoolFile {
  const person = (key: string, ...roles: string[]) => ({
    key,
    name: `Name-${key}`,
    roles,
    email: `${key}@school.example`,
    slack: { team: 'T1', user: `U-${key}` },
  });
  return schoolFileSchema.parse({
    school: 'hillside',
    name: 'Hillside',
    prefix: 'HS',
    nation: 'england',
    pack: 'st-wilfrids',
    hours: { opens: '08:30', closes: '16:00', home: '15:15' },
    contacts: { police: { name: 'Northmoor Police', phone: '01632 960111' } },
    channels: { slack: { team: 'T1', channel: 'C-dsl' } },
    people: [
      person('lead', 'lead'),
      person('deputy', 'deputy'),
      person('head', 'headteacher'),
      person('chair', 'chair'),
      person('on-call', 'leadership-on-call'),
      person('it', 'it'),
      person('teacher', 'staff'),
    ],
    ...over,
  });
}

export const someTime = '2026-11-02T10:30:00.000Z';

/** A school in the database; people are found by the key that their name carries. */
export type TestSchool = { id: string; school: School; person: (key: string) => string };

export async function makeSchool(
  store: PostgresStore,
  over: Record<string, unknown> = {},
): Promise<TestSchool> {
  const { school: id } = await store.applySchool(schoolFile(over), someTime);
  const school = await store.run({ school: id, as: 'product' }, (tx) => tx.school());
  const person = (key: string) => {
    const found = school.people.find(({ name }) => name === `Name-${key}`);
    if (found === undefined) throw new Error(`nobody is ${key}`);
    return found.id;
  };
  return { id, school, person };
}

export function raised(
  reporter: string,
  over: Partial<CaseEvent & { type: 'concern-raised' }> = {},
): CaseEvent & { type: 'concern-raised' } {
  return {
    type: 'concern-raised',
    concern: newId(),
    reference: `HS-${newId().slice(0, 5)}-${newId().slice(0, 5)}`.toUpperCase(),
    reporter,
    policy: { pack: 'st-wilfrids', version: 1, digest: 'd1' },
    answers: [],
    about: ['child-here'],
    adultPart: null,
    subjects: [],
    subjectTyped: null,
    conflicts: [],
    urgency: 'urgent',
    source: 'form',
    ...over,
  };
}

export function answered(
  by: string,
  over: Partial<(CaseEvent & { type: 'answered' })['answer']> = {},
): CaseEvent & { type: 'answered' } {
  const answer = {
    step: 'spine/first-look',
    child: null,
    part: 'step' as const,
    result: 'done' as const,
    chosen: [],
    record: {},
    reason: null,
    by,
    at: someTime,
    ...over,
  };
  return { type: 'answered', answer, revises: false };
}

export function lineFor(caseId: string, reference: string, over: Partial<CaseLine> = {}): CaseLine {
  return {
    id: caseId,
    reference,
    label: 'Online bullying',
    urgency: 'urgent',
    lane: 'lead',
    raisedAt: someTime,
    holder: null,
    state: 'new',
    openSteps: 3,
    nextDue: null,
    kinds: ['cyberbullying'],
    awaits: false,
    outcome: null,
    ...over,
  };
}

export type TestCase = { id: string; reference: string; concern: string };

/** A case as intake writes it, with a concern, a receipt, a clock and a message to every reader. */
export async function openCase(
  store: PostgresStore,
  school: TestSchool,
  readers: string[],
  over: Partial<CaseEvent & { type: 'concern-raised' }> = {},
  at = someTime,
): Promise<TestCase> {
  const id = newId();
  const first = raised(school.person('teacher'), over);
  await store.run({ school: school.id, as: 'product' }, (tx) => intake(tx, id, first, readers, at));
  return { id, reference: first.reference, concern: first.concern };
}

/** What `openCase` does, inside the caller's transaction. */
export async function intake(
  tx: Tx,
  caseId: string,
  first: CaseEvent & { type: 'concern-raised' },
  readers: string[],
  at = someTime,
): Promise<string[]> {
  const { reference, concern, reporter } = first;
  const change = { caseId, actor: reporter, at, readers };
  const words = { what: `CANARY-words ${caseId}`, who: 'CANARY-child' };
  const receipt = { concern, reference, raisedAt: at, seenAt: null, closedAt: null };
  await tx.openCase({ ...change, reference, first, line: lineFor(caseId, reference) });
  await tx.addConcern({ id: concern, caseId, reporter, raisedAt: at, words });
  await tx.saveReceipt(concern, reporter, receipt);
  await tx.replaceDeadlines(caseId, [{ what: 'acknowledge', dueAt: minutesLater(10, at) }]);
  const messages = readers.map((reader) => messageTo(reader, at));
  return tx.addDeliveries(caseId, messages, at);
}

export function messageTo(person: string, dueAt = someTime): NewDelivery {
  return {
    target: { type: 'person', person },
    message: { type: 'new-concern' },
    mode: 'send',
    dueAt,
  };
}

export function minutesLater(minutes: number, from = someTime): string {
  return new Date(Date.parse(from) + minutes * 60_000).toISOString();
}
