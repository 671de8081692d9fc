import { z } from 'zod';
import type { Account, Way } from '../app/ports.ts';
import type { Account as AccountRow } from './generated/client.ts';
import { personDetails } from './schools.ts';
import { sealJson, unsealJson, type Session } from './session.ts';

const platformSchema = z.enum(['teams', 'slack']);
const addressSchema = z.record(z.string(), z.string());

type Identity = Pick<AccountRow, 'platform' | 'tenant' | 'userId'>;

function addressSpot({ platform, tenant, userId }: Identity) {
  return { table: 'account', row: `${platform}/${tenant}/${userId}`, column: 'address' };
}

type Reachable = Account & { address: Readonly<Record<string, string>> | null };

/** The accounts through which a person can be reached now. */
export async function readAccounts(session: Session, person: string): Promise<Reachable[]> {
  const rows = await session.db.account.findMany({
    where: { schoolId: session.school, personId: person, active: true, person: { active: true } },
    orderBy: { platform: 'asc' },
  });
  return rows.map((row) => ({
    platform: platformSchema.parse(row.platform),
    tenant: row.tenant,
    user: row.userId,
    address:
      row.address === null
        ? null
        : unsealJson(session, addressSpot(row), row.address, addressSchema),
  }));
}

/**
 * The ways to a person in the order of their choice; without one, their accounts and then e-mail. None to
 * somebody who has left.
 */
export async function readWays(session: Session, person: string): Promise<Way[]> {
  const row = await session.db.person.findFirst({
    where: { schoolId: session.school, id: person, active: true },
  });
  if (row === null) return [];
  const { email, reach } = personDetails(session.keys, row);
  const accounts = (await readAccounts(session, person)).map((account): Way => ({
    type: 'account',
    ...account,
  }));
  const mail: Way[] = email === null ? [] : [{ type: 'email', to: email }];
  const all = [...accounts, ...mail];
  if (reach === null) return all;
  return reach.flatMap((wanted) => all.filter((way) => routeOf(way) === wanted));
}

function routeOf(way: Way): 'teams' | 'slack' | 'email' {
  return way.type === 'email' ? 'email' : way.platform;
}

/** Remembers how the platform is to be written to for this account. */
export async function writeAddress(
  session: Session,
  { platform, tenant, user }: Account,
  address: Readonly<Record<string, string>>,
): Promise<void> {
  const identity = { platform, tenant, userId: user };
  await session.db.account.updateMany({
    where: { schoolId: session.school, ...identity },
    data: { address: sealJson(session, addressSpot(identity), address) },
  });
}
