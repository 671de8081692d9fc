import type { CaseEvent } from '../domain/case-events.ts';
import { isAboutCase, isAlarm, type Message } from '../domain/notification.ts';
import { passOn, triedIn } from '../domain/passing-on.ts';
import { asOf } from '../domain/people.ts';
import type { CaseState } from '../domain/case.ts';
import type { Deps } from './deps.ts';
import type { Delivery, NewDelivery, Tx } from './ports.ts';
import { tellOnce } from './redirect-to-people.ts';
import { leadsOf } from './week-lists.ts';
import { deliveriesFor, writeChange } from './write-change.ts';

/**
 * A message could not be delivered by any way: the next person is told, in the same transaction. What was for a
 * channel and has not gone to the people yet goes there. A case that cannot even be read is on the leads' list:
 * they are sent to it, so that somebody knows of it all the same. Source: assurance.md R10, R21, INV-3.
 */
export async function passOnFailed(deps: Deps, tx: Tx, delivery: Delivery): Promise<void> {
  const { caseId, message, target } = delivery;
  if (caseId === null || !isAboutCase(message)) return;
  const found = await tx.loadCase(caseId).catch(() => 'unreadable' as const);
  if (found === null) return;
  if (found === 'unreadable') return sendLeadsToTheirList(deps, tx, message);
  const at = deps.clock().toISOString();
  if (target.type === 'person')
    await tellNext(deps, tx, { caseId, message, person: target.person });
  else if (isAlarm(message) && !isOver(found.state))
    await tellOnce(tx, delivery.id, found.state, 'not-delivered', at);
}

function isOver({ holder, closedAt }: CaseState): boolean {
  return holder !== null || closedAt !== null;
}

async function sendLeadsToTheirList(deps: Deps, tx: Tx, message: Message): Promise<void> {
  if (!isAlarm(message)) return;
  const at = deps.clock().toISOString();
  const { people } = await tx.school();
  const deliveries = leadsOf(asOf(people, at)).map((person): NewDelivery => ({
    target: { type: 'person', person },
    message: { type: 'many-waiting', at },
    mode: 'send',
    dueAt: at,
  }));
  await tx.addDeliveries(null, deliveries, at);
}

type Failing = {
  caseId: string;
  message: Message;
  person: string | null;
  /** The chat may be what fails: whoever is told is told by e-mail as well. */
  mailToo?: boolean;
};

/** Tells whoever comes next, and lets them open the case. */
export async function tellNext(
  deps: Deps,
  tx: Tx,
  { caseId, message, person, mailToo = false }: Failing,
): Promise<void> {
  const before = await tx.loadCase(caseId, { lock: true });
  if (before === null) return;
  const school = await tx.school();
  const at = deps.clock().toISOString();
  const tried = union(triedIn(before.events), await underWay(tx, caseId), person);
  const people = asOf(school.people, at);
  const { notices, alerted } = passOn(message, person, before.state, people, tried);
  const fresh = alerted.filter((id) => !before.state.alerted.includes(id));
  if (fresh.length > 0) {
    const stage = before.state.escalation + 1;
    const events: CaseEvent[] = [{ type: 'alerted', people: fresh, stage }];
    const policy = deps.policies.pinned(before.state.policy);
    await writeChange(tx, deps, { school, policy, caseId, before, events, actor: null, at });
  }
  const deliveries = notices.flatMap((notice) => deliveriesFor(notice, school, at));
  await tx.addDeliveries(caseId, [...deliveries, ...mailsBeside(deliveries, mailToo)], at);
}

/** People to whom an alarm is still on its way. */
async function underWay(tx: Tx, caseId: string): Promise<Set<string>> {
  const open = await tx.openDeliveries(caseId);
  return new Set(
    open.flatMap(({ target, message, mode }) =>
      target.type === 'person' && mode === 'send' && isAlarm(message) ? [target.person] : [],
    ),
  );
}

function union(one: Set<string>, other: Set<string>, person: string | null): Set<string> {
  return new Set([...one, ...other, ...(person === null ? [] : [person])]);
}

/** Whoever raised it must always hear by every way there is that it has not arrived. */
function mailsBeside(deliveries: readonly NewDelivery[], all: boolean): NewDelivery[] {
  return deliveries.flatMap((delivery) =>
    (all || delivery.message.type === 'not-delivered') && delivery.target.type === 'person'
      ? [{ ...delivery, target: { ...delivery.target, by: 'email' as const } }]
      : [],
  );
}
