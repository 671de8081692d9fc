import type { CaseState } from '../domain/case.ts';
import { isAboutCase, isAlarm } from '../domain/notification.ts';
import type { Deps } from './deps.ts';
import { withRole } from '../domain/people.ts';
import type { Delivery, DeliveryTarget, Tx } from './ports.ts';

/** More than this to one person or channel within the window is said together. No school's day comes near it. */
const most = 30;
const windowMs = 600_000;
/** Long enough for what comes at once to be counted, short enough for nobody to wait. */
const gatherMs = 60_000;

/**
 * Whether an alarm is folded into one message with the others, because more is coming in than anybody can read.
 * The concern is kept like any other, its clock runs, and it stands in the list of cases; an emergency and a
 * confidential matter are never folded. Source: assurance.md T26.
 */
export async function foldsInto(
  deps: Deps,
  { id, school, caseId, mode, target, message }: Delivery,
  state: CaseState,
): Promise<boolean> {
  const folding =
    mode === 'send' &&
    state.lane === 'lead' &&
    state.urgency !== 'emergency' &&
    isAboutCase(message) &&
    (isAlarm(message) || message.type === 'reminder') &&
    !(target.type === 'person' && target.by === 'email');
  if (!folding || caseId === null) return false;
  const now = deps.clock().getTime();
  const at = new Date(now).toISOString();
  return deps.store.run({ school, as: 'product' }, async (tx) => {
    const since = new Date(now - windowMs).toISOString();
    if ((await tx.sentSince(target, since)) < most) return false;
    const [place, keeper] = await placeOf(tx, target);
    if (keeper === undefined) return false;
    const nonce = `many:${place}:${String(Math.floor(now / windowMs))}`;
    await tx.once(nonce, keeper, async () => {
      const dueAt = new Date(now + gatherMs).toISOString();
      const together = {
        target,
        message: { type: 'many-waiting', at },
        mode: 'send',
        dueAt,
      } as const;
      await tx.addDeliveries(null, [together], at);
      return id;
    });
    return true;
  });
}

/** Its name, and somebody who is the same whichever concern it is: the first submission of a nonce has an owner. */
async function placeOf(tx: Tx, target: DeliveryTarget): Promise<[string, string | undefined]> {
  if (target.type === 'person') return [target.person, target.person];
  const [first] = withRole((await tx.school()).people, 'lead', 'deputy');
  return [target.platform, first?.id];
}
