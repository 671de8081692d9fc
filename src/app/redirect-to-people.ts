import { audienceOfCase } from '../domain/case.ts';
import type { Message } from '../domain/notification.ts';
import type { Deps } from './deps.ts';
import type { Delivery, NewDelivery } from './ports.ts';

/**
 * The lead's channel must not or cannot take a message: everybody of the audience gets it in their own
 * chat instead. When somebody involved is simply a member, nothing more is said; any other reason is also
 * told to the team, because the channel must be mended. Source: decisions.md 4; assurance.md T7.
 */
export async function redirectToPeople(deps: Deps, delivery: Delivery, why: string): Promise<void> {
  const { school, caseId } = delivery;
  if (caseId === null || delivery.attempts > 1) return;
  await deps.store.run({ school, as: 'product' }, async (tx) => {
    const found = await tx.loadCase(caseId);
    if (found === null) return;
    const { people } = await tx.school();
    const at = deps.clock().toISOString();
    const messages: Message[] =
      why === 'member-involved' || why === 'no-channel'
        ? [{ type: 'new-concern' }]
        : [{ type: 'new-concern' }, { type: 'channel-held', trouble: why }];
    const { team } = audienceOfCase(found.state, people);
    const deliveries = team.flatMap((person) =>
      messages.map((message): NewDelivery => ({
        target: { type: 'person', person },
        message,
        mode: 'send',
        dueAt: at,
      })),
    );
    await tx.addDeliveries(caseId, deliveries, at);
  });
  deps.waker.deliveriesWaiting();
}
