import type { Deps } from './deps.ts';
import type { Account } from './ports.ts';
import { releaseClaimsOf } from './release-claims.ts';

/**
 * The platform says that an account is gone. Whoever has no other has left: they lose everything at once, and
 * what they held goes back to unclaimed. Source: scenario S48; assurance.md T32.
 */
export async function endAccount(deps: Deps, account: Account): Promise<void> {
  const left = await deps.store.endAccount(account, deps.clock().toISOString());
  for (const { school, person } of left)
    await deps.store.run({ school, as: 'product' }, async (tx) =>
      releaseClaimsOf(tx, deps, await tx.school(), person),
    );
  deps.waker.deliveriesWaiting();
}
