import type { SchoolMessage } from '../domain/notification.ts';
import { asOf, withRole } from '../domain/people.ts';
import type { School } from '../domain/school.ts';
import type { Deps } from './deps.ts';
import type { NewDelivery, Tx } from './ports.ts';
import { releaseClaimsOf } from './release-claims.ts';
import type { ChannelWatch } from './upkeep-ports.ts';
import { leadsOf } from './week-lists.ts';

/** Source: decisions.md 24. */
export const lookEveryMs = 3_600_000;
/** The platform could not be asked: soon again. */
export const lookAgainMs = 300_000;
const askAgainMs = 60_000;

/** What was seen of a lead's channel: who of the school is in it, and what is wrong. */
export type ChannelReading = Omit<ChannelWatch, 'platform'>;

/** The platform could not be asked once; nobody is told before the second time. */
const unasked = 'unasked';

/**
 * The lead's channel was looked at. A change for the worse, or back, is told to the lead in their own chat; what
 * somebody of the team held goes back to unclaimed when they are no longer in it.
 * Source: decisions.md 24; assurance.md T7, T32; scenario S48.
 */
export async function onChannelSeen(
  deps: Deps,
  { school, platform }: { school: string; platform: ChannelWatch['platform'] },
  reading: ChannelReading | 'no-answer' | 'no-channel',
): Promise<void> {
  await deps.store.run({ school, as: 'product' }, async (tx) => {
    const before = await tx.channelWatch(platform);
    const now = deps.clock().getTime();
    const same = before ?? { platform, trouble: null, members: [] };
    if (reading === 'no-answer') return notSeen(tx, deps, same);
    if (reading === 'no-channel')
      return tx.saveChannelWatch(same, new Date(now + lookEveryMs).toISOString());
    await compare(tx, deps, platform, before, reading);
    // With something wrong the members are not known, and those of before are not forgotten.
    const members = reading.trouble === null ? reading.members : (before?.members ?? []);
    const watch = { platform, trouble: reading.trouble, members };
    await tx.saveChannelWatch(watch, new Date(now + lookEveryMs).toISOString());
  });
  deps.waker.deliveriesWaiting();
}

/** Twice without an answer is told to the lead like anything else that is wrong with it. */
async function notSeen(tx: Tx, deps: Deps, before: ChannelWatch): Promise<void> {
  const at = deps.clock();
  const first = before.trouble === null;
  if (before.trouble === unasked) await alarm(tx, before.platform, 'unreadable', at.toISOString());
  const trouble = first ? unasked : before.trouble === unasked ? 'unreadable' : before.trouble;
  const wait = first ? askAgainMs : lookAgainMs;
  await tx.saveChannelWatch({ ...before, trouble }, new Date(at.getTime() + wait).toISOString());
}

/** The platform says that somebody joined or left a channel: it is looked at in the next minute. */
export async function lookSoon(
  deps: Deps,
  seen: { platform: ChannelWatch['platform']; tenant: string; channel: string },
): Promise<void> {
  for (const school of await deps.store.schools()) {
    const its = school.channels.some(
      ({ platform, tenant, channel }) =>
        platform === seen.platform && tenant === seen.tenant && channel === seen.channel,
    );
    if (its) await watchFrom(deps, school.id, seen.platform);
  }
}

/** The channel is looked at from now on, and now. */
export async function watchFrom(deps: Deps, school: string, platform: ChannelWatch['platform']) {
  await deps.store.run({ school, as: 'product' }, async (tx) => {
    const before = await tx.channelWatch(platform);
    const watch = before ?? { platform, trouble: null, members: [] };
    await tx.saveChannelWatch(watch, deps.clock().toISOString());
  });
}

/** Every channel of a school that was never looked at is looked at from now on. */
export async function watchChannels(deps: Deps, { id, channels }: School): Promise<void> {
  for (const { platform } of channels) {
    const known = await deps.store.run({ school: id, as: 'product' }, (tx) =>
      tx.channelWatch(platform),
    );
    if (known === null) await watchFrom(deps, id, platform);
  }
}

async function compare(
  tx: Tx,
  deps: Deps,
  platform: ChannelWatch['platform'],
  before: ChannelWatch | null,
  reading: ChannelReading,
): Promise<void> {
  const school = await tx.school();
  const at = deps.clock().toISOString();
  const known = before?.trouble === unasked ? null : (before?.trouble ?? null);
  if (known !== reading.trouble) await alarm(tx, platform, reading.trouble, at);
  if (reading.trouble !== null || before === null) return;
  const team = new Set(withRole(school.people, 'lead', 'deputy').map(({ id }) => id));
  const gone = before.members.filter((id) => team.has(id) && !reading.members.includes(id));
  for (const person of gone) await releaseClaimsOf(tx, deps, school, person);
}

async function alarm(
  tx: Tx,
  platform: ChannelWatch['platform'],
  trouble: string | null,
  at: string,
): Promise<void> {
  const { people } = await tx.school();
  const message = { type: 'channel-alarm', platform, trouble, at } as const;
  await tell(tx, leadsOf(asOf(people, at)), message);
}

async function tell(tx: Tx, people: readonly string[], message: SchoolMessage & { at: string }) {
  const deliveries = people.map((person): NewDelivery => ({
    target: { type: 'person', person },
    message,
    mode: 'send',
    dueAt: message.at,
  }));
  await tx.addDeliveries(null, deliveries, message.at);
}
