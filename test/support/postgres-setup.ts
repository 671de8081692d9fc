import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { prepareJobs } from '../../src/jobs/prepare-jobs.ts';
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { isAlive, readPidFile } from '../../src/postgres/embedded-probe.ts';
import { prepareDatabase } from '../../src/postgres/migrate.ts';

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- only an interface can be extended
  export interface ProvidedContext {
    postgres: { ownerUrl: string; runtimeUrl: string };
  }
}

/** The migrated database that every test's own database is a copy of. */
export const template = 'concern_template';

const prefix = 'concern-test-';

/** A run that was killed leaves its server behind; its owner's process is gone then. */
function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir()).filter((found) => found.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const owner = join(folder, 'postgres-owner');
    if (!existsSync(owner) || isAlive(Number(readFileSync(owner, 'utf8')))) continue;
    const server = readPidFile(join(folder, 'postgres'));
    const runs = server !== null && existsSync(`/proc/${String(server.pid)}/cmdline`);
    if (runs && readFileSync(`/proc/${String(server.pid)}/cmdline`, 'utf8').includes(folder))
      process.kill(server.pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * vitest's `globalSetup`: one real Postgres for the whole run, with one migrated database in it. Nothing of
 * it has to survive, so it does not wait for the disk.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeAbandoned();
  const folder = makeFolder(prefix);
  const server = await startEmbeddedPostgres({
    folder,
    settings: ['fsync = off', 'full_page_writes = off', 'max_connections = 300'],
  });
  await withClient(server.url, (client) => client.query(`CREATE DATABASE ${template}`));
  const ownerUrl = databaseUrl(server.url, template);
  const { url: runtimeUrl } = await prepareDatabase({
    url: ownerUrl,
    secret: 'test',
    also: prepareJobs,
  });
  project.provide('postgres', { ownerUrl, runtimeUrl });
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A folder of a test's own that the user who runs Postgres for root can enter too. */
export function makeFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o755);
  return folder;
}

/** The same server and user, another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.toString();
}

/** One connection for a moment. */
export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
