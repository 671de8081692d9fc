import type { Lane } from './audience.ts';
import type { LineState } from './case-line.ts';

/*
 * What is open, in numbers and references. Nothing that a person wrote, no name, no year group.
 */

/** As much of a case's line as a summary looks at. */
export type SummaryLine = {
  reference: string;
  /** Labels of the procedures that run, joined by ` · `. */
  label: string;
  lane: Lane;
  state: LineState;
  /** Some agency has not answered yet. */
  awaits: boolean;
  raisedAt: string;
  nextDue: string | null;
};

export type Counted = { label: string; count: number };

export type Summary = {
  open: number;
  byKind: Counted[];
  byState: { state: LineState; count: number }[];
  /** References with something overdue, the longest first. */
  overdue: string[];
  /** The longest unclaimed. */
  oldestUnclaimed: { reference: string; raisedAt: string } | null;
  awaiting: string[];
};

/**
 * The week's summary for the safeguarding team. Concerns about staff are neither shown nor counted; the caller
 * leaves out what some reader must not know of. Source: procedures.md G15; scenario S45; decisions.md 4.
 */
export function summaryOf(lines: readonly SummaryLine[], now: string): Summary {
  const open = lines.filter(({ lane, state }) => lane === 'lead' && state !== 'closed');
  const unclaimed = open.filter(({ state }) => state === 'new').toSorted(byAge);
  const [oldest] = unclaimed;
  return {
    open: open.length,
    byKind: counted(open.flatMap(({ label }) => label.split(' · '))),
    byState: states
      .map((state) => ({ state, count: open.filter((line) => line.state === state).length }))
      .filter(({ count }) => count > 0),
    overdue: open
      .filter(({ nextDue }) => nextDue !== null && nextDue <= now)
      .toSorted((one, other) => (one.nextDue ?? '').localeCompare(other.nextDue ?? ''))
      .map(({ reference }) => reference),
    oldestUnclaimed:
      oldest === undefined ? null : { reference: oldest.reference, raisedAt: oldest.raisedAt },
    awaiting: open
      .filter(({ awaits }) => awaits)
      .toSorted(byAge)
      .map(({ reference }) => reference),
  };
}

const states: readonly LineState[] = ['new', 'active', 'awaiting', 'closing'];

function byAge(one: { raisedAt: string }, other: { raisedAt: string }): number {
  return one.raisedAt.localeCompare(other.raisedAt);
}

/** How often each label occurs, the most frequent first. */
function counted(labels: readonly string[]): Counted[] {
  const groups = Map.groupBy(labels, (label) => label);
  return [...groups]
    .map(([label, all]) => ({ label, count: all.length }))
    .toSorted((one, other) => other.count - one.count || one.label.localeCompare(other.label));
}
