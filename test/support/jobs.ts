import type { TestClock } from 'pg-boss';
import { onTestFinished } from 'vitest';
import type { Announce, Deadline, Delivery, OnDeadline, Outbox } from '../../src/app/ports.ts';
import { createJobQueue, type JobQueue } from '../../src/jobs/job-queue.ts';
import type { JobReport, Rules } from '../../src/jobs/rounds.ts';
import { startWorkers, type Workers } from '../../src/jobs/workers.ts';
import { createDeadlines, createOutbox } from '../../src/postgres/outbox.ts';
import { createStore, type PostgresStore } from '../../src/postgres/store.ts';
import { createUpkeep } from '../../src/postgres/upkeep.ts';
import { unhurried, type TestDatabase } from './database.ts';

export type TestBot = {
  queue: JobQueue;
  store: PostgresStore;
  outbox: Outbox;
  workers: Workers;
  /** Every delivery that was tried, in order. */
  tried: Delivery[];
  chased: Deadline[];
  reports: JobReport[];
  /** What went wrong in the queue itself. */
  troubles: string[];
};

export type TestBotOptions = {
  keyEncryptionKey: string;
  announce: Announce;
  onDeadline?: OnDeadline;
  /** What else is done about what the rounds find; nothing unless given. */
  rules?: Partial<Rules>;
  /** Time stands still but for its `tick` and `setTime`. */
  clock?: TestClock;
};

const nothing = () => Promise.resolve();
const idle = {
  onSchoolClock: nothing,
  onLate: nothing,
  onLeaver: nothing,
  onWatch: nothing,
  checkPlatforms: nothing,
  plan: () => Promise.resolve(0),
  heartbeat: nothing,
  lookAtHome: () => Promise.resolve(true),
};

/** One replica of the storing and sending side, with real jobs. Stopped when the test is finished. */
export async function startTestBot(
  database: TestDatabase,
  options: TestBotOptions,
): Promise<TestBot> {
  const troubles: string[] = [];
  const onError = (code: string) => void troubles.push(code);
  const { queue, storeUrl } = await startQueue(database, onError, options.clock);
  const { enqueue } = queue;
  const { keyEncryptionKey, clock } = options;
  const store = createStore({ url: storeUrl, keyEncryptionKey, enqueue, budget: unhurried });
  const outbox = createOutbox(store, enqueue);
  const seen = {
    tried: [] as Delivery[],
    chased: [] as Deadline[],
    reports: [] as JobReport[],
    troubles,
  };
  const workers = await startWorkers({
    queue,
    outbox,
    deadlines: createDeadlines(store),
    announce: (delivery) => {
      seen.tried.push(delivery);
      return options.announce(delivery);
    },
    upkeep: createUpkeep(store),
    rules: {
      ...idle,
      onDeadline: async (deadline) => {
        seen.chased.push(deadline);
        await options.onDeadline?.(deadline);
      },
      sweepExpired: (now) => store.sweepExpired(now),
      ...options.rules,
    },
    clock: () => (clock === undefined ? new Date() : new Date(clock.now())),
    random: () => 0,
    report: (report) => seen.reports.push(report),
  });
  onTestFinished(async () => {
    await workers.stop();
    await store.close();
  });
  return { queue, store, outbox, workers, ...seen };
}

/** A test clock lives in a table that only an owner can make, and is heard by sessions that ask for it. */
async function startQueue(
  database: TestDatabase,
  onError: (code: string) => void,
  clock?: TestClock,
) {
  if (clock === undefined) {
    const queue = createJobQueue({ url: database.url, onError });
    await queue.start();
    return { queue, storeUrl: database.url };
  }
  const queue = createJobQueue({ url: database.ownerUrl, clock, onError });
  await queue.start();
  await database.asOwner((client) =>
    client.query('GRANT SELECT ON ALL TABLES IN SCHEMA pgboss TO concern_app'),
  );
  const storeUrl = new URL(database.url);
  storeUrl.searchParams.set('options', '-c pgboss.test_clock=on');
  return { queue, storeUrl: storeUrl.toString() };
}
