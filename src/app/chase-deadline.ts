import type { CaseEvent } from '../domain/case-events.ts';
import { clocksOf } from '../domain/case-deadlines.ts';
import { factsOf, type CaseState } from '../domain/case.ts';
import { chase, type Chase } from '../domain/chasing.ts';
import { asOf } from '../domain/people.ts';
import type { School } from '../domain/school.ts';
import { walk } from '../domain/walk.ts';
import { schoolTime, switchesOf, type Deps } from './deps.ts';
import type { Deadline, Tx } from './ports.ts';
import { deliveriesFor, writeChange } from './write-change.ts';

/** A clock's time has come. Of several replicas that see it, one acts. */
export async function onDeadline(deps: Deps, deadline: Deadline): Promise<void> {
  await deps.store.run({ school: deadline.school, as: 'product' }, (tx) => act(tx, deps, deadline));
  deps.waker.deliveriesWaiting();
}

async function act(tx: Tx, deps: Deps, deadline: Deadline): Promise<void> {
  const { caseId } = deadline;
  const before = await tx.loadCase(caseId, { lock: true });
  if (before === null) return;
  const school = await tx.school();
  const at = deps.clock().toISOString();
  const { notices, alerted, stage, wakeAt } = chased(deps, deadline, before.state, school, at);
  const first = await tx.advanceDeadline(deadline, { stage, wakeAt });
  if (!first) return;
  const fresh = alerted.filter((person) => !before.state.alerted.includes(person));
  if (fresh.length > 0) {
    const events: CaseEvent[] = [{ type: 'alerted', people: fresh, stage }];
    const policy = deps.policies.pinned(before.state.policy);
    await writeChange(tx, deps, { school, policy, caseId, before, events, actor: null, at });
  }
  await tx.addDeliveries(
    caseId,
    notices.flatMap((notice) => deliveriesFor(notice, school, at)),
    at,
  );
}

/** A clock that the case no longer has says nothing and is not looked at again. */
function chased(
  deps: Deps,
  { what, stage }: Deadline,
  state: CaseState,
  school: School,
  now: string,
): Chase {
  const policy = deps.policies.pinned(state.policy);
  const time = schoolTime(school, deps);
  const view = walk(policy, factsOf(state, switchesOf(school, policy, state.raisedAt)));
  const clock = clocksOf(state, view, time).find((one) => one.what === what);
  if (clock === undefined) return { notices: [], alerted: [], stage, wakeAt: null };
  return chase(clock, stage, state, { people: asOf(school.people, now), time, now });
}
