import type { SchoolMessage } from '../domain/notification.ts';
import { asOf, hereIfAny, withRole } from '../domain/people.ts';
import { unconfirmedAt, weekOf } from '../domain/school-week.ts';
import type { School } from '../domain/school.ts';
import { schoolTime, type Deps } from './deps.ts';
import type { DeliveryTarget, NewDelivery, Tx } from './ports.ts';
import type { SchoolClock } from './upkeep-ports.ts';
import { leadsOf, managersOf } from './week-lists.ts';

/**
 * The time of something that comes once a week has come, or had come while nothing ran. Of several replicas
 * that see it, one acts; what it sends is written with the mark that it has acted.
 */
export async function onSchoolClock(deps: Deps, clock: SchoolClock): Promise<void> {
  await deps.store.run({ school: clock.school, as: 'product' }, async (tx) => {
    const school = await tx.school();
    await (clock.what === 'summary'
      ? summarise(tx, deps, clock, school)
      : ask(tx, deps, clock, school));
  });
  deps.waker.deliveriesWaiting();
}

/** To the lead's channel, or without one to the leads; to each case manager their own list. */
async function summarise(tx: Tx, deps: Deps, clock: SchoolClock, school: School): Promise<void> {
  if (!(await tx.advanceSchoolClock(clock, { stage: clock.stage + 1, wakeAt: null }))) return;
  const { week } = clock;
  const team = withRole(school.people, 'lead', 'deputy').map(({ id }) => id);
  const places: DeliveryTarget[] =
    school.channels.length > 0
      ? school.channels.map(({ platform }) => ({ type: 'lead-channel', platform }))
      : team.map((person) => ({ type: 'person', person }));
  const managers = await managersOf(tx, school);
  await send(tx, deps, [
    ...places.map((target) => ({ target, message: { type: 'weekly-summary', week } as const })),
    ...to(managers, { type: 'private-list', week }),
  ]);
}

/**
 * The question to IT; if nobody answers, the lead is told. A question whose week is over is not asked any more.
 * Source: procedures.md T9; scenario S38.
 */
async function ask(tx: Tx, deps: Deps, clock: SchoolClock, school: School): Promise<void> {
  const now = deps.clock().toISOString();
  const { week, stage } = clock;
  const people = asOf(school.people, now);
  const over = weekOf(now) !== week;
  const asking = stage === 0 && !over;
  const wakeAt = asking ? unconfirmedAt(week, now, schoolTime(school, deps)) : null;
  if (!(await tx.advanceSchoolClock(clock, { stage: stage + 1, wakeAt }))) return;
  const it = withRole(people, 'it');
  if (asking && it.length > 0)
    return send(
      tx,
      deps,
      to(
        hereIfAny(it).map(({ id }) => id),
        { type: 'monitoring-question', week },
      ),
    );
  if (clock.answer !== null) return;
  await send(tx, deps, to(leadsOf(people), { type: 'monitoring-unconfirmed', week }));
}

type Sending = { target: DeliveryTarget; message: SchoolMessage };

function to(people: readonly string[], message: SchoolMessage): Sending[] {
  return people.map((person) => ({ target: { type: 'person', person }, message }));
}

async function send(tx: Tx, deps: Deps, sendings: readonly Sending[]): Promise<void> {
  const at = deps.clock().toISOString();
  const deliveries = sendings.map((one): NewDelivery => ({ ...one, mode: 'send', dueAt: at }));
  await tx.addDeliveries(null, deliveries, at);
}
