import type { CaseEvent, RecordedEvent } from '../domain/case-events.ts';
import { deadlinesOf } from '../domain/case-deadlines.ts';
import { factsOf, type CaseState } from '../domain/case.ts';
import { wordedFor } from '../domain/head-leads.ts';
import { may } from '../domain/permissions.ts';
import type { Person } from '../domain/people.ts';
import type { Policy } from '../domain/procedure.ts';
import type { School } from '../domain/school.ts';
import { walk, type Walk } from '../domain/walk.ts';
import { schoolTime, switchesOf, type Actor, type Deps } from './deps.ts';
import type { CaseLine, Concern, NewDeadline, Receipt, Tx } from './ports.ts';

/** A case as cards and screens are drawn from it. */
export type CaseView = {
  school: School;
  policy: Policy;
  /** The pack has a newer version than the case is pinned to. */
  newerPolicy: Policy | null;
  state: CaseState;
  walk: Walk;
  deadlines: NewDeadline[];
  /** ISO instant at which it was drawn. */
  now: string;
};

/** The words and the record of a case, for somebody entitled. Every reading is an event. */
export type CaseDetails = CaseView & { concerns: Concern[]; events: RecordedEvent[] };

/** Draws a case inside a transaction; null when it is not this scope's to see. */
export async function viewOf(
  tx: Tx,
  deps: Deps,
  caseId: string,
): Promise<(CaseView & { events: RecordedEvent[] }) | null> {
  const found = await tx.loadCase(caseId);
  if (found === null) return null;
  const school = await tx.school();
  const { state, events } = found;
  const policy = wordedFor(deps.policies.pinned(state.policy), school.people);
  const newest = deps.policies.current(state.policy.pack);
  const view = walk(policy, factsOf(state, switchesOf(school, policy, state.raisedAt)));
  return {
    school,
    policy,
    newerPolicy: newest.pack.version > policy.pack.version ? newest : null,
    state,
    walk: view,
    deadlines: deadlinesOf(state, view, schoolTime(school, deps)),
    now: deps.clock().toISOString(),
    events,
  };
}

/**
 * The case for drawing its walk, for somebody who may open it; null for everybody else, in one and the same
 * way, and with the attempt in the audit.
 */
export function viewWalk(deps: Deps, actor: Actor, caseId: string): Promise<CaseView | null> {
  return asPerson(deps, actor, (tx) => entitled(tx, deps, actor, caseId));
}

/** The same for drawing it again after something was done, which may have taken it away: no attempt at anything. */
export function viewAgain(deps: Deps, actor: Actor, caseId: string): Promise<CaseView | null> {
  return asPerson(deps, actor, async (tx) => {
    const view = await viewOf(tx, deps, caseId);
    return view !== null && may('open', actor.person, view.state, view.school.people) ? view : null;
  });
}

/** The same for somebody who opens it: recorded, unless they hold it. Source: decisions.md 10. */
export function openWalk(deps: Deps, actor: Actor, caseId: string): Promise<CaseView | null> {
  return asPerson(deps, actor, async (tx) => {
    const view = await entitled(tx, deps, actor, caseId);
    if (view !== null && view.state.holder !== actor.person)
      await tx.note(caseId, { type: 'viewed', what: 'next-steps' }, actor.person, view.now);
    return view;
  });
}

function asPerson<T>(deps: Deps, { school, person }: Actor, work: (tx: Tx) => Promise<T>) {
  return deps.store.run({ school, as: 'person', person }, work);
}

async function entitled(
  tx: Tx,
  deps: Deps,
  { person }: Actor,
  caseId: string,
  to: 'open' | 'export' = 'open',
) {
  const view = await viewOf(tx, deps, caseId);
  if (view !== null && may(to, person, view.state, view.school.people)) return view;
  const at = deps.clock().toISOString();
  await tx.audit({ type: 'denied', actor: person, at, subject: caseId });
  return null;
}

type Reading = (CaseEvent & { type: 'viewed' })['what'];

/**
 * The words, names and chronology, for somebody entitled now. The reading is recorded in the same
 * transaction, before anything is shown. What the manager recorded while a case was restricted stays
 * with the manager after its release.
 */
export function viewDetails(
  deps: Deps,
  actor: Actor,
  caseId: string,
  what: Reading,
): Promise<CaseDetails | null> {
  return asPerson(deps, actor, async (tx) => {
    const deed = what === 'export' ? 'export' : 'open';
    const view = await entitled(tx, deps, actor, caseId, deed);
    if (view === null) return null;
    await tx.note(caseId, { type: 'viewed', what }, actor.person, view.now);
    const concerns = await tx.concernsOf(caseId);
    return { ...view, events: visibleEvents(view.state, view.events), concerns };
  });
}

function visibleEvents(
  { withheld, lane }: CaseState,
  events: readonly RecordedEvent[],
): RecordedEvent[] {
  if (lane === 'manager') return [...events];
  return events.filter(
    ({ seq, event }) =>
      event.type === 'concern-raised' || !withheld.some(({ from, to }) => from <= seq && seq <= to),
  );
}

/** The cases a person may open, most urgent and oldest first. */
export async function listCases(
  deps: Deps,
  actor: Actor,
  filter: { open: boolean },
): Promise<CaseLine[]> {
  const lines = await deps.store.run(
    { school: actor.school, as: 'person', person: actor.person },
    (tx) => tx.caseLines(filter),
  );
  return lines.toSorted(byUrgency);
}

const ladder = ['emergency', 'urgent', 'routine'];
function byUrgency(one: CaseLine, other: CaseLine): number {
  const urgency = ladder.indexOf(one.urgency) - ladder.indexOf(other.urgency);
  return urgency === 0 ? one.raisedAt.localeCompare(other.raisedAt) : urgency;
}

/** A reporter's own concerns: references and times, never words or outcomes. */
export async function listReceipts(deps: Deps, actor: Actor): Promise<Receipt[]> {
  const receipts = await deps.store.run(
    { school: actor.school, as: 'person', person: actor.person },
    (tx) => tx.receiptsOf(actor.person),
  );
  return receipts.toSorted((one, other) => other.raisedAt.localeCompare(one.raisedAt));
}

/** A person's name for people entitled to the case; a plain word for somebody who is in no file. */
export function nameOf(people: readonly Person[], id: string | null): string {
  if (id === null) return 'this app';
  return people.find((person) => person.id === id)?.name ?? 'somebody who has left';
}

/** A lead-team member as their own team's cards may name them: `P. Nair`. Source: decisions.md 11. */
export function shortName(people: readonly Person[], id: string): string {
  const name = nameOf(people, id);
  const parts = name.split(' ').filter((part) => part !== '');
  const last = parts.at(-1) ?? name;
  const [first] = parts;
  return parts.length < 2 || first === undefined ? name : `${first.charAt(0)}. ${last}`;
}
