import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { ensureLogin, loginFor } from './login-role.ts';
import { applyMigrations, MigrationError, migrationsFolder, readMigrations } from './migrations.ts';

export { MigrationError } from './migrations.ts';

export type PrepareOptions = {
  /** DATABASE_URL: somebody who may create roles, or somebody who is only a member of concern_app. */
  url: string;
  /** Stands in for the URL's password where it has none (certificates, local sockets): KEY_ENCRYPTION_KEY. */
  secret: string;
  /** Other parts that keep tables of their own; called with a connection of the owner's, inside the lock. */
  also?: (ownerUrl: string) => Promise<void>;
  migrations?: string;
};

/** `url` is what the running bot connects with: a login that owns nothing and is held by row-level security. */
export type PreparedDatabase = { url: string; applied: string[] };

const oldestServer = 160_000;
const lockKey = 7_363_001;

/**
 * Brings the database to this version and makes the application's login. Safe to call from several replicas
 * at once: they take turns. A URL that may only use the database must find it up to date already.
 * Throws `MigrationError` when it is not.
 */
export async function prepareDatabase(options: PrepareOptions): Promise<PreparedDatabase> {
  const client = new pg.Client({
    connectionString: options.url,
    connectionTimeoutMillis: 10_000,
    application_name: 'concern-migrate',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseOldServer(client);
    const migrations = readMigrations(options.migrations ?? migrationsFolder);
    if (await mayOnlyUse(client)) {
      await refuseOtherVersion(client, migrations.at(-1)?.name);
      return { url: options.url, applied: [] };
    }
    // Another replica may be at it; its migrations take seconds, not minutes.
    await client.query("SET lock_timeout = '60s'");
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    return await prepareLocked(client, options, migrations);
  } finally {
    await client.end();
  }
}

async function prepareLocked(
  client: pg.Client,
  options: PrepareOptions,
  migrations: ReturnType<typeof readMigrations>,
): Promise<PreparedDatabase> {
  const url = new URL(options.url);
  await client.query(
    readFileSync(join(import.meta.dirname, '..', '..', 'prisma', 'roles.sql'), 'utf8'),
  );
  const login = loginFor(client.database ?? '', decodeURIComponent(url.password) || options.secret);
  await ensureLogin(client, login);
  await client.query('SET ROLE concern_owner');
  const applied = await applyMigrations(client, migrations);
  await options.also?.(ownerUrl(options.url));
  url.username = encodeURIComponent(login.role);
  url.password = login.password;
  return { url: url.toString(), applied };
}

/** The migrating user's URL, working as concern_owner from its first statement on. */
function ownerUrl(url: string): string {
  const owner = new URL(url);
  owner.searchParams.set('options', '-c role=concern_owner');
  return owner.toString();
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  if ((rows[0]?.version ?? 0) < oldestServer)
    throw new MigrationError('The database must be Postgres 16 or newer.');
}

async function mayOnlyUse(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ only: boolean }>(`
    SELECT coalesce(pg_has_role(to_regrole('concern_app')::oid, 'USAGE'), false)
      AND NOT (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user) AS only`);
  return rows[0]?.only ?? false;
}

async function refuseOtherVersion(client: pg.Client, newest: string | undefined): Promise<void> {
  const { rows } = await client.query<{ found: string }>('SELECT newest_migration() AS found');
  const found = rows[0]?.found ?? '';
  if (newest !== undefined && found < newest)
    throw new MigrationError(
      `The database is at ${found || 'nothing'} and needs ${newest}: run the migrations as its owner first.`,
    );
}
