import { z } from 'zod';
import { fromPrisma, PgBoss, type Clock as BossClock } from 'pg-boss';
import { jobSchema, queueNames } from './queues.ts';
import type { Enqueue } from '../postgres/tx.ts';

export type JobQueueOptions = {
  /** The runtime URL that `prepareDatabase` returned. */
  url: string;
  /** A test's own time. */
  clock?: BossClock;
  /** What "due now" is measured by, in milliseconds; without it, as the queue's own time. */
  now?: () => number;
  /** Told the code of an error of the queue itself. */
  onError?: (code: string) => void;
};

const living = `SELECT singleton_key AS id FROM ${jobSchema}.job
  WHERE name = $1 AND singleton_key = ANY ($2) AND state < 'completed'`;
const livingRows = z.array(z.object({ id: z.uuid() }));

type Waiting = { id: string; dueAt: string };

/** pg-boss with what the rest needs of it. */
export type JobQueue = {
  boss: PgBoss;
  /** Adds jobs for deliveries inside the caller's transaction: they exist when and only when the rows do. */
  enqueue: Enqueue;
  /** Adds jobs outside any transaction; one that waits already is not added twice. */
  ask(deliveries: readonly Waiting[]): Promise<void>;
  /** Which of these deliveries have a job that is waiting or being worked on. */
  alive(deliveries: readonly string[]): Promise<ReadonlySet<string>>;
  start(): Promise<void>;
  /** Lets running jobs finish, for at most so many milliseconds. */
  stop(graceMs: number): Promise<void>;
};

/** The job queue over the tables that `prepareJobs` made. Must be started before anything is enqueued. */
export function createJobQueue({ url, clock, onError, ...options }: JobQueueOptions): JobQueue {
  const boss = new PgBoss({
    connectionString: url,
    schema: jobSchema,
    max: 5,
    migrate: false,
    createSchema: false,
    // Rebuilding an index is the owner's right, and these tables stay small.
    reindex: false,
    useListenNotify: true,
    application_name: 'concern-jobs',
    ...(clock === undefined ? {} : { clock }),
  });
  boss.on('error', (error) => {
    onError?.('code' in error ? String(error.code) : error.name);
  });
  const now = options.now ?? (() => (clock === undefined ? Date.now() : clock.now()));
  const insert = (deliveries: readonly Waiting[], db?: Parameters<Enqueue>[0]) =>
    boss.insert(
      queueNames.deliver,
      deliveries.map(({ id, dueAt }) => ({
        data: { id },
        singletonKey: id,
        startAfter: secondsUntil(dueAt, now()),
      })),
      db === undefined ? {} : { db: fromPrisma(db) },
    );
  return {
    boss,
    enqueue: async (db, deliveries) => {
      await insert(deliveries, db);
    },
    ask: async (deliveries) => {
      if (deliveries.length > 0) await insert(deliveries);
    },
    alive: async (deliveries) => {
      const { rows } = await boss.getDb().executeSql(living, [queueNames.deliver, deliveries]);
      return new Set(livingRows.parse(rows).map(({ id }) => id));
    },
    start: async () => {
      await boss.start();
    },
    stop: (graceMs) => boss.stop({ graceful: true, timeout: graceMs }),
  };
}

/** Relative, because our clock and the database's may differ: what is due now starts now. */
function secondsUntil(dueAt: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(dueAt) - now) / 1000));
}
