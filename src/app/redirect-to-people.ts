import { audienceOfCase, type CaseState } from '../domain/case.ts';
import type { Message } from '../domain/notification.ts';
import { withRole } from '../domain/people.ts';
import type { Deps } from './deps.ts';
import type { Delivery, NewDelivery, Tx } from './ports.ts';

/**
 * The lead's channel must not or cannot take a message: everybody of the audience gets it in their own
 * chat instead. When somebody involved is simply a member, nothing more is said; any other reason is also
 * told to the team, because the channel must be mended. However often the channel was tried before, and
 * whatever is tried again, it happens once. Source: decisions.md 4; assurance.md T7.
 */
export async function redirectToPeople(deps: Deps, delivery: Delivery, why: string): Promise<void> {
  const { school, caseId, id } = delivery;
  if (caseId === null) return;
  await deps.store.run({ school, as: 'product' }, async (tx) => {
    const found = await tx.loadCase(caseId);
    if (found !== null) await tellOnce(tx, id, found.state, why, deps.clock().toISOString());
  });
  deps.waker.deliveriesWaiting();
}

/** In the caller's transaction, and once for each message that was for the channel. */
export async function tellOnce(
  tx: Tx,
  delivery: string,
  state: CaseState,
  why: string,
  at: string,
): Promise<void> {
  await tx.once(`elsewhere:${delivery}`, state.reporter, async () => {
    await tellTeam(tx, state, why, at);
    return null;
  });
}

/** Reasons for which nobody need look at the channel's members. */
const notTheChannels = ['member-involved', 'no-channel', 'not-delivered'];

async function tellTeam(tx: Tx, state: CaseState, why: string, at: string): Promise<void> {
  const { people } = await tx.school();
  const messages: Message[] = notTheChannels.includes(why)
    ? [{ type: 'new-concern' }]
    : [{ type: 'new-concern' }, { type: 'channel-held', trouble: why }];
  const deliveries = audienceOfCase(state, people).team.flatMap((person) =>
    messages.map((message): NewDelivery => ({
      target: { type: 'person', person },
      message,
      mode: 'send',
      dueAt: at,
    })),
  );
  await tx.addDeliveries(state.id, deliveries, at);
}

/** What was for the lead's channel and is about no case: each of the team gets it in their own chat, once. */
export async function tellTeamInstead(deps: Deps, delivery: Delivery): Promise<void> {
  const { school, id, message } = delivery;
  await deps.store.run({ school, as: 'product' }, async (tx) => {
    const { people } = await tx.school();
    const team = withRole(people, 'lead', 'deputy');
    const [first] = team;
    if (first === undefined) return;
    await tx.once(`elsewhere:${id}`, first.id, async () => {
      const dueAt = deps.clock().toISOString();
      const deliveries = team.map((person): NewDelivery => ({
        target: { type: 'person', person: person.id },
        message,
        mode: 'send',
        dueAt,
      }));
      await tx.addDeliveries(null, deliveries, dueAt);
      return null;
    });
  });
  deps.waker.deliveriesWaiting();
}
