import type { PinnedPolicy } from '../domain/case-events.ts';
import type { Policy } from '../domain/procedure.ts';
import type { SchoolTime } from '../domain/deadlines.ts';
import type { School } from '../domain/school.ts';
import { switchesAt } from '../domain/switches.ts';
import type { Clock, Store, Waker } from './ports.ts';

/** The school policies and national procedures that were loaded and checked at the start. */
export type Policies = {
  /** The newest version of a school's pack: what a new case is pinned to. */
  current(pack: string): Policy;
  /** Exactly what a case runs under; throws when that content is not here, which stops the case and never changes it. */
  pinned(pin: PinnedPolicy): Policy;
};

/** What the use cases work with. */
export type Deps = {
  store: Store;
  policies: Policies;
  clock: Clock;
  waker: Waker;
  /** Cryptographically good random bytes. */
  random: (bytes: number) => Uint8Array;
  newId: () => string;
  /** Whether an ISO date is a bank holiday in England. */
  isBankHoliday: (date: string) => boolean;
};

/** Who acts: somebody in a school's file. */
export type Actor = { school: string; person: string };

/** The school's switches over its pack's, as they stand for a concern raised at that instant. */
export function switchesOf(
  school: School,
  policy: Policy,
  raisedAt: string,
): ReadonlyMap<string, string> {
  return switchesAt({ ...policy.pack.switches, ...school.switches }, raisedAt);
}

export function schoolTime(school: School, deps: Pick<Deps, 'isBankHoliday'>): SchoolTime {
  return { calendar: school.calendar, isBankHoliday: deps.isBankHoliday };
}

/** How a policy is named on a case. */
export function pinOf(policy: Policy): PinnedPolicy {
  return { pack: policy.pack.id, version: policy.pack.version, digest: policy.digest };
}
