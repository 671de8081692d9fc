import type { CaseState, Urgency } from './case.ts';
import { dueAt, type SchoolTime } from './deadlines.ts';
import type { RunningTimer, Walk } from './walk.ts';

/** The clock of a case that nobody has claimed yet. */
export const acknowledgement = 'acknowledge';

/** How long an unclaimed case may wait. Source: procedures.md 4.0, default timers; decisions.md 9. */
export const acknowledgeWithin: Readonly<Record<Urgency, string>> = {
  emergency: '10 minutes',
  urgent: '10 minutes',
  routine: '60 school-minutes',
};

/** Every clock that runs on the case now, with when it is due (ISO instant). A closed case has none. */
export function deadlinesOf(
  state: CaseState,
  walk: Walk,
  time: SchoolTime,
): { what: string; dueAt: string }[] {
  if (state.closedAt !== null) return [];
  const timers = walk.timers.map((running) => ({
    what: timerKey(running),
    dueAt: timerDue(running, state, time),
  }));
  return state.holder === null ? [unclaimed(state, time), ...timers] : timers;
}

function unclaimed(state: CaseState, time: SchoolTime): { what: string; dueAt: string } {
  return {
    what: acknowledgement,
    dueAt: dueAt(state.waitingSince, acknowledgeWithin[state.urgency], time),
  };
}

/** `procedure/timer`, with `@child` for a clock that runs per child. */
export function timerKey({ timer, child }: Pick<RunningTimer, 'timer' | 'child'>): string {
  return child === null ? timer.ref : `${timer.ref}@${child}`;
}

function timerDue({ timer, from }: RunningTimer, state: CaseState, time: SchoolTime): string {
  return dueAt(from.type === 'concern' ? state.raisedAt : from.at, timer.lasts, time);
}
