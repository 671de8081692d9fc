import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Draft, Once, StoredHandle } from '../app/ports.ts';
import type { Bytes } from './encryption.ts';
import { StoreFault } from './fault.ts';
import type { Draft as DraftRow } from './generated/client.ts';
import { moment, sealJson, unsealJson, type Session } from './session.ts';

/** What is kept of a handle: enough to find it again, not enough to press the button. */
export function handleDigest(handle: string): Bytes {
  return new Uint8Array(createHash('sha256').update(handle).digest());
}

function actionSpot(digest: Uint8Array) {
  return { table: 'handle', row: Buffer.from(digest).toString('hex'), column: 'action' };
}

/**
 * Keeps what the buttons of a message or screen mean. The same meaning gives the same handle, so drawing
 * something again only lets its buttons live longer.
 */
export async function writeHandles(
  session: Session,
  handles: readonly Omit<StoredHandle, 'school'>[],
): Promise<void> {
  if (handles.length === 0) return;
  const data = handles.map((handle) => {
    const digest = handleDigest(handle.handle);
    return {
      digest,
      schoolId: session.school,
      personId: handle.person,
      action: sealJson(session, actionSpot(digest), handle.action),
      caseId: handle.caseId,
      caseVersion: handle.caseVersion,
      expiresAt: moment(handle.expiresAt),
    };
  });
  await session.db.handle.createMany({ data, skipDuplicates: true });
  const expiresAt = new Date(Math.max(...data.map((row) => row.expiresAt.getTime())));
  await session.db.handle.updateMany({
    where: {
      digest: { in: data.map(({ digest }) => digest) },
      schoolId: session.school,
      expiresAt: { lt: expiresAt },
    },
    data: { expiresAt },
  });
}

/** What a handle means; null when it has expired. */
export async function readHandle(
  session: Session,
  handle: string,
  now: string,
): Promise<StoredHandle | null> {
  const digest = handleDigest(handle);
  const row = await session.db.handle.findFirst({
    where: { digest, schoolId: session.school, expiresAt: { gt: moment(now) } },
  });
  if (row === null) return null;
  return {
    handle,
    school: row.schoolId,
    person: row.personId,
    action: unsealJson(session, actionSpot(row.digest), row.action, z.json()),
    caseId: row.caseId,
    caseVersion: row.caseVersion,
    expiresAt: row.expiresAt.toISOString(),
  };
}

function contentSpot(draft: string) {
  return { table: 'draft', row: draft, column: 'content' };
}

/** Keeps an unfinished form for its author; saving it again replaces it, also when both come at once. */
export async function writeDraft(session: Session, draft: Omit<Draft, 'school'>): Promise<void> {
  const columns = {
    content: sealJson(session, contentSpot(draft.id), draft.content),
    updatedAt: moment(draft.updatedAt),
  };
  const own = { id: draft.id, schoolId: session.school, personId: draft.person };
  const { count } = await session.db.draft.createMany({
    data: [{ ...own, ...columns }],
    skipDuplicates: true,
  });
  if (count === 0) await session.db.draft.updateMany({ where: own, data: columns });
}

/** One draft of a person, or their newest. */
export async function readDraft(
  session: Session,
  person: string,
  id?: string,
): Promise<Draft | null> {
  const row = await session.db.draft.findFirst({
    where: { schoolId: session.school, personId: person, ...(id === undefined ? {} : { id }) },
    orderBy: { updatedAt: 'desc' },
  });
  return row === null ? null : toDraft(session, row);
}

function toDraft(session: Session, row: DraftRow): Draft {
  return {
    id: row.id,
    school: row.schoolId,
    person: row.personId,
    content: unsealJson(session, contentSpot(row.id), row.content, z.json()),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Throws a person's draft away; does nothing when there is none. */
export async function removeDraft(session: Session, id: string, person: string): Promise<void> {
  await session.db.draft.deleteMany({ where: { id, schoolId: session.school, personId: person } });
}

function resultSpot(nonce: string) {
  return { table: 'submission', row: nonce, column: 'result' };
}

/**
 * Claims a nonce. Two claims at once: the second waits inside this statement until the first has committed
 * (then it is a repeat) or has been rolled back (then it is the first).
 */
export async function claimNonce(
  session: Session,
  nonce: string,
  person: string,
): Promise<boolean> {
  const claimed = await session.db.$executeRaw`
    INSERT INTO submission (school_id, nonce, person_id, at)
    VALUES (${session.school}::uuid, ${nonce}, ${person}::uuid, now()) ON CONFLICT DO NOTHING`;
  return claimed === 1;
}

/** Keeps what the first submission got. */
export async function writeResult(session: Session, nonce: string, result: unknown): Promise<void> {
  await session.db.submission.updateMany({
    where: { schoolId: session.school, nonce },
    data: { result: sealJson(session, resultSpot(nonce), { result }) },
  });
}

/** What a person's earlier submission of this nonce got; null when there was none. */
export async function findResult(
  session: Session,
  nonce: string,
  person: string,
): Promise<unknown> {
  const row = await session.db.submission.findFirst({
    where: { schoolId: session.school, nonce, personId: person },
  });
  const kept = row?.result ?? null;
  return kept === null ? null : unsealed(session, nonce, kept);
}

function unsealed(session: Session, nonce: string, sealed: Bytes): unknown {
  const kept = z.object({ result: z.json().optional() });
  return unsealJson(session, resultSpot(nonce), sealed, kept).result ?? null;
}

/** Takes a nonce back: the same form may be submitted again. */
export async function removeNonce(session: Session, nonce: string): Promise<void> {
  await session.db.submission.deleteMany({ where: { schoolId: session.school, nonce } });
}

/** What the first submission of this nonce got. A nonce is its person's own: shown by another it is refused. */
export async function readResult<T>(
  session: Session,
  nonce: string,
  person: string,
): Promise<Once<T>> {
  const row = await session.db.submission.findFirst({
    where: { schoolId: session.school, nonce, personId: person },
  });
  if (row === null || row.result === null) throw new StoreFault('refused', 'submission');
  // The caller wrote it as a T in the same place of the same use case.
  return { first: false, result: unsealed(session, nonce, row.result) as T };
}
