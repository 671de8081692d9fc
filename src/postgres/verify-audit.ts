import { createHash } from 'node:crypto';
import { auditHash } from './audit-hash.ts';
import type { AuditEntry } from './generated/client.ts';
import type { Session } from './session.ts';
import type { PostgresStore } from './store.ts';

/** The end of a school's audit trail. Kept somewhere else, it shows later whether entries were cut off. */
export type AuditAnchor = { number: number; hash: string };

export type AuditTrouble =
  /** The entry is not what was written. */
  | 'edited'
  /** An entry that must stand here does not. */
  | 'missing'
  /** The entry does not follow the one before it. */
  | 'out-of-order'
  /** The trail ends before an anchor that it once reached, or differs there. */
  | 'cut'
  /** The record that the entry speaks of is not what it was. */
  | 'record-changed'
  | 'record-missing'
  /** A record without an entry. */
  | 'unaudited';

/** `number`: the first entry that is wrong; for `unaudited`, the number of entries. `where`: case and event, if any. */
export type AuditCheck =
  | { ok: true; entries: number; anchor: AuditAnchor }
  | { ok: false; trouble: AuditTrouble; number: number; where: string | null };

type Verdict = (AuditCheck & { ok: false }) | null;

/**
 * Reads a school's whole audit trail and the records it speaks of, and names the first thing that is
 * wrong. Needs no key: it compares digests of what is encrypted.
 */
export function verifyAudit(
  store: PostgresStore,
  school: string,
  anchors: readonly AuditAnchor[] = [],
): Promise<AuditCheck> {
  return store.session({ school, as: 'product' }, (session) => verify(session, anchors), 'patient');
}

const batch = 1000;

async function verify(session: Session, anchors: readonly AuditAnchor[]): Promise<AuditCheck> {
  const wanted = new Map(anchors.map(({ number, hash }) => [number, hash]));
  let last: AuditEntry | null = null;
  for (;;) {
    const entries = await nextEntries(session, last);
    const records = await recordsOf(session, entries);
    for (const entry of entries) {
      const verdict = checkEntry(entry, last, records) ?? checkAnchor(entry, wanted);
      if (verdict !== null) return verdict;
      last = entry;
    }
    if (entries.length < batch) return (await checkEnd(session, last, wanted)) ?? passed(last);
  }
}

function nextEntries({ db, school }: Session, last: AuditEntry | null): Promise<AuditEntry[]> {
  return db.auditEntry.findMany({
    where: { schoolId: school, number: { gt: last?.number ?? 0n } },
    orderBy: { number: 'asc' },
    take: batch,
  });
}

function passed(last: AuditEntry | null): AuditCheck {
  const number = Number(last?.number ?? 0n);
  const hash = Buffer.from(last?.hash ?? []).toString('hex');
  return { ok: true, entries: number, anchor: { number, hash } };
}

function wrong(trouble: AuditTrouble, entry: AuditEntry): AuditCheck & { ok: false } {
  return { ok: false, trouble, number: Number(entry.number), where: whereOf(entry) };
}

function whereOf({ caseId, seq, eventId }: AuditEntry): string | null {
  return caseId === null ? eventId : `${caseId}/${String(seq)}`;
}

function checkEntry(
  entry: AuditEntry,
  last: AuditEntry | null,
  records: ReadonlyMap<string, string>,
): Verdict {
  if (entry.number !== (last?.number ?? 0n) + 1n)
    return { ...wrong('missing', entry), number: Number(last?.number ?? 0n) + 1, where: null };
  if (!auditHash(entry).equals(entry.hash)) return wrong('edited', entry);
  if (!Buffer.from(entry.previous).equals(last?.hash ?? new Uint8Array()))
    return wrong('out-of-order', entry);
  return checkRecord(entry, records);
}

function checkRecord(entry: AuditEntry, records: ReadonlyMap<string, string>): Verdict {
  const record = records.get(whereOf(entry) ?? '');
  if (record === undefined) return wrong('record-missing', entry);
  const content = entry.content === null ? '' : Buffer.from(entry.content).toString('hex');
  return record === gist({ ...entry, content }) ? null : wrong('record-changed', entry);
}

type Shared = Pick<AuditEntry, 'at' | 'actor' | 'type'> & {
  content: string;
  step?: string | null;
  child?: string | null;
  result?: string | null;
  subject?: string | null;
};

/** What an entry and its record must have in common. */
function gist({ at, actor, type, content, step, child, result, subject }: Shared): string {
  return [at.toISOString(), actor, type, content, step, child, result, subject]
    .map((value) => value ?? '')
    .join('|');
}

/** The records of these entries as they are stored now, under the names that `whereOf` gives. */
async function recordsOf(
  { db, school }: Session,
  entries: readonly AuditEntry[],
): Promise<Map<string, string>> {
  const cases = [...new Set(entries.flatMap(({ caseId }) => caseId ?? []))];
  const ids = entries.flatMap(({ eventId }) => eventId ?? []);
  const events = await db.caseEvent.findMany({
    where: { schoolId: school, caseId: { in: cases } },
  });
  const others = await db.schoolEvent.findMany({ where: { schoolId: school, id: { in: ids } } });
  const digest = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');
  return new Map([
    ...events.map((event): [string, string] => [
      `${event.caseId}/${String(event.seq)}`,
      gist({ ...event, content: digest(event.body) }),
    ]),
    ...others.map((event): [string, string] => [event.id, gist({ ...event, content: '' })]),
  ]);
}

function checkAnchor(entry: AuditEntry, wanted: Map<number, string>): Verdict {
  const hash = wanted.get(Number(entry.number));
  const same = hash === undefined || hash === Buffer.from(entry.hash).toString('hex');
  return same ? null : wrong('cut', entry);
}

async function checkEnd(
  session: Session,
  last: AuditEntry | null,
  wanted: ReadonlyMap<number, string>,
): Promise<Verdict> {
  const number = Number(last?.number ?? 0n);
  const beyond = [...wanted.keys()].filter((anchored) => anchored > number);
  if (beyond.length > 0) return { ok: false, trouble: 'cut', number: number + 1, where: null };
  return checkUnaudited(session, number);
}

async function checkUnaudited({ db, school }: Session, number: number): Promise<Verdict> {
  const rows = await db.$queryRaw<{ where: string }[]>`
    SELECT e.case_id || '/' || e.seq AS where FROM case_event e
    WHERE e.school_id = ${school}::uuid AND NOT EXISTS (SELECT FROM audit_entry a
      WHERE a.school_id = e.school_id AND a.case_id = e.case_id AND a.seq = e.seq)
    UNION ALL
    SELECT e.id::text FROM school_event e
    WHERE e.school_id = ${school}::uuid AND NOT EXISTS (SELECT FROM audit_entry a
      WHERE a.school_id = e.school_id AND a.event_id = e.id)
    LIMIT 1`;
  const [first] = rows;
  return first === undefined
    ? null
    : { ok: false, trouble: 'unaudited', number, where: first.where };
}
