import { createBot } from './bot.ts';
import type { Config } from './config.ts';
import { prepareJobs } from './jobs/prepare-jobs.ts';
import { codeOf, type Log } from './log.ts';
import { MigrationError, prepareDatabase } from './postgres/migrate.ts';
import { StoreFault } from './postgres/fault.ts';
import { policiesOrStop, StartError, type Running, type Say } from './start.ts';

type ProductionConfig = Config & { mode: 'production' };

/** Production: the school's own Postgres, and Teams, Slack or both. */
export async function startProduction(
  config: ProductionConfig,
  log: Log,
  say: Say,
): Promise<Running> {
  const policies = policiesOrStop();
  const keyEncryptionKey = config.keyEncryptionKeys;
  const { url, applied } = await prepared(config);
  if (applied.length > 0)
    say(`The database was brought up to date (${String(applied.length)} steps).`);
  const bot = createBot({
    databaseUrl: url,
    keyEncryptionKey,
    policies,
    log,
    teams: config.teams === null ? null : teamsParts(config.teams),
    mail: config.mail,
    heartbeatUrl: config.heartbeatUrl,
    slack:
      config.slack === null ? null : { ...config.slack, apiUrl: config.slack.apiUrl ?? undefined },
  });
  await bot.store.checkKeys().catch(() => {
    throw new StartError(
      'KEY_ENCRYPTION_KEY does not open what is stored in this database. Nothing was changed.',
    );
  });
  await bot.start();
  const platforms = [
    config.teams === null ? [] : ['Teams'],
    config.slack === null ? [] : ['Slack'],
  ].flat();
  return {
    app: bot.app,
    says: [`Ready for ${platforms.join(' and ')} on ${config.host}:${String(config.port)}.`],
    stop: () => bot.stop(),
  };
}

function teamsParts({
  appId,
  appPassword,
  tenantId,
  openIdMetadataUrl,
  serviceUrls,
}: NonNullable<ProductionConfig['teams']>) {
  return {
    credentials: { appId, password: appPassword, tenantId },
    openIdMetadataUrl: openIdMetadataUrl ?? undefined,
    serviceUrls,
  };
}

async function prepared({ databaseUrl, keyEncryptionKeys }: ProductionConfig) {
  try {
    return await prepareDatabase({
      url: databaseUrl,
      secret: keyEncryptionKeys,
      also: prepareJobs,
    });
  } catch (error) {
    if (error instanceof MigrationError) throw new StartError(error.message);
    if (error instanceof StoreFault)
      throw new StartError(`The database cannot be used (${error.code}).`);
    throw new StartError(`The database at DATABASE_URL cannot be reached (${codeOf(error)}).`);
  }
}
