import { z } from 'zod';

/*
 * The only reader of the environment. No credentials: practice mode. Credentials of Slack or Teams:
 * production, which needs a database and a key, and refuses to start half-set.
 */

export type SlackConfig = {
  botToken: string;
  /** Null in Socket Mode. */
  signingSecret: string | null;
  appToken: string | null;
  apiUrl: string | null;
};
export type TeamsConfig = {
  appId: string;
  appPassword: string;
  tenantId: string;
  openIdMetadataUrl: string | null;
  /** Further places the bot may write to, besides Microsoft's own. */
  serviceUrls: string[];
};

type Common = { port: number; host: string; logLevel: (typeof logLevels)[number] };
export type Config =
  | (Common & { mode: 'practice'; dataDirectory: string })
  | (Common & {
      mode: 'production';
      databaseUrl: string;
      /** Base64, 32 bytes; while it is being changed the old one follows after a comma. */
      keyEncryptionKeys: string;
      slack: SlackConfig | null;
      teams: TeamsConfig | null;
      mail: { url: string; from: string } | null;
      heartbeatUrl: string | null;
    });

export type ConfigResult = { ok: true; config: Config } | { ok: false; problems: string[] };

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const environment = z.object({
  PORT: z.coerce.number({ error: 'PORT must be a number.' }).int().min(0).max(65535).default(3978),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(logLevels, { error: `LOG_LEVEL must be one of ${logLevels.join(', ')}.` })
    .default('info'),
  DATABASE_URL: z.string().optional(),
  KEY_ENCRYPTION_KEY: z.string().optional(),
  DATA_DIRECTORY: z.string().default('.data'),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_API_URL: z.url({ error: 'SLACK_API_URL must be a web address.' }).optional(),
  TEAMS_APP_ID: z.string().optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_APP_TENANT_ID: z.string().optional(),
  TEAMS_OPENID_METADATA_URL: z
    .url({ error: 'TEAMS_OPENID_METADATA_URL must be a web address.' })
    .optional(),
  TEAMS_SERVICE_URLS: z.string().optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'SMTP_URL must begin with smtp:// or smtps://.' })
    .optional(),
  MAIL_FROM: z.email({ error: 'MAIL_FROM must be an e-mail address.' }).optional(),
  HEARTBEAT_URL: z
    .url({ protocol: /^https?$/, error: 'HEARTBEAT_URL must be a web address.' })
    .optional(),
});
type Environment = z.output<typeof environment>;

/** Reads the configuration. Every problem is one clear sentence, and all are reported at once. */
export function readConfig(env: Record<string, string | undefined>): ConfigResult {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const read = environment.safeParse(set);
  if (!read.success)
    return { ok: false, problems: read.error.issues.map(({ message }) => message) };
  const problems = [...halfSet(read.data), ...wrong(read.data)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: toConfig(read.data) };
}

const slackNames = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'] as const;
const teamsNames = ['TEAMS_APP_ID', 'TEAMS_APP_PASSWORD', 'TEAMS_APP_TENANT_ID'] as const;
type Name = keyof Environment;

function isSet(env: Environment, name: Name): boolean {
  return env[name] !== undefined;
}

function isProduction(env: Environment): boolean {
  return [...slackNames, ...teamsNames, 'SLACK_APP_TOKEN' as const].some((name) =>
    isSet(env, name),
  );
}

/** A platform whose credentials are there in part would look as if it worked. */
function halfSet(env: Environment): string[] {
  return [...slackHalfSet(env), ...teamsHalfSet(env), ...mailHalfSet(env)];
}

/** Over HTTP Slack needs a bot token and a signing secret; in Socket Mode a bot token and an app token. */
function slackHalfSet(env: Environment): string[] {
  if (!slackNames.some((name) => isSet(env, name))) return [];
  const secrets = [env.SLACK_SIGNING_SECRET, env.SLACK_APP_TOKEN].filter(
    (value) => value !== undefined,
  );
  return [
    ...(isSet(env, 'SLACK_BOT_TOKEN')
      ? []
      : ['Slack is set up in part: SLACK_BOT_TOKEN is missing.']),
    ...(secrets.length === 1
      ? []
      : [
          'Slack needs either SLACK_SIGNING_SECRET (over HTTP) or SLACK_APP_TOKEN (Socket Mode), and not both.',
        ]),
  ];
}

function teamsHalfSet(env: Environment): string[] {
  const missing = teamsNames.filter((name) => !isSet(env, name));
  if (missing.length === 0 || missing.length === teamsNames.length) return [];
  return [
    `Teams is set up in part: ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`,
  ];
}

function mailHalfSet(env: Environment): string[] {
  if (isSet(env, 'SMTP_URL') === isSet(env, 'MAIL_FROM')) return [];
  return ['E-mail is set up in part: SMTP_URL and MAIL_FROM go together.'];
}

function wrong(env: Environment): string[] {
  return isProduction(env) ? wrongInProduction(env) : wrongInPractice(env);
}

function wrongInProduction(env: Environment): string[] {
  const keys = (env.KEY_ENCRYPTION_KEY ?? '')
    .split(',')
    .map((key) => Buffer.from(key.trim(), 'base64'));
  return [
    ...(env.DATABASE_URL === undefined
      ? ['DATABASE_URL is missing: with Slack or Teams credentials the app needs its own Postgres.']
      : []),
    ...(env.KEY_ENCRYPTION_KEY === undefined
      ? ['KEY_ENCRYPTION_KEY is missing: 32 random bytes in base64, kept apart from the database.']
      : []),
    ...(env.KEY_ENCRYPTION_KEY !== undefined && keys.some(({ length }) => length !== 32)
      ? ['KEY_ENCRYPTION_KEY must be exactly 32 bytes in base64.']
      : []),
  ];
}

/** In practice mode anybody may be anybody, so nobody outside this machine may reach it. */
function wrongInPractice(env: Environment): string[] {
  if (['127.0.0.1', '::1', 'localhost'].includes(env.HOST)) return [];
  return [
    `HOST is ${env.HOST}, but practice mode has no sign-in and only listens on this machine. Leave HOST out.`,
  ];
}

function toConfig(env: Environment): Config {
  const common = { port: env.PORT, host: env.HOST, logLevel: env.LOG_LEVEL };
  if (!isProduction(env)) return { ...common, mode: 'practice', dataDirectory: env.DATA_DIRECTORY };
  return {
    ...common,
    mode: 'production',
    databaseUrl: env.DATABASE_URL ?? '',
    keyEncryptionKeys: env.KEY_ENCRYPTION_KEY ?? '',
    slack: slackConfig(env),
    teams: teamsConfig(env),
    mail:
      env.SMTP_URL === undefined || env.MAIL_FROM === undefined
        ? null
        : { url: env.SMTP_URL, from: env.MAIL_FROM },
    heartbeatUrl: env.HEARTBEAT_URL ?? null,
  };
}

function slackConfig(env: Environment): SlackConfig | null {
  if (env.SLACK_BOT_TOKEN === undefined) return null;
  return {
    botToken: env.SLACK_BOT_TOKEN,
    signingSecret: env.SLACK_SIGNING_SECRET ?? null,
    appToken: env.SLACK_APP_TOKEN ?? null,
    apiUrl: env.SLACK_API_URL ?? null,
  };
}

function teamsConfig(env: Environment): TeamsConfig | null {
  const {
    TEAMS_APP_ID: appId,
    TEAMS_APP_PASSWORD: appPassword,
    TEAMS_APP_TENANT_ID: tenantId,
  } = env;
  if (appId === undefined || appPassword === undefined || tenantId === undefined) return null;
  return {
    appId,
    appPassword,
    tenantId,
    openIdMetadataUrl: env.TEAMS_OPENID_METADATA_URL ?? null,
    serviceUrls: (env.TEAMS_SERVICE_URLS ?? '')
      .split(',')
      .map((url) => url.trim())
      .filter((url) => url !== ''),
  };
}
