import type { Queue } from 'pg-boss';

/*
 * delivery: a message that somebody must get; its row is the truth.
 * job:      a reminder to look at a row. It holds an id and nothing else, and losing it loses nothing.
 * sweep:    finds due rows that have no job, and removes what has expired.
 * chase:    finds clocks whose time has come, alarms that have not arrived, and what a leaver held.
 * watch:    looks who can read the leads' channels, and whether the platforms still take the bot.
 * plan:     writes down what comes this week and next.
 * audit:    proves that nothing that is due is without a job.
 */

export const queueNames = {
  deliver: 'deliver',
  sweep: 'sweep',
  chase: 'chase',
  watch: 'watch',
  plan: 'plan',
  audit: 'audit',
} as const;
export type QueueName = keyof typeof queueNames;

/** When a round comes by itself, as cron has it; one that is missed is made up for once. */
export const rounds = {
  sweep: '* * * * *',
  chase: '* * * * *',
  watch: '* * * * *',
  plan: '7 * * * *',
  audit: '* * * * *',
} as const satisfies Partial<Record<QueueName, string>>;
export type Round = keyof typeof rounds;

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

/**
 * At most one waits. One that a killed process had begun must not keep the next from beginning, and two at once
 * do no harm: whoever is first at a row acts.
 */
const round: Settings = {
  policy: 'short',
  retryLimit: 0,
  expireInSeconds: 300,
  retentionSeconds: 300,
  deleteAfterSeconds: 3600,
};

export const queueSettings: Record<QueueName, Settings> = {
  deliver,
  sweep: round,
  chase: round,
  watch: round,
  plan: round,
  audit: round,
};

/** The database schema of pg-boss. */
export const jobSchema = 'pgboss';
