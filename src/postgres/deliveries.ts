import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Delivery, DeliveryTarget, NewDelivery, PostedMessage } from '../app/ports.ts';
import { messageSchema, type Message } from '../domain/notification.ts';
import type { Delivery as DeliveryRow, PostedMessage as PostedRow } from './generated/client.ts';
import { moment, unsealJson, type Session } from './session.ts';

const wordsSchema = z.object({
  mode: z.enum(['send', 'update']),
  state: z.enum(['due', 'sending', 'sent', 'held', 'failed', 'dropped']),
});
const platformSchema = z.enum(['teams', 'slack']);
const nameSchema = z.record(z.string(), z.string());

/** Writes one row per recipient, in the given order. Returns their ids. */
export async function writeDeliveries(
  session: Session,
  caseId: string | null,
  deliveries: readonly NewDelivery[],
  at: string,
): Promise<string[]> {
  const rows = deliveries.map(({ target, message, mode, dueAt }) => ({
    id: randomUUID(),
    schoolId: session.school,
    caseId,
    ...targetColumns(target),
    message: messageSchema.parse(message),
    mode,
    state: 'due',
    dueAt: moment(dueAt),
    createdAt: moment(at),
  }));
  await session.db.delivery.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

/** A target in the columns that deliveries and posted messages share. */
export function targetColumns(target: DeliveryTarget) {
  return target.type === 'person'
    ? { personId: target.person, channel: null }
    : { personId: null, channel: target.platform };
}

function targetOf(row: Pick<DeliveryRow, 'personId' | 'channel'>): DeliveryTarget {
  return row.personId === null
    ? { type: 'lead-channel', platform: platformSchema.parse(row.channel) }
    : { type: 'person', person: row.personId };
}

/** A stored delivery as the jobs see it. */
export function toDelivery(row: DeliveryRow): Delivery {
  return {
    ...wordsSchema.parse(row),
    id: row.id,
    school: row.schoolId,
    caseId: row.caseId,
    target: targetOf(row),
    message: messageSchema.parse(row.message),
    attempts: row.attempts,
    unclear: row.unclear,
    dueAt: row.dueAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

/** The messages about a case that stand in a chat, oldest first. */
export async function readPosted(
  session: Session,
  { caseId, type }: { caseId: string; type?: Message['type'] },
): Promise<PostedMessage[]> {
  const rows = await session.db.postedMessage.findMany({
    where: { schoolId: session.school, caseId },
    orderBy: { at: 'asc' },
  });
  return rows
    .map((row) => toPosted(session, row))
    .filter(({ message }) => type === undefined || message.type === type);
}

/** Where the platform's name of a message stands. */
export function nameSpot(posted: string) {
  return { table: 'posted_message', row: posted, column: 'name' };
}

function toPosted(session: Session, row: PostedRow): PostedMessage {
  return {
    id: row.id,
    caseId: row.caseId,
    target: targetOf(row),
    platform: platformSchema.parse(row.platform),
    message: messageSchema.parse(row.message),
    name: unsealJson(session, nameSpot(row.id), row.name, nameSchema),
    at: row.at.toISOString(),
  };
}
