import { weekAfter, weeklyClocks, weekOf } from '../domain/school-week.ts';
import type { School } from '../domain/school.ts';
import { schoolTime, type Deps } from './deps.ts';

/**
 * Writes down what comes this week and next in a school, before its time: however long nothing runs, what was
 * missed is found, and comes once. A change of the school's terms moves what has not begun.
 */
export async function planWeeks(deps: Deps, school: School): Promise<void> {
  const now = deps.clock().toISOString();
  const week = weekOf(now);
  const weeks = [week, weekAfter(week)];
  const clocks = weeks.flatMap((one) => weeklyClocks(one, schoolTime(school, deps)));
  await deps.store.run({ school: school.id, as: 'product' }, (tx) =>
    tx.planWeeks(weeks, clocks, now),
  );
}
