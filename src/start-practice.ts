import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { createBot, type Bot } from './bot.ts';
import type { Config } from './config.ts';
import { schoolFileSchema, type SchoolFile } from './domain/school.ts';
import { prepareJobs } from './jobs/prepare-jobs.ts';
import type { Log } from './log.ts';
import { EmbeddedPostgresError, startEmbeddedPostgres } from './postgres/embedded.ts';
import { prepareDatabase } from './postgres/migrate.ts';
import { createPractice } from './practice/practice.ts';
import type { SlackSecrets } from './practice/slack-side/slack-side.ts';
import { practiceDirectory } from './practice-directory.ts';
import { policiesOrStop, StartError, type Running, type Say } from './start.ts';

type PracticeConfig = Config & { mode: 'practice' };

/**
 * Practice: the real bot with a database of its own, three invented schools and a workspace in the browser.
 * Nothing of it can be reached from another machine.
 */
export async function startPractice(config: PracticeConfig, log: Log, say: Say): Promise<Running> {
  say('Practice. Nothing here is real and nothing reaches anybody.');
  const policies = policiesOrStop();
  const database = await startDatabase(config.dataDirectory, say);
  const { url } = await prepareDatabase({
    url: database.url,
    secret: 'practice',
    also: prepareJobs,
  });
  const secrets = slackSecrets();
  const bot = createBot({
    databaseUrl: url,
    keyEncryptionKey: practiceKey(config.dataDirectory),
    policies,
    log,
    teams: { practice: true, serviceUrls: [connectorUrl(config)] },
    slack: { ...secrets, appToken: null, apiUrl: `${slackUrl(config)}/api/` },
  });
  const schools = onOneSlack(practiceSchools());
  for (const school of schools) await bot.store.applySchool(school, new Date().toISOString());
  await bot.start();
  const workspace = withWorkspace(config, { bot, schools, secrets, log });
  return {
    ...workspace.running,
    closing: workspace.close,
    stop: async () => {
      await bot.stop();
      await database.stop();
    },
  };
}

async function startDatabase(folder: string, say: Say) {
  try {
    return await startEmbeddedPostgres({ folder, onProgress: say });
  } catch (error) {
    throw error instanceof EmbeddedPostgresError ? new StartError(error.message) : error;
  }
}

type Parts = { bot: Bot; schools: SchoolFile[]; secrets: SlackSecrets; log: Log };

function withWorkspace(
  config: PracticeConfig,
  { bot, schools, secrets, log }: Parts,
): { running: Omit<Running, 'stop'>; close: () => void } {
  const practice = createPractice({
    mode: config.mode,
    botUrl: `${here(config)}/api/messages`,
    connectorUrl: connectorUrl(config),
    slack: { ...secrets, botUrl: `${here(config)}/slack/events`, url: slackUrl(config) },
    directory: practiceDirectory(schools),
    guide: { left: 'hillside.amy.lowe', right: 'hillside.priya.nair' },
    // What happened and its code: the other fields are for a workspace that runs by itself.
    log: {
      info: (_fields: unknown, message: string) => {
        log.info(message);
      },
      warn: ({ what }: Record<string, unknown>, message: string) => {
        log.warn(message, typeof what === 'string' ? { what } : {});
      },
    },
  });
  bot.app.use(practice.router);
  return {
    // Open pages hold event streams, which would keep the server from closing.
    close: practice.close,
    running: {
      app: bot.app,
      listening: () => practice.install(),
      says: [
        `Open http://localhost:${String(config.port)}/`,
        'On the left you are Amy Lowe, a teacher; on the right Priya Nair, the safeguarding lead. Type /concern as Amy.',
        'Hillside is on Teams and on Slack: beside each name you choose where that person sits.',
        'Ctrl-C stops it. What you did is kept; npm run reset clears it.',
      ],
    },
  };
}

function here({ port }: PracticeConfig): string {
  return `http://127.0.0.1:${String(port)}`;
}

function connectorUrl(config: PracticeConfig): string {
  return `${here(config)}/practice/connector`;
}

function slackUrl(config: PracticeConfig): string {
  return `${here(config)}/practice/slack`;
}

/** Between the bot and the stand-in for Slack, good until the program stops. */
function slackSecrets(): SlackSecrets {
  return {
    botToken: `xoxb-practice-${randomBytes(16).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
  };
}

/** A bot's token is good for one workspace, so only Hillside is on Slack here; the others are on Teams alone. */
function onOneSlack(schools: SchoolFile[]): SchoolFile[] {
  return schools.map((school) => {
    if (school.school === 'hillside') return school;
    const { slack: _channel, ...channels } = school.channels;
    const people = school.people.map(({ slack: _account, ...person }) => person);
    return { ...school, channels, people };
  });
}

function practiceSchools(): SchoolFile[] {
  const folder = join(import.meta.dirname, 'practice', 'schools');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => schoolFileSchema.parse(parse(readFileSync(join(folder, name), 'utf8'))));
}

/** Practice data is encrypted like real data; its key lies beside it, which production refuses to do. */
function practiceKey(folder: string): string {
  const path = join(folder, 'practice-key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600 });
  return readFileSync(path, 'utf8').trim();
}
