import { leadsOf } from './week-lists.ts';
import type { Actor, Deps } from './deps.ts';
import type { NewDelivery, Tx } from './ports.ts';
import type { MonitoringAnswer, SchoolClock } from './upkeep-ports.ts';
import { hasRole, withRole } from '../domain/people.ts';

/** `before`: somebody had answered already; what they said stands. */
export type Confirmed =
  { ok: true; answer: NonNullable<SchoolClock['answer']>; before: boolean } | { ok: false };

/**
 * Somebody of IT says what the week's monitoring report held: kept with name and time, once. The question is
 * drawn again for everybody who was asked, and so is the note to the lead if it came to that.
 */
export async function answerMonitoring(
  deps: Deps,
  { school, person }: Actor,
  week: string,
  what: MonitoringAnswer,
): Promise<Confirmed> {
  const confirmed = await deps.store.run({ school, as: 'product' }, (tx) =>
    confirm(tx, deps, person, week, what),
  );
  deps.waker.deliveriesWaiting();
  return confirmed;
}

async function confirm(
  tx: Tx,
  deps: Deps,
  person: string,
  week: string,
  what: MonitoringAnswer,
): Promise<Confirmed> {
  const { people } = await tx.school();
  const asked = people.find(({ id }) => id === person);
  const clock = await tx.schoolClock('monitoring', week);
  if (clock === null || asked?.active !== true || !hasRole(asked, 'it')) return { ok: false };
  const at = deps.clock().toISOString();
  const answer = { what, by: person, at };
  if (!(await tx.answerSchoolClock(clock.id, answer)))
    return { ok: true, answer: clock.answer ?? answer, before: true };
  await tx.audit({ type: `monitoring-${what}`, actor: person, at, subject: clock.id });
  const it = withRole(people, 'it').map(({ id }) => id);
  await tx.addDeliveries(null, redraws(week, it, leadsOf(people), at), at);
  return { ok: true, answer, before: false };
}

/** A redraw of what was never sent sends nothing. */
function redraws(
  week: string,
  asked: readonly string[],
  leads: readonly string[],
  at: string,
): NewDelivery[] {
  const again = (person: string, type: 'monitoring-question' | 'monitoring-unconfirmed') =>
    ({
      target: { type: 'person', person },
      message: { type, week },
      mode: 'update',
      dueAt: at,
    }) as const;
  return [
    ...asked.map((person) => again(person, 'monitoring-question')),
    ...leads.map((person) => again(person, 'monitoring-unconfirmed')),
  ];
}
