import type { CaseState } from '../domain/case.ts';
import { isAboutCase } from '../domain/notification.ts';
import { isHeard } from '../domain/passing-on.ts';
import type { Deps } from './deps.ts';
import { tellNext } from './pass-on.ts';
import type { Delivery, NewDelivery, Tx } from './ports.ts';

/** A reporter hears after this that nobody has been reached. Source: scenario S49. */
export const reporterHearsMs = 10 * 60_000;
/** After this the next person is told, and whoever was meant gets an e-mail. Source: assurance.md R9. */
export const passedOnMs = 15 * 60_000;

/**
 * An alarm has not arrived in time. It goes on being tried; meanwhile the reporter hears whom to ring, and then
 * the next person is told. Of several replicas that see it, one acts.
 */
export async function chaseLate(
  deps: Deps,
  { id, school }: { id: string; school: string },
): Promise<void> {
  await deps.store.run({ school, as: 'product' }, async (tx) => {
    const delivery = await tx.delivery(id);
    if (delivery === null || !(await tx.markLate(id, delivery.late))) return;
    await (delivery.late === 0 ? tellReporter(deps, tx, delivery) : tellOthers(deps, tx, delivery));
  });
  deps.waker.deliveriesWaiting();
}

/** Once for each case, and only while nobody has it. */
async function tellReporter(deps: Deps, tx: Tx, { caseId }: Delivery): Promise<void> {
  const found = caseId === null ? null : await tx.loadCase(caseId);
  if (caseId === null || found === null) return;
  const { state, events } = found;
  if (isHeard(events, state.reporter) || state.holder !== null || state.closedAt !== null) return;
  await tx.once(`not-delivered:${caseId}`, state.reporter, async () => {
    const at = deps.clock().toISOString();
    await tx.addDeliveries(caseId, toReporter(state, at), at);
    return null;
  });
}

function toReporter({ reporter, concerns }: CaseState, at: string): NewDelivery[] {
  const [concern] = concerns;
  if (concern === undefined) return [];
  const base = { message: { type: 'not-delivered', concern }, mode: 'send', dueAt: at } as const;
  return [
    { ...base, target: { type: 'person', person: reporter } },
    { ...base, target: { type: 'person', person: reporter, by: 'email' } },
  ];
}

async function tellOthers(deps: Deps, tx: Tx, delivery: Delivery): Promise<void> {
  const { caseId, message, target } = delivery;
  if (caseId === null || !isAboutCase(message)) return;
  const at = deps.clock().toISOString();
  if (target.type === 'person' && target.by === undefined) {
    const mail = {
      target: { ...target, by: 'email' as const },
      message,
      mode: 'send',
      dueAt: at,
    } as const;
    await tx.addDeliveries(caseId, [mail], at);
  }
  await tellNext(deps, tx, {
    caseId,
    message,
    person: target.type === 'person' ? target.person : null,
    mailToo: true,
  });
}
