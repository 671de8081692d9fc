import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import type { Deps, Policies as AppPolicies } from './app/deps.ts';
import { isEnglishBankHoliday } from './app/bank-holidays.ts';
import { endPlatform } from './app/end-platform.ts';
import { passOnFailed } from './app/pass-on.ts';
import type { Clock, Store } from './app/ports.ts';
import { lookSoon } from './app/watch-channel.ts';
import { createAnnounce } from './chat/announce.ts';
import type { ChatDeps } from './chat/context.ts';
import { createConversation } from './chat/conversation.ts';
import type { Mailer } from './chat/mail.ts';
import { createClockwork } from './clockwork.ts';
import type { Contact } from './domain/school.ts';
import { healthRouter } from './health.ts';
import { createHeartbeat } from './heartbeat.ts';
import { createJobCounts } from './job-counts.ts';
import { createJobQueue, type JobQueue, type JobQueueOptions } from './jobs/job-queue.ts';
import type { JobReport } from './jobs/rounds.ts';
import { startWorkers, type WorkerDeps, type Workers } from './jobs/workers.ts';
import { codeOf, type Log } from './log.ts';
import { createMailer } from './mail/create-mailer.ts';
import {
  platformsFor,
  type PlatformOptions,
  type SlackParts,
  type TeamsParts,
} from './platforms.ts';
import type { Policies } from './policies/load-policies.ts';
import type { Budget } from './postgres/client.ts';
import { startDatabaseClock, type DatabaseClock } from './postgres/database-clock.ts';
import { createDataHome } from './postgres/data-home.ts';
import { createDeadlines, createOutbox } from './postgres/outbox.ts';
import { createStore, type PostgresStore } from './postgres/store.ts';
import { createUpkeep } from './postgres/upkeep.ts';

export type BotOptions = {
  /** The application's own database login, as the migration prepared it. */
  databaseUrl: string;
  /** As KEY_ENCRYPTION_KEY has it: base64. */
  keyEncryptionKey: string;
  policies: Policies;
  log: Log;
  teams: TeamsParts | null;
  slack: SlackParts | null;
  /** SMTP_URL and MAIL_FROM; without them nobody is written to by e-mail. */
  mail?: { url: string; from: string } | null;
  /** HEARTBEAT_URL. */
  heartbeatUrl?: string | null;
  /** Tests hold the time. */
  clock?: Clock;
  jobClock?: JobQueueOptions['clock'];
  /** How long a person may be kept waiting for the database, where it is not what the platforms allow. */
  budget?: Budget;
};

export type Bot = {
  /** All that is served; to be listened on by the caller. */
  app: Express;
  store: PostgresStore;
  start(): Promise<void>;
  /** Resolves when nothing is under way that a platform has been answered before. */
  idle(): Promise<void>;
  /** Does now what the clock does every minute and every hour. */
  goRound(): Promise<void>;
  /** Finishes what is under way, then lets go of everything. */
  stop(): Promise<void>;
};

/** Puts the parts together: configuration → adapters → use cases → listeners. Knows no rule. */
export function createBot(options: BotOptions): Bot {
  const { log } = options;
  // Replicas share the database's time once it is known; tests hold their own.
  let time: DatabaseClock | null = null;
  const clock = options.clock ?? (() => time?.clock() ?? new Date());
  const queue = queueFor(options, clock);
  const store = createStore({
    url: options.databaseUrl,
    keyEncryptionKey: options.keyEncryptionKey,
    enqueue: queue.enqueue,
    ...(options.budget === undefined ? {} : { budget: options.budget }),
  });
  const waker: Deps['waker'] = { deliveriesWaiting: () => undefined };
  const deps = depsFor(store, options.policies, clock, waker);
  const chat = chatFor(deps, options);
  const respond = createConversation(chat, (where, fault) => {
    log.error('conversation', { what: where, code: codeOf(fault) });
  });
  const platforms = platformsFor({
    ...options,
    ...{ store, respond, now: clock },
    heard: heardBy(deps, log),
  });
  const { messengers, slack, ended } = platforms;
  const outbox = createOutbox(store, queue.enqueue, (tx, failed) => passOnFailed(deps, tx, failed));
  const upkeep = createUpkeep(store);
  const home = createDataHome(store);
  const jobs = createJobCounts();
  const app = express().disable('x-powered-by');
  platforms.mount(app);
  app.use(healthRouter({ store, outbox, upkeep, home, clock, jobs, platforms: platforms.checks }));
  const heartbeat = createHeartbeat(options.heartbeatUrl ?? null, log);
  const work: WorkerDeps = {
    ...{ queue, outbox, upkeep, clock, random: Math.random, deadlines: createDeadlines(store) },
    announce: createAnnounce(chat, { messengers, mailer: mailerFor(options) }),
    rules: createClockwork({ chat, store, home, messengers, ended, heartbeat }),
    report: (report) => {
      jobs.count(report);
      logTrouble(log, report);
    },
  };
  let workers: Workers | null = null;
  return {
    app,
    store,
    start: async () => {
      await store.warmUp();
      if (options.clock === undefined) time = await startDatabaseClock(store);
      await queue.start();
      workers = await startWorkers(work);
      waker.deliveriesWaiting = workers.waker.deliveriesWaiting;
      await slack?.start();
    },
    idle: platforms.idle,
    goRound: async () => workers?.goRound(),
    stop: async () => {
      await platforms.stop();
      await workers?.stop();
      time?.stop();
      await store.close();
    },
  };
}

function queueFor({ databaseUrl, jobClock, log }: BotOptions, clock: Clock): JobQueue {
  return createJobQueue({
    url: databaseUrl,
    onError: (code) => {
      log.error('job-queue', { code });
    },
    now: () => clock().getTime(),
    ...(jobClock === undefined ? {} : { clock: jobClock }),
  });
}

function mailerFor({ mail, log }: BotOptions): Mailer | null {
  if (mail === undefined || mail === null) return null;
  const onTrouble = (code: string) => {
    log.warn('mail', { code });
  };
  return createMailer({ ...mail, onTrouble });
}

/** What a platform says of itself. Who may read a channel is asked at every post too. */
function heardBy(deps: Deps, log: Log): PlatformOptions['heard'] {
  return {
    membersChanged: (channel) => lookSoon(deps, { platform: 'slack', ...channel }),
    appEnded: async (tenant) => {
      log.error('slack-app-ended');
      await endPlatform(deps, 'slack', tenant);
    },
  };
}

/** Faults, and what the auditor found that should not be: by id and number. */
function logTrouble(log: Log, { job, outcome, id, count }: JobReport): void {
  const found = job === 'audit' && count !== undefined && count > 0;
  if (outcome !== 'fault' && !found) return;
  log.error('job', {
    job,
    outcome,
    ...(id === undefined ? {} : { id }),
    ...(count === undefined ? {} : { count }),
  });
}

function depsFor(store: Store, policies: Policies, clock: Clock, waker: Deps['waker']): Deps {
  return {
    store,
    policies: appPolicies(policies),
    clock,
    waker,
    random: (bytes) => randomBytes(bytes),
    newId: randomUUID,
    isBankHoliday: isEnglishBankHoliday,
  };
}

/** A case whose procedure is not here stops with a fault; it is never run under another. */
function appPolicies(policies: Policies): AppPolicies {
  return {
    current: (pack) => {
      const policy = policies.latest(pack);
      if (policy === null) throw new Error(`no policy pack ${pack}`);
      return policy;
    },
    pinned: ({ pack, version, digest }) => {
      const policy = policies.policyFor(pack, version);
      if (policy?.digest !== digest)
        throw new Error(
          `policy pack ${pack} ${String(version)} is not what the case was pinned to`,
        );
      return policy;
    },
  };
}

function chatFor(app: Deps, { policies, keyEncryptionKey }: BotOptions): ChatDeps {
  const national = policies.contacts.map(({ role, name, phone, web }): [string, Contact] => [
    role,
    { name, ...(phone === undefined ? {} : { phone }), ...(web === undefined ? {} : { web }) },
  ]);
  return {
    app,
    national: Object.fromEntries(national),
    sources: new Map(
      Object.entries(policies.sources).map(([id, { name, edition }]) => [
        id,
        `${name}, ${edition}`,
      ]),
    ),
    handleKey: derivedKey(keyEncryptionKey, 'handles'),
  };
}

function derivedKey(secret: string, purpose: string): Uint8Array {
  const [current = ''] = secret.split(',');
  return new Uint8Array(
    hkdfSync('sha256', Buffer.from(current, 'base64'), '', `concern:${purpose}`, 32),
  );
}
