import type { CaseEvent } from '../domain/case-events.ts';
import { chase } from '../domain/chasing.ts';
import { schoolTime, type Deps } from './deps.ts';
import type { Deadline, Tx } from './ports.ts';
import { deliveriesFor, writeChange } from './write-change.ts';

/** A clock's time has come. Of several replicas that see it, one acts. */
export async function onDeadline(deps: Deps, deadline: Deadline): Promise<void> {
  await deps.store.run({ school: deadline.school, as: 'product' }, (tx) => act(tx, deps, deadline));
  deps.waker.deliveriesWaiting();
}

async function act(tx: Tx, deps: Deps, deadline: Deadline): Promise<void> {
  const before = await tx.loadCase(deadline.caseId, { lock: true });
  if (before === null) return;
  const school = await tx.school();
  const at = deps.clock().toISOString();
  const { notices, alerted, wakeAt } = chase(
    deadline,
    before.state,
    school.people,
    schoolTime(school, deps),
  );
  const first = await tx.advanceDeadline(deadline, { stage: deadline.stage + 1, wakeAt });
  if (!first) return;
  const fresh = alerted.filter((person) => !before.state.alerted.includes(person));
  if (fresh.length > 0) {
    const event: CaseEvent = { type: 'alerted', people: fresh, stage: deadline.stage + 1 };
    const policy = deps.policies.pinned(before.state.policy);
    await writeChange(tx, deps, {
      school,
      policy,
      caseId: deadline.caseId,
      before,
      events: [event],
      actor: null,
      at,
    });
  }
  await tx.addDeliveries(
    deadline.caseId,
    notices.flatMap((notice) => deliveriesFor(notice, school, at)),
    at,
  );
}
