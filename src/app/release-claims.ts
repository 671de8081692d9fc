import type { CaseEvent } from '../domain/case-events.ts';
import type { School } from '../domain/school.ts';
import type { Deps } from './deps.ts';
import type { NewDelivery, Tx } from './ports.ts';
import { leadsOf } from './week-lists.ts';
import { writeChange } from './write-change.ts';

/**
 * What somebody held goes back to unclaimed, because they have left or left the team: whoever is responsible is
 * told of each case, and the lead how many there are. Confidential matters are not counted to the lead.
 * Source: scenario S48; assurance.md T32.
 */
export async function releaseClaimsOf(
  tx: Tx,
  deps: Deps,
  school: School,
  person: string,
): Promise<void> {
  const at = deps.clock().toISOString();
  const held = (await tx.caseLines({ open: true })).filter(({ holder }) => holder === person);
  for (const { id } of held) await release(tx, deps, school, id, person, at);
  const cases = held.filter(({ lane }) => lane === 'lead').length;
  if (cases === 0) return;
  const deliveries = leadsOf(school.people)
    .filter((lead) => lead !== person)
    .map((lead): NewDelivery => ({
      target: { type: 'person', person: lead },
      message: { type: 'colleague-left', cases, at },
      mode: 'send',
      dueAt: at,
    }));
  await tx.addDeliveries(null, deliveries, at);
}

async function release(
  tx: Tx,
  deps: Deps,
  school: School,
  caseId: string,
  person: string,
  at: string,
): Promise<void> {
  const before = await tx.loadCase(caseId, { lock: true });
  if (before?.state.holder !== person || before.state.closedAt !== null) return;
  const policy = deps.policies.pinned(before.state.policy);
  const events: CaseEvent[] = [{ type: 'unclaimed', reason: null }];
  await writeChange(tx, deps, { school, policy, caseId, before, events, actor: null, at });
}

/** A case whose holder has left, by the school's file or by the platform. Looked for every minute. */
export async function releaseLeaver(
  deps: Deps,
  { caseId, school }: { caseId: string; school: string },
): Promise<void> {
  await deps.store.run({ school, as: 'product' }, async (tx) => {
    const found = await tx.loadCase(caseId);
    const known = await tx.school();
    const holder = found?.state.holder ?? null;
    const active = known.people.some(({ id, active: here }) => id === holder && here);
    if (holder !== null && !active) await releaseClaimsOf(tx, deps, known, holder);
  });
  deps.waker.deliveriesWaiting();
}
