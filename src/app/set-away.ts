import { hasRole } from '../domain/people.ts';
import { instantFrom } from '../domain/deadlines.ts';
import type { Actor, Deps } from './deps.ts';

export type Away = { ok: true; until: string | null } | { ok: false };

/**
 * Somebody of the safeguarding team, or of the leadership on call, is away until a day, or back. They stay
 * entitled and are not waited for. Source: decisions.md 10.
 * @param day ISO date on which they are back; null: they are back now
 */
export async function setAway(deps: Deps, actor: Actor, day: string | null): Promise<Away> {
  const { school, person } = actor;
  const until = day === null ? null : instantFrom(day, '00:00');
  const at = deps.clock().toISOString();
  return deps.store.run({ school, as: 'product' }, async (tx) => {
    const { people } = await tx.school();
    const who = people.find(({ id }) => id === person);
    if (who?.active !== true || !hasRole(who, 'lead', 'deputy', 'leadership-on-call'))
      return { ok: false };
    await tx.setAway(person, until);
    await tx.audit({ type: until === null ? 'back' : 'away', actor: person, at, subject: person });
    return { ok: true, until };
  });
}
