import type { CaseState } from '../domain/case.ts';
import {
  caseEventSchema,
  movesTheCase,
  type CaseEvent,
  type RecordedEvent,
} from '../domain/case-events.ts';
import { evolve, replay } from '../domain/evolve.ts';
import { writeAnswers } from './answers.ts';
import { StoreFault } from './fault.ts';
import type { CaseEvent as EventRow } from './generated/client.ts';
import { moment, sealJson, unsealJson, type Session } from './session.ts';

/** The case with everything that happened to it; null when it does not exist or is not this scope's to see. */
export async function readCase(
  session: Session,
  caseId: string,
  lock: boolean,
): Promise<{ state: CaseState; events: RecordedEvent[] } | null> {
  const found = lock
    ? await lockCase(session, caseId)
    : await session.db.caseFile.findFirst({ where: ofCase(session, caseId) });
  if (found === null) return null;
  const rows = await session.db.caseEvent.findMany({
    where: { schoolId: session.school, caseId },
    orderBy: { seq: 'asc' },
  });
  const events = rows.map((row) => toRecorded(session, row));
  const state = replay(caseId, events);
  if (lock) session.locked.set(caseId, { state, lastSeq: found.lastSeq });
  return { state, events };
}

function ofCase(session: Session, caseId: string) {
  return { id: caseId, schoolId: session.school };
}

/** Holds the case until the end of the transaction; null when it is not there or not this scope's to see. */
export async function lockCase(
  session: Session,
  caseId: string,
): Promise<{ lastSeq: number } | null> {
  const rows = await session.db.$queryRaw<{ lastSeq: number }[]>`
    SELECT last_seq AS "lastSeq" FROM case_file
    WHERE school_id = ${session.school}::uuid AND id = ${caseId}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}

function toRecorded(session: Session, row: EventRow): RecordedEvent {
  const event = unsealJson(session, bodySpot(row.caseId, row.seq), row.body, caseEventSchema);
  if (event.type !== row.type) throw new StoreFault('damaged', 'case_event.type');
  return { seq: row.seq, at: row.at.toISOString(), actor: row.actor, event };
}

function bodySpot(caseId: string, seq: number) {
  return { table: 'case_event', row: `${caseId}/${String(seq)}`, column: 'body' };
}

/** The id behind a reference, when it is this scope's to see. */
export async function caseIdOf(session: Session, reference: string): Promise<string | null> {
  const found = await session.db.caseFile.findFirst({
    where: { schoolId: session.school, reference },
    select: { id: true },
  });
  return found?.id ?? null;
}

export type NewEvents = {
  caseId: string;
  events: readonly CaseEvent[];
  actor: string | null;
  at: string;
  /** For each event, the clause or guidance that it follows; '' where none applies. */
  cites: readonly string[];
};

/** Makes the case's row; its first event must follow in the same transaction. */
export async function writeCaseFile(
  session: Session,
  file: { caseId: string; reference: string; at: string },
): Promise<void> {
  await session.db.caseFile.create({
    data: {
      id: file.caseId,
      schoolId: session.school,
      reference: file.reference,
      lastSeq: 0,
      openedAt: moment(file.at),
    },
  });
}

/** Records events on a case that this transaction holds locked, or that it has just opened. */
export async function writeEvents(session: Session, added: NewEvents): Promise<CaseState> {
  const before = await held(session, added.caseId);
  const at = moment(added.at).toISOString();
  const recorded = added.events.map((event, index) => ({
    seq: before.lastSeq + index + 1,
    at,
    actor: added.actor,
    event: caseEventSchema.parse(event),
  }));
  const state = after(added.caseId, before.state, recorded);
  await advance(session, added.caseId, recorded.length);
  await insertEvents(session, state, recorded, added.cites);
  await writeAnswers(session, added.caseId, recorded);
  session.locked.set(added.caseId, { state, lastSeq: before.lastSeq + recorded.length });
  return state;
}

/** Records a read or a delivery. The case need not be locked: the counter's row lock gives the number. */
export async function writeNote(
  session: Session,
  { caseId, events, actor, at }: Omit<NewEvents, 'cites'>,
): Promise<void> {
  if (events.some(({ type }) => movesTheCase(type)))
    throw new Error('a note must not move the case: append it');
  const last = await advance(session, caseId, events.length);
  const recorded = events.map((event, index) => ({
    seq: last - events.length + index + 1,
    at: moment(at).toISOString(),
    actor,
    event: caseEventSchema.parse(event),
  }));
  const policy = await policyOf(session, caseId);
  await insertEvents(session, { id: caseId, policy }, recorded, []);
  const locked = session.locked.get(caseId);
  if (locked !== undefined) locked.lastSeq = last;
}

async function held(
  session: Session,
  caseId: string,
): Promise<{ state: CaseState | null; lastSeq: number }> {
  const locked = session.locked.get(caseId);
  if (locked !== undefined) return locked;
  const found = await lockCase(session, caseId);
  if (found === null) throw new StoreFault('missing', 'case_file');
  if (found.lastSeq === 0) return { state: null, lastSeq: 0 };
  await readCase(session, caseId, true);
  return held(session, caseId);
}

function after(caseId: string, before: CaseState | null, recorded: RecordedEvent[]): CaseState {
  return before === null ? replay(caseId, recorded) : recorded.reduce(evolve, before);
}

async function advance(session: Session, caseId: string, by: number): Promise<number> {
  const rows = await session.db.$queryRaw<{ lastSeq: number }[]>`
    UPDATE case_file SET last_seq = last_seq + ${by}
    WHERE school_id = ${session.school}::uuid AND id = ${caseId}::uuid RETURNING last_seq AS "lastSeq"`;
  const last = rows[0]?.lastSeq;
  if (last === undefined) throw new StoreFault('missing', 'case_file');
  return last;
}

async function policyOf(session: Session, caseId: string): Promise<CaseState['policy']> {
  const locked = session.locked.get(caseId);
  if (locked !== undefined) return locked.state.policy;
  const last = await session.db.caseEvent.findFirst({
    where: { schoolId: session.school, caseId },
    orderBy: { seq: 'desc' },
    select: { pack: true, packVersion: true, policy: true },
  });
  if (last === null) throw new StoreFault('missing', 'case_event');
  return { pack: last.pack, version: last.packVersion, digest: last.policy };
}

async function insertEvents(
  session: Session,
  { id, policy }: Pick<CaseState, 'id' | 'policy'>,
  recorded: RecordedEvent[],
  cites: readonly string[],
): Promise<void> {
  const data = recorded.map(({ seq, at, actor, event }, index) => ({
    schoolId: session.school,
    caseId: id,
    seq,
    at: moment(at),
    actor,
    type: event.type,
    ...inTheClear(event),
    cites: cites[index] || null,
    pack: policy.pack,
    packVersion: policy.version,
    policy: policy.digest,
    body: sealJson(session, bodySpot(id, seq), event),
  }));
  await session.db.caseEvent.createMany({ data });
}

/** What the audit trail repeats of an event: which step, which options; never what somebody typed. */
function inTheClear(event: CaseEvent) {
  if (event.type === 'answered') {
    const { step, child, part, result, chosen } = event.answer;
    return { step, child, part, result, chosen };
  }
  const chosen =
    event.type === 'concern-raised'
      ? event.answers.flatMap(({ step, chosen: options }) => options.map((id) => `${step}=${id}`))
      : [];
  return { step: null, child: null, part: null, result: null, chosen };
}
