import { passedOnMs, reporterHearsMs } from '../app/chase-late.ts';
import type { Deadlines, OnDeadline } from '../app/ports.ts';
import type { SchoolClock, Upkeep } from '../app/upkeep-ports.ts';
import type { DeliverDeps } from './deliver.ts';
import type { JobQueue } from './job-queue.ts';
import type { Round } from './queues.ts';

/*
 * What is looked for again and again. Every round may be lost, run late, or run twice at once: the rows are the
 * truth, and whoever is first at a row acts.
 */

/** What is done about what a round finds: the use cases. */
export type Rules = {
  onDeadline: OnDeadline;
  onSchoolClock: (clock: SchoolClock) => Promise<void>;
  onLate: (found: { id: string; school: string }) => Promise<void>;
  onLeaver: (found: { caseId: string; school: string }) => Promise<void>;
  onWatch: (found: { school: string; platform: 'teams' | 'slack' }) => Promise<void>;
  /** Whether the platforms still take the bot; whoever must know of it is told. */
  checkPlatforms: () => Promise<void>;
  /** Writes down what comes this week and next, in every school. Returns how many there are. */
  plan: () => Promise<number>;
  /** Tells the outside that all is well; its silence is the alarm. */
  heartbeat: () => Promise<void>;
  sweepExpired: (now: string) => Promise<number>;
  /**
   * Looks whether the database was put back from a copy, before anything is sent from it. False while what
   * waited in the copy is held back. Source: assurance.md R30.
   */
  lookAtHome: () => Promise<boolean>;
};

/** What happened in a job: ids and codes only, for logs and counters. */
export type JobReport = {
  job: 'deliver' | Round;
  outcome: string;
  id?: string;
  count?: number;
};

export type RoundDeps = Pick<DeliverDeps, 'outbox' | 'clock'> & {
  queue: JobQueue;
  deadlines: Deadlines;
  upkeep: Upkeep;
  rules: Rules;
  report: (report: JobReport) => void;
};

/** More than this are found in the next round. */
const most = 200;
/** A job has this long to begin before its row counts as forgotten. */
const forgottenMs = 90_000;
/** A clock is looked at every minute; one that has waited so long is not being looked at. */
const unattendedMs = 180_000;

export const rounds: Record<Round, (deps: RoundDeps) => Promise<void>> = {
  sweep,
  chase,
  watch,
  plan,
  audit,
};

/** Gives every due row a job again, and removes what has expired. */
export async function sweep(deps: RoundDeps): Promise<void> {
  await atHome(deps);
  const found = await askForDue(deps, 500);
  const expired = await deps.rules.sweepExpired(deps.clock().toISOString());
  deps.report({ job: 'sweep', outcome: 'found', count: found });
  deps.report({ job: 'sweep', outcome: 'expired', count: expired });
}

/**
 * Whether all is well with where the database lives. A look that fails, on a full disk say, holds nothing up:
 * nothing goes out from a copy that nobody has looked at, whatever is asked for.
 */
export async function atHome({
  rules,
  report,
}: Pick<RoundDeps, 'rules' | 'report'>): Promise<boolean> {
  try {
    return await rules.lookAtHome();
  } catch {
    report({ job: 'sweep', outcome: 'fault' });
    return false;
  }
}

/** Puts the oldest due rows into the queue; one that has a job already gets no second. */
export async function askForDue(
  { clock, outbox, queue }: Pick<RoundDeps, 'clock' | 'outbox' | 'queue'>,
  limit: number,
): Promise<number> {
  const now = clock().toISOString();
  const due = await outbox.due(now, limit);
  await queue.ask(due.map((id) => ({ id, dueAt: now })));
  return due.length;
}

/** Hands everything whose time has come to its use case. */
async function chase(deps: RoundDeps): Promise<void> {
  const { deadlines, upkeep, rules } = deps;
  const now = deps.clock();
  const at = now.toISOString();
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  const handOut = forEach(deps, 'chase');
  await handOut(await deadlines.due(at, most), rules.onDeadline);
  await handOut(await upkeep.dueClocks(at, most), async (found) => {
    const clock = await upkeep.readClock(found);
    if (clock !== null) await rules.onSchoolClock(clock);
  });
  const late = await upkeep.late(ago(reporterHearsMs), ago(passedOnMs), most);
  await handOut(late, rules.onLate);
  const left = await upkeep.ofLeavers(most);
  await handOut(
    left.map((found) => ({ ...found, id: found.caseId })),
    rules.onLeaver,
  );
}

/** Looks at the channels whose time has come, and at the platforms. */
async function watch(deps: RoundDeps): Promise<void> {
  await deps.rules.checkPlatforms();
  const due = await deps.upkeep.dueWatches(deps.clock().toISOString(), most);
  await forEach(deps, 'watch')(
    due.map((found) => ({ ...found, id: found.school })),
    deps.rules.onWatch,
  );
}

async function plan(deps: RoundDeps): Promise<void> {
  deps.report({ job: 'plan', outcome: 'planned', count: await deps.rules.plan() });
}

/**
 * Proves that nothing is forgotten: every due message has a job that is alive, and no clock waits to be looked
 * at. What has none gets one. Only when all is well the outside hears the heartbeat. Source: assurance.md INV-3.
 */
async function audit(deps: RoundDeps): Promise<void> {
  const now = deps.clock().getTime();
  const before = (ms: number) => new Date(now - ms).toISOString();
  const due = await deps.outbox.due(before(forgottenMs), 500);
  const alive = await deps.queue.alive(due);
  const forgotten = due.filter((id) => !alive.has(id));
  await deps.queue.ask(forgotten.map((id) => ({ id, dueAt: before(0) })));
  const unattended = [
    ...(await deps.deadlines.due(before(unattendedMs), most)),
    ...(await deps.upkeep.dueClocks(before(unattendedMs), most)),
  ];
  deps.report({ job: 'audit', outcome: 'forgotten', count: forgotten.length });
  deps.report({ job: 'audit', outcome: 'unattended', count: unattended.length });
  const home = await atHome(deps);
  deps.report({ job: 'audit', outcome: 'restored', count: home ? 0 : 1 });
  if (forgotten.length === 0 && unattended.length === 0 && home) await deps.rules.heartbeat();
}

/** One that fails does not stop the others; it is found again in the next round. */
function forEach({ report }: RoundDeps, job: Round) {
  return async <T extends { id: string }>(
    found: readonly T[],
    rule: (one: T) => Promise<void>,
  ): Promise<void> => {
    for (const one of found) {
      const outcome = await rule(one).then(
        () => 'acted',
        () => 'fault',
      );
      report({ job, outcome, id: one.id });
    }
  };
}
