import { z } from 'zod';
import type {
  Announced,
  AnnounceFault,
  Deadline,
  Deadlines,
  Delivery,
  FailedWay,
  Outbox,
  Tx,
} from '../app/ports.ts';
import type { CaseEvent, CaseEventType } from '../domain/case-events.ts';
import { movesTheCase } from '../domain/case-events.ts';
import { lockCase, writeNote } from './cases.ts';
import { toDeadline } from './deadlines.ts';
import { nameSpot, targetColumns, toDelivery, writeDeliveries } from './deliveries.ts';
import { isoOrNull, moment, sealJson, type Session } from './session.ts';
import type { PostgresStore } from './store.ts';
import { createTx, type Enqueue } from './tx.ts';

const idRows = z.array(z.object({ id: z.uuid() }));
const placedRows = z.array(z.object({ id: z.uuid(), school: z.uuid() }));
const perhapsMoment = z.tuple([z.object({ at: z.date().nullable() })]);
const perhapsSchool = z.tuple([z.object({ id: z.uuid().nullable() })]);

/** What follows when a message was given up, in the transaction that says so. */
export type WhenFailed = (tx: Tx, delivery: Delivery) => Promise<void>;
type Following = { enqueue: Enqueue; whenFailed: WhenFailed };

/**
 * The delivery rows as the jobs work through them; the order per recipient and case is kept. Nobody waits
 * for the jobs, so they have connections of their own.
 */
export function createOutbox(
  store: PostgresStore,
  enqueue: Enqueue,
  whenFailed: WhenFailed = () => Promise.resolve(),
): Outbox {
  const inSchool = <T>(school: string, work: (session: Session) => Promise<T>) =>
    store.session({ school, as: 'product' }, work, 'patient');
  return {
    due: async (now, limit) => {
      const rows = await store.lookUp(
        (db) => db.$queryRaw`SELECT id FROM due_deliveries(${moment(now)}, ${limit}::int)`,
        'patient',
      );
      return idRows.parse(rows).map(({ id }) => id);
    },
    lease: async (id, now, until) => {
      const rows = await store.lookUp(
        (db) => db.$queryRaw`SELECT school_of_delivery(${id}::uuid) AS id`,
        'patient',
      );
      const [{ id: school }] = perhapsSchool.parse(rows);
      return school === null ? null : inSchool(school, (session) => lease(session, id, now, until));
    },
    settle: (delivery, announced, now, retryAt) =>
      inSchool(delivery.school, (session) =>
        settle(session, { enqueue, whenFailed }, { delivery, announced, now, retryAt }),
      ),
    waitingSince: async (now) => {
      const rows = await store.lookUp(
        (db) => db.$queryRaw`SELECT waiting_since(${moment(now)}) AS at`,
      );
      return isoOrNull(perhapsMoment.parse(rows)[0].at);
    },
  };
}

/** The running clocks as the jobs find them. */
export function createDeadlines(store: PostgresStore): Deadlines {
  return {
    due: async (now, limit) => {
      const rows = await store.lookUp(
        (db) => db.$queryRaw`
          SELECT id, school_id AS school FROM due_deadlines(${moment(now)}, ${limit}::int)`,
        'patient',
      );
      const bySchool = Map.groupBy(placedRows.parse(rows), ({ school }) => school);
      const found: Deadline[] = [];
      for (const [school, places] of bySchool)
        found.push(...(await readDeadlines(store, school, places)));
      return found;
    },
  };
}

function readDeadlines(store: PostgresStore, school: string, places: { id: string }[]) {
  const where = { schoolId: school, id: { in: places.map(({ id }) => id) } };
  return store.session(
    { school, as: 'product' },
    async ({ db }) =>
      (await db.deadline.findMany({ where, orderBy: { wakeAt: 'asc' } })).map(toDeadline),
    'patient',
  );
}

/**
 * Taking a row counts as an attempt; the count is what a late finisher is recognised by. Whoever had it and did
 * not finish may have sent it: it says so when it is sent again.
 */
async function lease(
  session: Session,
  id: string,
  now: string,
  until: string,
): Promise<Delivery | null> {
  const taken = await session.db.$executeRaw`
    UPDATE delivery SET state = 'sending', attempts = attempts + 1, leased_until = ${moment(until)},
      unclear = unclear OR state = 'sending'
    WHERE school_id = ${session.school}::uuid AND id = ${id}::uuid AND due_at <= ${moment(now)}
      AND (state = 'due' OR (state = 'sending' AND leased_until <= ${moment(now)}))
      AND NOT delivery_waits(delivery, ${moment(now)}) AND NOT home_moved()`;
  if (taken === 0) return null;
  const row = await session.db.delivery.findFirst({ where: { id, schoolId: session.school } });
  return row === null ? null : toDelivery(row);
}

type Settling = {
  delivery: Delivery;
  announced: Announced | AnnounceFault;
  now: string;
  retryAt: string;
};

/** How often announcing may throw before the row is given up. Source: assurance.md R21. */
const mostFaults = 5;

async function settle(session: Session, then: Following, settling: Settling): Promise<boolean> {
  const { delivery, announced, now } = settling;
  // The case first: an append holds it too, and either side must see what the other has done.
  if (delivery.caseId !== null) await lockCase(session, delivery.caseId);
  const before = await session.db.delivery.findFirst({
    where: { id: delivery.id, schoolId: session.school },
    select: { faults: true },
  });
  if (before === null) return false;
  const outcome = patience(announced, before.faults);
  const { count } = await session.db.delivery.updateMany({
    where: {
      id: delivery.id,
      schoolId: session.school,
      state: 'sending',
      attempts: delivery.attempts,
    },
    data: columnsAfter({ ...settling, announced: outcome }, before.faults),
  });
  if (count === 0) return false;
  if (outcome.type === 'sent') await remember(session, delivery, outcome, now);
  await chronicle(session, { ...settling, announced: outcome });
  if (outcome.type === 'sent') await redrawIfMoved(session, then.enqueue, settling, outcome);
  if (outcome.type === 'failed' && delivery.mode === 'send')
    await then.whenFailed(createTx(session, then.enqueue), delivery);
  return true;
}

function patience(announced: Settling['announced'], faults: number): Settling['announced'] {
  const givenUp = announced.type === 'fault' && faults + 1 >= mostFaults;
  return givenUp ? { type: 'failed', why: announced.code } : announced;
}

function columnsAfter({ delivery, announced, now, retryAt }: Settling, faults: number) {
  const settled = { leasedUntil: null, settledAt: moment(now) };
  const again = { leasedUntil: null, dueAt: moment(retryAt) };
  switch (announced.type) {
    case 'sent':
    case 'mailed':
      return { ...settled, state: 'sent', why: null };
    case 'dropped':
      return { ...settled, state: 'dropped', why: announced.why ?? null };
    case 'failed':
      return { ...settled, state: 'failed', why: announced.why };
    case 'unclear':
      return { ...again, state: 'due', unclear: true, why: 'unclear' };
    case 'later':
      return { ...again, state: 'due', unclear: delivery.unclear, why: 'later' };
    case 'fault':
      return { ...again, state: 'due', faults: faults + 1, why: announced.code };
  }
}

type SentOne = Announced & { type: 'sent' };

/** A message that stands in a chat can be redrawn later: its platform's name for it is kept, encrypted. */
async function remember(
  session: Session,
  delivery: Delivery,
  { platform, name }: SentOne,
  now: string,
): Promise<void> {
  const { db, school } = session;
  if (delivery.mode === 'update') return rename(session, delivery, name);
  await db.postedMessage.createMany({
    data: {
      id: delivery.id,
      schoolId: school,
      caseId: delivery.caseId,
      ...targetColumns(delivery.target),
      platform,
      message: delivery.message,
      name: sealJson(session, nameSpot(delivery.id), name),
      at: moment(now),
    },
  });
}

async function rename(session: Session, delivery: Delivery, name: SentOne['name']): Promise<void> {
  const { db, school } = session;
  const standing = await db.postedMessage.findFirst({
    where: {
      schoolId: school,
      caseId: delivery.caseId,
      ...targetColumns(delivery.target),
      message: { equals: delivery.message },
    },
    orderBy: { at: 'desc' },
    select: { id: true },
  });
  if (standing === null) return;
  await db.postedMessage.updateMany({
    where: { id: standing.id, schoolId: school },
    data: { name: sealJson(session, nameSpot(standing.id), name) },
  });
}

/** Lines in the case's chronology: who was reached, who was not and why. */
async function chronicle(session: Session, { delivery, announced, now }: Settling): Promise<void> {
  const { caseId } = delivery;
  if (caseId === null || delivery.mode === 'update') return;
  const events = linesFor(delivery, announced);
  if (events.length > 0) await writeNote(session, { caseId, events, actor: null, at: now });
}

function linesFor(
  { target, message, unclear }: Delivery,
  announced: Settling['announced'],
): CaseEvent[] {
  const whom = {
    person: target.type === 'person' ? target.person : null,
    message: message.type,
  };
  const refused = (ways: FailedWay[]) =>
    ways.map(({ route, why }): CaseEvent => ({ type: 'not-reached', ...whom, route, why }));
  const reached = (route: string): CaseEvent => ({
    type: 'reached',
    ...whom,
    route,
    again: unclear,
  });
  switch (announced.type) {
    case 'sent':
      return [...refused(announced.before ?? []), reached(announced.platform)];
    case 'mailed':
      return [...refused(announced.before ?? []), reached('email')];
    case 'failed':
      return refused(announced.before ?? [{ route: wayTo(target), why: announced.why }]);
    case 'unclear':
    case 'later':
    case 'dropped':
    case 'fault':
      return [];
  }
}

function wayTo(target: Delivery['target']): string {
  return target.type === 'person' ? (target.by ?? 'direct') : target.platform;
}

/** The case moved between drawing and here: what stands in the chat is already old. */
async function redrawIfMoved(
  session: Session,
  enqueue: Enqueue,
  { delivery, now }: Settling,
  { drawnVersion }: SentOne,
): Promise<void> {
  const { caseId, target, message } = delivery;
  if (caseId === null || drawnVersion === null) return;
  if ((await versionOf(session, caseId)) <= drawnVersion) return;
  const redraw = { target, message, mode: 'update', dueAt: now } as const;
  const ids = await writeDeliveries(session, caseId, [redraw], now);
  await enqueue(
    session.db,
    ids.map((id) => ({ id, dueAt: now })),
  );
}

/** The version that `replay` would count. */
async function versionOf(session: Session, caseId: string): Promise<number> {
  const counts = await session.db.caseEvent.groupBy({
    by: ['type'],
    where: { schoolId: session.school, caseId },
    _count: { _all: true },
  });
  return counts
    .filter(({ type }) => movesTheCase(type as CaseEventType))
    .reduce((sum, { _count }) => sum + _count._all, 0);
}
