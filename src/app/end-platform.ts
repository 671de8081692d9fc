import { asOf } from '../domain/people.ts';
import { dayOf } from '../domain/deadlines.ts';
import type { School } from '../domain/school.ts';
import type { Deps } from './deps.ts';
import type { Account, NewDelivery } from './ports.ts';
import { leadsOf } from './week-lists.ts';

type Platform = Account['platform'];

/**
 * The bot was removed from a platform, or its access taken back: the leads who are there hear it by whatever
 * other way they have, once a day while it lasts. Source: assurance.md R28.
 * @param tenant null: wherever the bot is on that platform
 */
export async function endPlatform(
  deps: Deps,
  platform: Platform,
  tenant: string | null,
): Promise<void> {
  for (const school of await deps.store.schools()) {
    const leads = await leadsThere(deps, school, platform, tenant);
    if (leads.length > 0) await tell(deps, school, platform, leads);
  }
  deps.waker.deliveriesWaiting();
}

async function leadsThere(
  { store, clock }: Deps,
  school: School,
  platform: Platform,
  tenant: string | null,
): Promise<string[]> {
  const there: string[] = [];
  for (const lead of leadsOf(asOf(school.people, clock().toISOString()))) {
    const accounts = await store.accountsOf(school.id, lead);
    const has = accounts.some(
      (one) => one.platform === platform && (tenant === null || one.tenant === tenant),
    );
    if (has) there.push(lead);
  }
  return there;
}

async function tell(
  { store, clock }: Deps,
  { id }: School,
  platform: Platform,
  leads: readonly string[],
): Promise<void> {
  const at = clock().toISOString();
  await store.run({ school: id, as: 'product' }, async (tx) => {
    for (const person of leads)
      await tx.once(`ended:${platform}:${person}:${dayOf(at)}`, person, async () => {
        const message: NewDelivery = {
          target: { type: 'person', person },
          message: { type: 'platform-ended', platform, at },
          mode: 'send',
          dueAt: at,
        };
        await tx.addDeliveries(null, [message], at);
        return null;
      });
  });
}
