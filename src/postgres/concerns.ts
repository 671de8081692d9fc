import { z } from 'zod';
import type { Concern, Receipt } from '../app/ports.ts';
import type { Concern as ConcernRow, Receipt as ReceiptRow } from './generated/client.ts';
import { unseal, seal } from './encryption.ts';
import { isoOrNull, moment, momentOrNull, sealJson, unsealJson, type Session } from './session.ts';

const wordsSchema = z.record(z.string(), z.string());

function spots(concern: string) {
  const spot = (column: string) => ({ table: 'concern', row: concern, column });
  return { words: spot('words'), reporter: spot('reporter') };
}

/** Keeps what somebody wrote, encrypted, and who it was, encrypted apart. */
export async function writeConcern(session: Session, concern: Concern): Promise<void> {
  const { words, reporter } = spots(concern.id);
  await session.db.concern.create({
    data: {
      id: concern.id,
      schoolId: session.school,
      caseId: concern.caseId,
      reporter: seal(session.keys, reporter, concern.reporter),
      raisedAt: moment(concern.raisedAt),
      words: sealJson(session, words, concern.words),
    },
  });
}

/** The concerns behind a case, oldest first. */
export async function readConcerns(session: Session, caseId: string): Promise<Concern[]> {
  const rows = await session.db.concern.findMany({
    where: { schoolId: session.school, caseId },
    orderBy: [{ raisedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => toConcern(session, row));
}

function toConcern(session: Session, row: ConcernRow): Concern {
  const { words, reporter } = spots(row.id);
  return {
    id: row.id,
    caseId: row.caseId,
    reporter: unseal(session.keys, reporter, row.reporter),
    raisedAt: row.raisedAt.toISOString(),
    words: unsealJson(session, words, row.words, wordsSchema),
  };
}

/** Gives the reporter their receipt. */
export async function writeReceipt(
  session: Session,
  concern: string,
  reporter: string,
  receipt: Receipt,
): Promise<void> {
  const { caseId } = await session.db.concern.findUniqueOrThrow({
    where: { id: concern, schoolId: session.school },
    select: { caseId: true },
  });
  const columns = {
    seenAt: momentOrNull(receipt.seenAt),
    closedAt: momentOrNull(receipt.closedAt),
  };
  await session.db.receipt.upsert({
    where: { concernId: concern },
    create: {
      concernId: concern,
      schoolId: session.school,
      caseId,
      personId: reporter,
      reference: receipt.reference,
      raisedAt: moment(receipt.raisedAt),
      ...columns,
    },
    update: columns,
  });
}

/** Somebody's own receipts, newest first. */
export async function readReceipts(session: Session, person: string): Promise<Receipt[]> {
  const rows = await session.db.receipt.findMany({
    where: { schoolId: session.school, personId: person },
    orderBy: [{ raisedAt: 'desc' }, { concernId: 'asc' }],
  });
  return rows.map(toReceipt);
}

function toReceipt(row: ReceiptRow): Receipt {
  return {
    concern: row.concernId,
    reference: row.reference,
    raisedAt: row.raisedAt.toISOString(),
    seenAt: isoOrNull(row.seenAt),
    closedAt: isoOrNull(row.closedAt),
  };
}

/** Writes exactly these marks on every receipt of a case, nulls included. */
export async function markReceipts(
  session: Session,
  caseId: string,
  marks: { seenAt: string | null; closedAt: string | null },
): Promise<void> {
  await session.db.receipt.updateMany({
    where: { schoolId: session.school, caseId },
    data: { seenAt: momentOrNull(marks.seenAt), closedAt: momentOrNull(marks.closedAt) },
  });
}
