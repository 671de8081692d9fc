import { randomUUID } from 'node:crypto';
import type { Once, Tx } from '../app/ports.ts';
import type { UpkeepTx } from '../app/upkeep-ports.ts';
import type { CaseState } from '../domain/case.ts';
import { readOpenAudiences, writeReaders } from './audience.ts';
import { readLines, writeLine } from './case-lines.ts';
import { caseIdOf, readCase, writeCaseFile, writeEvents, writeNote } from './cases.ts';
import {
  markReceipts,
  readConcerns,
  readReceipts,
  writeConcern,
  writeReceipt,
} from './concerns.ts';
import * as conversation from './conversation.ts';
import { advanceDeadline, replaceDeadlines } from './deadlines.ts';
import { lockChannelWatch, writeChannelWatch } from './channel-watch.ts';
import {
  countSent,
  markLate,
  readDelivery,
  readOpenDeliveries,
  readPosted,
  writeDeliveries,
} from './deliveries.ts';
import * as clocks from './school-clocks.ts';
import { readSchool, writeAway } from './schools.ts';
import { asProduct, moment, type Session } from './session.ts';

/** Puts jobs for new deliveries into the same transaction. Given by the jobs. */
export type Enqueue = (
  db: Session['db'],
  deliveries: { id: string; dueAt: string }[],
) => Promise<void>;

/**
 * The port over one session. Its calls run one after the other even when they are not awaited one by one,
 * so that what is done as the product never mixes with what the person reads.
 */
export function createTx(session: Session, enqueue: Enqueue): Tx {
  const inTurn = createQueue();
  const byProduct = <T>(work: () => Promise<T>) => inTurn(() => asProduct(session, work));
  return {
    school: () => inTurn(() => readSchool(session)),

    loadCase: (caseId, options) => inTurn(() => readCase(session, caseId, options?.lock ?? false)),
    caseByReference: (reference) => inTurn(() => caseIdOf(session, reference)),
    openCase: ({ reference, first, ...change }) =>
      inTurn(async () => {
        await writeCaseFile(session, { caseId: change.caseId, reference, at: change.at });
        return writeChange(session, { ...change, events: [first], cites: [] });
      }),
    append: (change) => inTurn(() => writeChange(session, change)),
    note: (caseId, event, actor, at) =>
      inTurn(() => writeNote(session, { caseId, events: [event], actor, at })),
    caseLines: (filter) => inTurn(() => readLines(session, filter)),

    addConcern: (concern) => inTurn(() => writeConcern(session, concern)),
    concernsOf: (caseId) => inTurn(() => readConcerns(session, caseId)),
    receiptsOf: (person) => inTurn(() => readReceipts(session, person)),
    saveReceipt: (concern, reporter, receipt) =>
      byProduct(() => writeReceipt(session, concern, reporter, receipt)),
    markReceipts: (caseId, marks) => byProduct(() => markReceipts(session, caseId, marks)),

    addDeliveries: (caseId, deliveries, at) =>
      byProduct(async () => {
        if (deliveries.length === 0) return [];
        const ids = await writeDeliveries(session, caseId, deliveries, at);
        await enqueue(
          session.db,
          ids.map((id, index) => ({ id, dueAt: deliveries[index]?.dueAt ?? at })),
        );
        return ids;
      }),
    postedFor: (filter) => byProduct(() => readPosted(session, filter)),
    replaceDeadlines: (caseId, deadlines) =>
      byProduct(() => replaceDeadlines(session, caseId, deadlines)),
    advanceDeadline: (deadline, next) => byProduct(() => advanceDeadline(session, deadline, next)),

    ...conversationOf(session, inTurn),
    ...upkeepOf(session, byProduct),
    setAway: (person, until) => inTurn(() => writeAway(session, person, until)),
    audit: ({ type, actor, at, subject }) =>
      inTurn(async () => {
        const data = { id: randomUUID(), schoolId: session.school, at: moment(at) };
        await session.db.schoolEvent.createMany({ data: { ...data, type, actor, subject } });
      }),
  };
}

type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

function createQueue(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}

type Change = Parameters<Tx['append']>[0];

/** Events first, while the actor may still write; who may read from now on last. */
async function writeChange(session: Session, change: Change): Promise<CaseState> {
  const state = await writeEvents(session, change);
  await writeLine(session, change.line);
  await asProduct(session, () => writeReaders(session, change.caseId, change.readers, change.at));
  return state;
}

function upkeepOf(session: Session, byProduct: InTurn): UpkeepTx {
  return {
    planWeeks: (weeks, planned, now) =>
      byProduct(() => clocks.planWeeks(session, weeks, planned, now)),
    schoolClock: (what, week) => byProduct(() => clocks.readSchoolClock(session, { what, week })),
    advanceSchoolClock: (clock, next) =>
      byProduct(() => clocks.advanceSchoolClock(session, clock, next)),
    answerSchoolClock: (id, answer) =>
      byProduct(() => clocks.answerSchoolClock(session, id, answer)),
    channelWatch: (platform) => byProduct(() => lockChannelWatch(session, platform)),
    saveChannelWatch: (watch, wakeAt) => byProduct(() => writeChannelWatch(session, watch, wakeAt)),
    openAudiences: () => byProduct(() => readOpenAudiences(session)),
    delivery: (id) => byProduct(() => readDelivery(session, id)),
    openDeliveries: (caseId) => byProduct(() => readOpenDeliveries(session, caseId)),
    sentSince: (target, since) => byProduct(() => countSent(session, target, since)),
    markLate: (id, from) => byProduct(() => markLate(session, id, from)),
  };
}

function conversationOf(
  session: Session,
  inTurn: InTurn,
): Pick<
  Tx,
  | 'saveHandles'
  | 'saveDraft'
  | 'loadDraft'
  | 'latestDraft'
  | 'dropDraft'
  | 'once'
  | 'resultOf'
  | 'forgetOnce'
> {
  return {
    saveHandles: (handles) => inTurn(() => conversation.writeHandles(session, handles)),
    saveDraft: (draft) => inTurn(() => conversation.writeDraft(session, draft)),
    loadDraft: (id, person) => inTurn(() => conversation.readDraft(session, person, id)),
    latestDraft: (person) => inTurn(() => conversation.readDraft(session, person)),
    dropDraft: (id, person) => inTurn(() => conversation.removeDraft(session, id, person)),
    once: async <T>(nonce: string, person: string, work: () => Promise<T>): Promise<Once<T>> => {
      const first = await inTurn(() => conversation.claimNonce(session, nonce, person));
      if (!first) return inTurn(() => conversation.readResult<T>(session, nonce, person));
      // Not in turn: the work calls this same port.
      const result = await work();
      await inTurn(() => conversation.writeResult(session, nonce, result));
      return { first, result };
    },
    resultOf: (nonce, person) => inTurn(() => conversation.findResult(session, nonce, person)),
    forgetOnce: (nonce) => inTurn(() => conversation.removeNonce(session, nonce)),
  };
}
