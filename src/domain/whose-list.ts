import type { Lane } from './audience.ts';
import { hasRole, withRole, type Person } from './people.ts';

/*
 * On whose list a case stands, from who may open it. Nothing of the case itself has to be read for that.
 */

/** As much as is asked of a case. `readers`: who may open it now. */
export type Audienced = { lane: Lane; readers: readonly string[] };

/**
 * The one who manages a case that the safeguarding team does not have: the headteacher if they may open it,
 * else the chair. Null for a case of the team, or one that nobody may open.
 */
export function managerAmong(
  { lane, readers }: Audienced,
  people: readonly Person[],
): string | null {
  const reading = people.filter(({ id, active }) => active && readers.includes(id));
  const [manager] = withRole(reading, 'headteacher', 'chair');
  if (lane === 'manager') return manager?.id ?? null;
  // Nobody of the team may know of it, so it went to the headteacher or the chair.
  const team = reading.some((person) => hasRole(person, 'lead', 'deputy'));
  return team ? null : (manager?.id ?? null);
}

/**
 * Whether every one of these people may know of the case. What one of them must not know of is left out of what
 * all of them read. Source: decisions.md 4.
 */
export function allMayKnow(people: readonly string[], { readers }: Audienced): boolean {
  return people.every((id) => readers.includes(id));
}
