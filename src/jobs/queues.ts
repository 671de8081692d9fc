import type { Queue } from 'pg-boss';

/*
 * delivery: a message that somebody must get; its row is the truth.
 * job:      a reminder to look at a row. It holds an id and nothing else, and losing it loses nothing.
 * sweep:    finds due rows that have no job, and removes what has expired.
 * chase:    finds clocks whose time has come.
 */

export const queueNames = { deliver: 'deliver', sweep: 'sweep', chase: 'chase' } as const;

type Settings = Omit<Queue, 'name' | 'partition' | 'deadLetter'>;

/** `short`: at most one waiting job per delivery, so that asking twice costs nothing. */
const deliver: Settings = {
  policy: 'short',
  notify: true,
  retryLimit: 5,
  retryDelay: 5,
  expireInSeconds: 60,
  deleteAfterSeconds: 3600,
};

/** One at a time in the whole deployment; a run that is missed is made up for by the next. */
const everyMinute: Settings = {
  policy: 'exclusive',
  retryLimit: 0,
  expireInSeconds: 120,
  retentionSeconds: 300,
  deleteAfterSeconds: 3600,
};

export const queueSettings: Record<keyof typeof queueNames, Settings> = {
  deliver,
  sweep: everyMinute,
  chase: everyMinute,
};

/** The database schema of pg-boss. */
export const jobSchema = 'pgboss';
