import { z } from 'zod';
import type { CaseLine } from '../app/ports.ts';
import type { CaseLine as LineRow } from './generated/client.ts';
import { isoOrNull, moment, momentOrNull, type Session } from './session.ts';

const wordsSchema = z.object({
  urgency: z.enum(['routine', 'urgent', 'emergency']),
  lane: z.enum(['lead', 'manager']),
  state: z.enum(['new', 'active', 'awaiting', 'closing', 'closed']),
});

/** Puts a case's line as it must stand in the lists from now on. */
export async function writeLine(session: Session, line: CaseLine): Promise<void> {
  const { id: caseId, raisedAt, nextDue, ...words } = line;
  const columns = { ...words, raisedAt: moment(raisedAt), nextDue: momentOrNull(nextDue) };
  await session.db.caseLine.upsert({
    where: { caseId },
    create: { caseId, schoolId: session.school, ...columns },
    update: columns,
  });
}

/** The lines of the open, or of the closed, cases that this scope may see; the oldest first. */
export async function readLines(
  session: Session,
  { open }: { open: boolean },
): Promise<CaseLine[]> {
  const rows = await session.db.caseLine.findMany({
    where: { schoolId: session.school, state: open ? { not: 'closed' } : 'closed' },
    orderBy: { raisedAt: 'asc' },
  });
  return rows.map(toLine);
}

function toLine(row: LineRow): CaseLine {
  return {
    ...wordsSchema.parse(row),
    id: row.caseId,
    reference: row.reference,
    label: row.label,
    raisedAt: row.raisedAt.toISOString(),
    holder: row.holder,
    openSteps: row.openSteps,
    nextDue: isoOrNull(row.nextDue),
    kinds: row.kinds,
    awaits: row.awaits,
    outcome: row.outcome,
  };
}
