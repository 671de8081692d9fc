import type { Answer, Child } from './answer.ts';
import { audienceOf, type Audience, type Involvement, type Lane } from './audience.ts';
import type { CaseEvent, PinnedPolicy } from './case-events.ts';
import type { Person } from './people.ts';
import { union } from './union.ts';
import type { Facts } from './walk.ts';

export type Urgency = 'routine' | 'urgent' | 'emergency';

/** A child as the people entitled see it. */
export type NamedChild = Child & { name: string; year: string };

/** A piece of work for the IT team, without a name in it. */
export type Task = {
  task: string;
  step: string;
  child: string | null;
  to: string;
  details: string;
  state: 'given' | 'done' | 'declined';
};

export type Closing = {
  by: string;
  at: string;
  end: string;
  summary: string;
  outcome: string;
  reason: string | null;
  signers: string[];
};

/** A case: what the events add up to. */
export type CaseState = {
  id: string;
  reference: string;
  reporter: string;
  raisedAt: string;
  policy: PinnedPolicy;
  source: (CaseEvent & { type: 'concern-raised' })['source'];
  concerns: string[];
  lane: Lane;
  /** The staff procedure runs. */
  allegation: boolean;
  involvement: Involvement;
  subjectTyped: string | null;
  urgency: Urgency;
  holder: string | null;
  /** Since when it waits for somebody to take it, or waited last (ISO instant). */
  waitingSince: string;
  /** When the safeguarding team first claimed it, for the reporter's "seen". */
  seenAt: string | null;
  /** People told beyond the team who may open it. */
  alerted: string[];
  escalation: number;
  children: NamedChild[];
  answers: Answer[];
  tasks: Task[];
  closing: Closing | null;
  closedAs: string | null;
  closedAt: string | null;
  links: { to: string; as: (CaseEvent & { type: 'linked' })['as'] }[];
  /** Moved and came back: what was recorded by the manager in between stays with the manager. */
  withheld: { from: number; to: number }[];
  movedAt: number | null;
  /** Counts the events that moved the case; buttons carry it. */
  version: number;
  /** The version at which a slot, or the case as a whole under the key '', last changed. */
  touched: Record<string, { version: number; by: string | null; at: string }>;
};

/** What the walk is computed from. `switches` are the school's, over its pack's. */
export function factsOf(state: CaseState, switches: ReadonlyMap<string, string>): Facts {
  return {
    restricted: state.allegation,
    answers: state.answers,
    children: state.children,
    switches,
  };
}

/** Who may know of the case now. */
export function audienceOfCase(state: CaseState, people: readonly Person[]): Audience {
  return audienceOf(state.lane, state.involvement, people);
}

/**
 * Everyone who may open the case now: the team, and those who were alerted or asked to sign, less
 * everyone involved and everyone who has left.
 */
export function readersOf(state: CaseState, people: readonly Person[]): string[] {
  const audience = audienceOfCase(state, people);
  const active = new Set(people.filter((person) => person.active).map(({ id }) => id));
  return union(audience.team, [...state.alerted, ...(state.closing?.signers ?? [])]).filter(
    (id) => active.has(id) && !audience.excluded.includes(id),
  );
}
