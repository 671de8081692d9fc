import type { CaseState, Urgency } from './case.ts';
import { dueAt, type SchoolTime } from './deadlines.ts';
import type { RunningTimer, Walk } from './walk.ts';

/** The clock of a case that nobody has claimed yet. */
export const acknowledgement = 'acknowledge';
/** The clock of a case in which nothing has been recorded for a week. */
export const review = 'review';

/** How long an unclaimed case may wait. Source: procedures.md 4.0, default timers; decisions.md 9. */
export const acknowledgeWithin: Readonly<Record<Urgency, string>> = {
  emergency: '10 minutes',
  urgent: '10 minutes',
  routine: '60 school-minutes',
};

/** Open cases are looked at again at least once a week. Source: procedures.md 4.0, default timers. */
const reviewWithin = '1 weeks';

/** A clock that runs on a case, with when it started and is due (ISO instants). */
export type CaseClock = {
  what: string;
  startsAt: string;
  dueAt: string;
  /** As in the data: `one-working-day`, `before-home`, `60 school-minutes`. */
  lasts: string;
};

/** Every clock that runs on the case now. A closed case has none. */
export function clocksOf(state: CaseState, walk: Walk, time: SchoolTime): CaseClock[] {
  if (state.closedAt !== null) return [];
  const timers = walk.timers.map((running) => {
    const { from, timer } = running;
    const startsAt = from.type === 'concern' ? state.raisedAt : from.at;
    return clock(timerKey(running), startsAt, timer.lasts, time);
  });
  return state.holder === null
    ? [
        clock(acknowledgement, state.waitingSince, acknowledgeWithin[state.urgency], time),
        ...timers,
      ]
    : [...timers, clock(review, lastRecorded(state), reviewWithin, time)];
}

function clock(what: string, startsAt: string, lasts: string, time: SchoolTime): CaseClock {
  return { what, startsAt, dueAt: dueAt(startsAt, lasts, time), lasts };
}

function lastRecorded({ touched, raisedAt }: CaseState): string {
  return Object.values(touched)
    .map(({ at }) => at)
    .reduce((latest, at) => (at > latest ? at : latest), raisedAt);
}

/** What is due on the case, for those who see it. That a week has passed is no step of theirs. */
export function deadlinesOf(
  state: CaseState,
  walk: Walk,
  time: SchoolTime,
): { what: string; dueAt: string }[] {
  return clocksOf(state, walk, time)
    .filter(({ what }) => what !== review)
    .map(({ what, dueAt: due }) => ({ what, dueAt: due }));
}

/** `procedure/timer`, with `@child` for a clock that runs per child. */
export function timerKey({ timer, child }: Pick<RunningTimer, 'timer' | 'child'>): string {
  return child === null ? timer.ref : `${timer.ref}@${child}`;
}
