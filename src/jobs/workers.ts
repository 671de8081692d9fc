import { z } from 'zod';
import type { Job } from 'pg-boss';
import type { Deadlines, OnDeadline, Waker } from '../app/ports.ts';
import { deliverOne, type DeliverDeps } from './deliver.ts';
import type { JobQueue } from './job-queue.ts';
import { queueNames } from './queues.ts';

/** What happened in a job: ids and codes only, for logs and counters. */
export type JobReport = {
  job: 'deliver' | 'sweep' | 'chase';
  outcome: string;
  id?: string;
  count?: number;
};

export type WorkerDeps = DeliverDeps & {
  queue: JobQueue;
  deadlines: Deadlines;
  onDeadline: OnDeadline;
  sweepExpired: (now: string) => Promise<number>;
  report: (report: JobReport) => void;
};

export type Workers = { waker: Waker; stop(): Promise<void> };

const payload = z.strictObject({ id: z.uuid() });
/** Per worker; two of them share four connections, and each message waits on a platform most of its time. */
const atOnce = 5;
const batch = {
  batchSize: atOnce,
  burstWhenBatchFull: true,
  pollingIntervalSeconds: 2,
  // A job that was put off wakes nobody when its time comes.
  notifyPollingIntervalSeconds: 2,
} as const;
/** How long running jobs may take to finish when the process is told to stop. Source: assurance.md R24. */
const graceMs = 10_000;

/** Starts working through deliveries and clocks. The queue must have been started. */
export async function startWorkers(deps: WorkerDeps): Promise<Workers> {
  const { boss } = deps.queue;
  const deliver = async (jobs: Job[]) => {
    await Promise.all(jobs.map((job) => deliverJob(deps, job)));
  };
  const workers = await Promise.all(
    [1, 2].map(() => boss.work(queueNames.deliver, batch, deliver)),
  );
  await boss.work(queueNames.sweep, () => sweep(deps));
  await boss.work(queueNames.chase, () => chase(deps));
  // Whatever the last process left behind does not wait for the next full minute.
  await sweep(deps);
  return {
    waker: {
      deliveriesWaiting: () => {
        for (const id of workers) boss.notifyWorker(id);
      },
    },
    stop: () => deps.queue.stop(graceMs),
  };
}

async function deliverJob(deps: WorkerDeps, job: Job): Promise<void> {
  const { id } = payload.parse(job.data);
  const delivered = await deliverOne(deps, id);
  const as = 'as' in delivered ? delivered.as : delivered.type;
  deps.report({ job: 'deliver', outcome: as, id });
  if (delivered.type === 'again') await deps.queue.ask([{ id, dueAt: delivered.at }]);
  // Something newer to the same person may have waited for this one.
  if (delivered.type === 'settled') await askForDue(deps, atOnce);
}

async function askForDue(deps: WorkerDeps, most: number): Promise<number> {
  const now = deps.clock().toISOString();
  const due = await deps.outbox.due(now, most);
  await deps.queue.ask(due.map((id) => ({ id, dueAt: now })));
  return due.length;
}

/** Gives every due row a job again, and removes what has expired. */
export async function sweep(deps: WorkerDeps): Promise<void> {
  const found = await askForDue(deps, 500);
  const expired = await deps.sweepExpired(deps.clock().toISOString());
  deps.report({ job: 'sweep', outcome: 'found', count: found });
  deps.report({ job: 'sweep', outcome: 'expired', count: expired });
}

/** Hands every clock whose time has come to the use case; one that fails does not stop the others. */
export async function chase(deps: WorkerDeps): Promise<void> {
  const due = await deps.deadlines.due(deps.clock().toISOString(), 200);
  for (const deadline of due) {
    const outcome = await deps.onDeadline(deadline).then(
      () => 'chased',
      () => 'fault',
    );
    deps.report({ job: 'chase', outcome, id: deadline.id });
  }
}
