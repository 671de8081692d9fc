import type { CaseEvent, RecordedEvent } from '../domain/case-events.ts';
import { factsOf, readersOf, type CaseState } from '../domain/case.ts';
import { evolve, replay } from '../domain/evolve.ts';
import { clocksOf, deadlinesOf } from '../domain/case-deadlines.ts';
import type { SchoolTime } from '../domain/deadlines.ts';
import { lineOf } from '../domain/case-line.ts';
import { noticesOf, type Notice } from '../domain/consequences.ts';
import { asksForOwnDuty } from '../domain/own-duty.ts';
import { asOf } from '../domain/people.ts';
import type { Policy } from '../domain/procedure.ts';
import { firstWake } from '../domain/reminders.ts';
import type { School } from '../domain/school.ts';
import { walk, type Walk } from '../domain/walk.ts';
import { citationsOf } from '../domain/policy.ts';
import { schoolTime, switchesOf, type Deps } from './deps.ts';
import type { NewDeadline, NewDelivery, Tx } from './ports.ts';

/** A case as a use case finds it: null `before` when this opens it. */
export type Change = {
  school: School;
  policy: Policy;
  caseId: string;
  before: { state: CaseState; events: RecordedEvent[] } | null;
  events: CaseEvent[];
  /** Null: the clock. */
  actor: string | null;
  at: string;
};

/**
 * Writes events with everything that follows from them, in the caller's transaction: who may read the
 * case, who is told, which clocks run, what the reporter sees, which messages must be redrawn.
 */
export async function writeChange(tx: Tx, deps: Deps, change: Change): Promise<CaseState> {
  const after = stateAfter(change);
  const switches = switchesOf(change.school, change.policy, after.raisedAt);
  const view = walk(change.policy, factsOf(after, switches));
  const time = schoolTime(change.school, deps);
  await writeEvents(tx, change, after, view, deadlinesOf(after, view, time));
  await tx.replaceDeadlines(change.caseId, clocksFrom(change.at, after, view, time));
  await tell(tx, change, after, dutyNotices(change, after, view, switches));
  await tellReporters(tx, change, after);
  return after;
}

/** A clock that begins with this change is looked at first when its next moment comes. */
function clocksFrom(at: string, after: CaseState, view: Walk, time: SchoolTime): NewDeadline[] {
  return clocksOf(after, view, time).map((clock) => ({
    what: clock.what,
    dueAt: clock.dueAt,
    wakeAt: firstWake(clock, after.lane, time, at) ?? clock.dueAt,
  }));
}

function stateAfter({ caseId, before, events, actor, at }: Change): CaseState {
  const from = before?.events.at(-1)?.seq ?? 0;
  const recorded = events.map((event, index): RecordedEvent => ({
    seq: from + index + 1,
    at,
    actor,
    event,
  }));
  return before === null ? replay(caseId, recorded) : recorded.reduce(evolve, before.state);
}

async function writeEvents(
  tx: Tx,
  change: Change,
  after: CaseState,
  view: Walk,
  deadlines: NewDeadline[],
): Promise<void> {
  const { caseId, events, actor, at, school, policy } = change;
  const readers = readersOf(after, school.people);
  const line = lineOf(after, view, deadlines, policy);
  const cites = citesOf(change, view);
  const [first, ...rest] = events;
  if (change.before !== null) {
    await tx.append({ caseId, events, actor, at, readers, line, cites });
    return;
  }
  if (first === undefined) throw new Error('a case needs a first event');
  await tx.openCase({ caseId, reference: after.reference, first, actor, at, readers, line });
  if (rest.length > 0) await tx.append({ caseId, events: rest, actor, at, readers, line, cites });
}

/** The clauses behind the steps that were answered, for the audit rows: one text per event, empty where none applies. */
function citesOf({ events, policy }: Change, view: Walk): string[] {
  const running = new Set(view.running);
  return events.map((event) => {
    const step = event.type === 'answered' ? policy.steps.get(event.answer.step) : undefined;
    if (step === undefined) return '';
    return citationsOf(policy, step, running)
      .map((citation) =>
        citation.type === 'guidance'
          ? citation.name
          : `${citation.policy} L${String(citation.line)}`,
      )
      .join('; ');
  });
}

/**
 * The reporter hears that the law now asks something of them too, as far as the receipt has not said so. Not in a
 * confidential matter, of which they hear nothing more. Source: scenario S52; decisions.md 6.
 */
function dutyNotices(
  { before, policy }: Change,
  after: CaseState,
  view: Walk,
  switches: ReadonlyMap<string, string>,
): Notice[] {
  if (before === null || after.lane === 'manager' || !asksForOwnDuty(view)) return [];
  if (asksForOwnDuty(walk(policy, factsOf(before.state, switches)))) return [];
  return [{ to: 'person', person: after.reporter, message: { type: 'own-duty' } }];
}

async function tell(
  tx: Tx,
  change: Change,
  after: CaseState,
  besides: readonly Notice[],
): Promise<void> {
  const { before, school, actor, at, caseId, events } = change;
  const notices = noticesOf(events, {
    before: before?.state ?? null,
    after,
    people: asOf(school.people, at),
    actor,
    hasChannel: school.channels.length > 0,
  });
  const sends = [...notices, ...besides].flatMap((notice) => deliveriesFor(notice, school, at));
  const redraws = before === null ? [] : await redrawsOf(tx, caseId, at);
  await tx.addDeliveries(caseId, [...sends, ...redraws], at);
}

/** One delivery per recipient; a lead’s channel on every platform that the school has. */
export function deliveriesFor(notice: Notice, school: School, at: string): NewDelivery[] {
  const base = { message: notice.message, mode: 'send', dueAt: at } as const;
  if (notice.to === 'person')
    return [{ ...base, target: { type: 'person', person: notice.person } }];
  if (school.channels.length > 0)
    return school.channels.map(({ platform }) => ({
      ...base,
      target: { type: 'lead-channel', platform },
    }));
  return [];
}

/** Every message about the case that stands in some chat is drawn again, from the case as it is then. */
async function redrawsOf(tx: Tx, caseId: string, at: string): Promise<NewDelivery[]> {
  const posted = await tx.postedFor({ caseId });
  const last = new Map(posted.map((one) => [JSON.stringify([one.target, one.message]), one]));
  return [...last.values()]
    .filter(({ message }) => !lasting.includes(message.type))
    .map(({ target, message }): NewDelivery => ({ target, message, mode: 'update', dueAt: at }));
}

/** What was said to a reporter stays as it was said. */
const lasting: readonly string[] = [
  'receipt',
  'seen',
  'closed',
  'nobody-answered',
  'own-duty',
  'not-delivered',
];

async function tellReporters(
  tx: Tx,
  { events, caseId, at }: Change,
  after: CaseState,
): Promise<void> {
  if (after.lane === 'manager') return;
  if (events.some(({ type }) => type === 'claimed' || type === 'closed' || type === 'reopened'))
    await tx.markReceipts(caseId, {
      seenAt: after.seenAt,
      closedAt: after.closedAt === null ? null : at,
    });
}
