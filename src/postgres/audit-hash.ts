import { createHash } from 'node:crypto';
import type { AuditEntry } from './generated/client.ts';

/**
 * The digest of an audit entry, computed here from what is stored and not by the database, so that
 * somebody who can change the database's functions does not also change the check. Its twin is
 * `audit_hash` in prisma/migrations.
 */
export function auditHash(entry: AuditEntry): Buffer {
  const hash = createHash('sha256');
  for (const part of parts(entry)) hash.update(part);
  return hash.digest();
}

function parts(entry: AuditEntry): string[] {
  return [
    field(entry.schoolId),
    field(entry.number.toString()),
    field(entry.at.toISOString()),
    field(entry.recordedAt.toISOString()),
    field(entry.actor),
    field(entry.type),
    field(entry.caseId),
    field(entry.seq),
    field(entry.eventId),
    field(entry.step),
    field(entry.child),
    field(entry.part),
    field(entry.result),
    field(entry.chosen.map(field).join('')),
    field(entry.cites),
    field(entry.pack),
    field(entry.packVersion),
    field(entry.policy),
    field(entry.subject),
    field(entry.content === null ? null : hex(entry.content)),
    field(hex(entry.previous)),
  ];
}

/** Length first, so that no two different rows give the same text. */
function field(value: string | number | null): string {
  if (value === null) return '-';
  const text = String(value);
  return `${String(Buffer.byteLength(text))}:${text}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
