import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { prepareJobs } from '../../src/jobs/prepare-jobs.ts';
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { prepareDatabase } from '../../src/postgres/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { ownerUrl: string; runtimeUrl: string };
  }
}

/** The migrated database that every test's own database is a copy of. */
export const template = 'concern_template';

/**
 * vitest's `globalSetup`: one real Postgres for the whole run, with one migrated database in it. Nothing of
 * it has to survive, so it does not wait for the disk.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'concern-test-'));
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
