import { z } from 'zod';
import type { Account } from '../app/ports.ts';
import type { Account as AccountRow } from './generated/client.ts';
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
