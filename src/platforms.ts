import { createHmac } from 'node:crypto';
import { type Express, type Router } from 'express';
import type { Clock } from './app/ports.ts';
import { firstScreen } from './chat/first-screen.ts';
import type { Messenger, Respond } from './chat/interaction.ts';
import { paced } from './chat/pacing.ts';
import type { PlatformCheck } from './health.ts';
import type { Log } from './log.ts';
import type { PostgresStore } from './postgres/store.ts';
import { createSlack, type Slack, type SlackOptions } from './slack/create-slack.ts';
import { createTeams, type TeamsOptions } from './teams/create-teams.ts';

export type TeamsParts = Omit<TeamsOptions, 'respond' | 'log' | 'now' | 'isRegisteredTenant'> &
  ({ credentials: unknown } | { practice: true });
export type SlackParts = Omit<
  SlackOptions,
  'respond' | 'log' | 'now' | 'seenBefore' | 'heard' | 'firstScreen'
>;

export type PlatformOptions = {
  teams: TeamsParts | null;
  slack: SlackParts | null;
  log: Log;
  store: PostgresStore;
  respond: Respond;
  now: Clock;
  heard: SlackOptions['heard'];
};

export type Platforms = {
  messengers: Map<Messenger['platform'], Messenger>;
  mount: (app: Express) => void;
  slack: Slack | null;
  checks: Record<string, PlatformCheck>;
  /** Whether a platform says that the bot's access is at an end. Whatever else is wrong may pass. */
  ended: Map<Messenger['platform'], () => Promise<boolean>>;
  /** Resolves when nothing is under way that a platform has been answered before. */
  idle: () => Promise<void>;
  /** As `idle`, for at most ten seconds; nothing new is taken. */
  stop: () => Promise<void>;
};

/** Codes by which Slack says that the bot's access is at an end. */
const slackEnded = [
  'invalid_auth',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_authed',
];

/** The platforms that the bot serves, each behind the same ports. */
export function platformsFor(options: PlatformOptions): Platforms {
  const messengers: Platforms['messengers'] = new Map();
  const routers: Router[] = [];
  const checks: Platforms['checks'] = {};
  const ended: Platforms['ended'] = new Map();
  const teams = options.teams === null ? null : teamsFor(options.teams, options);
  if (teams !== null) {
    messengers.set('teams', paced(teams.messenger, options.now));
    routers.push(teams.router);
    checks['teams'] = () => teams.ready();
    ended.set('teams', () => teams.refused());
  }
  const slack = options.slack === null ? null : slackFor(options.slack, options);
  if (slack !== null) {
    messengers.set('slack', paced(slack.messenger, options.now));
    routers.push(slack.router);
    checks['slack'] = async () => (await slack.health()).ok;
    ended.set('slack', async () => {
      const health = await slack.health();
      return !health.ok && slackEnded.includes(health.code);
    });
  }
  return {
    messengers,
    mount: (app) => routers.forEach((router) => app.use(router)),
    slack,
    checks,
    ended,
    idle: async () => {
      await Promise.all([teams?.idle(), slack?.idle()]);
    },
    stop: async () => {
      await Promise.all([teams?.stop(), slack?.stop()]);
    },
  };
}

function teamsFor(parts: TeamsParts, { store, respond, now, log }: PlatformOptions) {
  return createTeams({
    ...(parts as TeamsOptions),
    respond,
    now,
    isRegisteredTenant: (tenant) => store.isRegisteredTenant('teams', tenant),
    log: (event, fields) => {
      log.info(event, fields);
    },
  });
}

function slackFor(parts: SlackParts, { store, respond, now, log, heard }: PlatformOptions): Slack {
  return createSlack({
    ...parts,
    respond,
    now,
    firstScreen,
    seenBefore: async (signature, until) =>
      !(await store.firstSight(digest(signature), until.toISOString())),
    heard,
    log: ({ what, code }) => {
      log.info('slack', { what, code });
    },
  });
}

function digest(signature: string): string {
  return createHmac('sha256', 'request').update(signature).digest('hex');
}
