import { z } from 'zod';
import type { Job } from 'pg-boss';
import type { Waker } from '../app/ports.ts';
import { deliverOne, type DeliverDeps } from './deliver.ts';
import { queueNames, type Round } from './queues.ts';
import { askForDue, atHome, rounds, sweep, type RoundDeps } from './rounds.ts';

export type WorkerDeps = DeliverDeps & RoundDeps;

export type Workers = {
  waker: Waker;
  /** Does every round now. */
  goRound(): Promise<void>;
  /** Does one now. */
  doRound(round: Round): Promise<void>;
  stop(): Promise<void>;
};

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
/**
 * A process that is killed may have taken a job with it that nobody sees is gone for a minute. Whatever it had
 * taken is found by any other within half a minute of that. Source: assurance.md R2.
 */
const lookMs = 5_000;
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
  const names = Object.keys(rounds) as Round[];
  for (const name of names) await boss.work(queueNames[name], () => rounds[name](deps));
  // Whatever the last process left behind does not wait for the next full minute or hour.
  await sweep(deps);
  await boss.send(queueNames.plan);
  const looking = setInterval(() => {
    lookForDue(deps).catch(() => {
      deps.report({ job: 'sweep', outcome: 'fault' });
    });
  }, lookMs);
  return {
    waker: {
      deliveriesWaiting: () => {
        for (const id of workers) boss.notifyWorker(id);
      },
    },
    goRound: async () => {
      for (const name of ['plan', 'sweep', 'chase', 'watch', 'audit'] as const)
        await rounds[name](deps);
    },
    doRound: (round) => rounds[round](deps),
    stop: () => {
      clearInterval(looking);
      return deps.queue.stop(graceMs);
    },
  };
}

async function lookForDue(deps: WorkerDeps): Promise<void> {
  await atHome(deps);
  await askForDue(deps, atOnce);
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
