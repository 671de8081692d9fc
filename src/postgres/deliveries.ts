import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Delivery, DeliveryTarget, NewDelivery, PostedMessage } from '../app/ports.ts';
import { messageSchema, type AnyMessage } from '../domain/notification.ts';
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
    route: routeOf(target),
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

function routeOf(target: DeliveryTarget): 'email' | null {
  return target.type === 'person' ? (target.by ?? null) : null;
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
    target: withRoute(targetOf(row), row.route),
    message: messageSchema.parse(row.message),
    attempts: row.attempts,
    unclear: row.unclear,
    late: row.late,
    dueAt: row.dueAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

function withRoute(target: DeliveryTarget, route: string | null): DeliveryTarget {
  return target.type === 'person' && route === 'email' ? { ...target, by: 'email' } : target;
}

/** One message; null when it is not there. */
export async function readDelivery(session: Session, id: string): Promise<Delivery | null> {
  const row = await session.db.delivery.findFirst({ where: { id, schoolId: session.school } });
  return row === null ? null : toDelivery(row);
}

/** Messages about a case that are still to arrive, oldest first. */
export async function readOpenDeliveries(session: Session, caseId: string): Promise<Delivery[]> {
  const rows = await session.db.delivery.findMany({
    where: { schoolId: session.school, caseId, state: { in: ['due', 'sending', 'held'] } },
    orderBy: { number: 'asc' },
  });
  return rows.map(toDelivery);
}

/** How many messages went to a target since then, redraws left out. */
export function countSent(
  session: Session,
  target: DeliveryTarget,
  since: string,
): Promise<number> {
  return session.db.delivery.count({
    where: {
      schoolId: session.school,
      ...targetColumns(target),
      mode: 'send',
      state: 'sent',
      settledAt: { gte: moment(since) },
    },
  });
}

/** Notes what was done about a message that is late. False when somebody else was first. */
export async function markLate(session: Session, id: string, from: number): Promise<boolean> {
  const { count } = await session.db.delivery.updateMany({
    where: { id, schoolId: session.school, late: from },
    data: { late: from + 1 },
  });
  return count === 1;
}

/** The messages about a case, or about the school, that stand in a chat, oldest first. */
export async function readPosted(
  session: Session,
  { caseId, type }: { caseId: string | null; type?: AnyMessage['type'] },
): Promise<PostedMessage[]> {
  const rows = await session.db.postedMessage.findMany({
    where: { schoolId: session.school, caseId },
    orderBy: { at: 'asc' },
  });
  // A message that stands has the id of the row that it was sent for.
  const again = await session.db.delivery.findMany({
    where: { schoolId: session.school, id: { in: rows.map(({ id }) => id) }, unclear: true },
    select: { id: true },
  });
  const marked = new Set(again.map(({ id }) => id));
  return rows
    .map((row) => toPosted(session, row, marked.has(row.id)))
    .filter(({ message }) => type === undefined || message.type === type);
}

/** Where the platform's name of a message stands. */
export function nameSpot(posted: string) {
  return { table: 'posted_message', row: posted, column: 'name' };
}

function toPosted(session: Session, row: PostedRow, again: boolean): PostedMessage {
  return {
    id: row.id,
    caseId: row.caseId,
    target: targetOf(row),
    platform: platformSchema.parse(row.platform),
    message: messageSchema.parse(row.message),
    name: unsealJson(session, nameSpot(row.id), row.name, nameSchema),
    again,
    at: row.at.toISOString(),
  };
}
