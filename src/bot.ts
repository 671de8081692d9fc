import { createHmac, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import type { Deps, Policies as AppPolicies } from './app/deps.ts';
import { isEnglishBankHoliday } from './app/bank-holidays.ts';
import { onDeadline } from './app/chase-deadline.ts';
import type { Clock, Store } from './app/ports.ts';
import { createAnnounce } from './chat/announce.ts';
import { firstScreen } from './chat/first-screen.ts';
import type { ChatDeps } from './chat/context.ts';
import { createConversation } from './chat/conversation.ts';
import type { Messenger, Respond } from './chat/interaction.ts';
import type { Contact } from './domain/school.ts';
import { createJobQueue, type JobQueueOptions } from './jobs/job-queue.ts';
import { startWorkers } from './jobs/workers.ts';
import { codeOf, type Log } from './log.ts';
import type { Policies } from './policies/load-policies.ts';
import type { Budget } from './postgres/client.ts';
import { startDatabaseClock, type DatabaseClock } from './postgres/database-clock.ts';
import { createDeadlines, createOutbox } from './postgres/outbox.ts';
import { createStore, type PostgresStore } from './postgres/store.ts';
import { createSlack, type Slack, type SlackOptions } from './slack/create-slack.ts';
import { createTeams, type TeamsOptions } from './teams/create-teams.ts';
import { healthRouter } from './health.ts';

type TeamsParts = Omit<TeamsOptions, 'respond' | 'log' | 'now' | 'isRegisteredTenant'>;
type SlackParts = Omit<
  SlackOptions,
  'respond' | 'log' | 'now' | 'seenBefore' | 'heard' | 'firstScreen'
>;

export type BotOptions = {
  /** The application's own database login, as the migration prepared it. */
  databaseUrl: string;
  /** As KEY_ENCRYPTION_KEY has it: base64. */
  keyEncryptionKey: string;
  policies: Policies;
  log: Log;
  teams: (TeamsParts & ({ credentials: unknown } | { practice: true })) | null;
  slack: SlackParts | null;
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
  /** Resolves when nothing is under way that Slack has been answered before. */
  idle(): Promise<void>;
  /** Finishes what is under way, then lets go of everything. */
  stop(): Promise<void>;
};

/** Puts the parts together: configuration → adapters → use cases → listeners. Knows no rule. */
export function createBot(options: BotOptions): Bot {
  const { log } = options;
  // Replicas share the database's time once it is known; tests hold their own.
  let time: DatabaseClock | null = null;
  const clock = options.clock ?? (() => time?.clock() ?? new Date());
  const queue = createJobQueue({
    url: options.databaseUrl,
    onError: (code) => {
      log.error('job-queue', { code });
    },
    now: () => clock().getTime(),
    ...(options.jobClock === undefined ? {} : { clock: options.jobClock }),
  });
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
  const { messengers, mount, slack } = platformsFor(options, store, respond, clock);
  const announce = createAnnounce(chat, { messengers, mailer: null });
  const outbox = createOutbox(store, queue.enqueue);
  const app = express().disable('x-powered-by');
  mount(app);
  app.use(healthRouter({ store, outbox, clock, slack }));
  let workers: Awaited<ReturnType<typeof startWorkers>> | null = null;
  return {
    app,
    store,
    start: async () => {
      await store.warmUp();
      if (options.clock === undefined) time = await startDatabaseClock(store);
      await queue.start();
      workers = await startWorkers({
        ...{
          queue,
          outbox,
          announce,
          clock,
          random: Math.random,
          deadlines: createDeadlines(store),
        },
        sweepExpired: (now) => store.sweepExpired(now),
        onDeadline: (deadline) => onDeadline(deps, deadline),
        report: ({ job, outcome, id, count }) => {
          if (outcome !== 'fault') return;
          log.error('job', {
            job,
            outcome,
            ...(id === undefined ? {} : { id }),
            ...(count === undefined ? {} : { count }),
          });
        },
      });
      waker.deliveriesWaiting = workers.waker.deliveriesWaiting;
      await slack?.start();
    },
    idle: async () => slack?.idle(),
    stop: async () => {
      await slack?.stop();
      await workers?.stop();
      time?.stop();
      await store.close();
    },
  };
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

type Platforms = {
  messengers: Map<Messenger['platform'], Messenger>;
  mount: (app: Express) => void;
  slack: Slack | null;
};

function platformsFor(
  { teams, slack, log }: BotOptions,
  store: PostgresStore,
  respond: Respond,
  now: Clock,
): Platforms {
  const messengers: Platforms['messengers'] = new Map();
  const routers: express.Router[] = [];
  if (teams !== null) {
    const side = createTeams({
      ...(teams as TeamsOptions),
      respond,
      now,
      isRegisteredTenant: (tenant) => store.isRegisteredTenant('teams', tenant),
      log: (event, fields) => {
        log.info(event, fields);
      },
    });
    messengers.set('teams', side.messenger);
    routers.push(side.router);
  }
  const slackSide = slack === null ? null : slackFor(slack, store, respond, now, log);
  if (slackSide !== null) {
    messengers.set('slack', slackSide.messenger);
    routers.push(slackSide.router);
  }
  return {
    messengers,
    mount: (app) => routers.forEach((router) => app.use(router)),
    slack: slackSide,
  };
}

function slackFor(
  parts: SlackParts,
  store: PostgresStore,
  respond: Respond,
  now: Clock,
  log: Log,
): Slack {
  return createSlack({
    ...parts,
    respond,
    now,
    firstScreen,
    seenBefore: async (signature, until) =>
      !(await store.firstSight(digest(signature), until.toISOString())),
    // Who may read a channel is asked again at every post, so these need no action of their own.
    heard: {
      membersChanged: () => {
        log.info('slack-members-changed');
        return Promise.resolve();
      },
      appEnded: () => {
        log.error('slack-app-ended');
        return Promise.resolve();
      },
    },
    log: ({ what, code }) => {
      log.info('slack', { what, code });
    },
  });
}

function digest(signature: string): string {
  return createHmac('sha256', 'request').update(signature).digest('hex');
}
