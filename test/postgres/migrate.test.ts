import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { prepareJobs } from '../../src/jobs/prepare-jobs.ts';
import { queueNames } from '../../src/jobs/queues.ts';
import { prepareDatabase } from '../../src/postgres/migrate.ts';
import { migrationsFolder, readMigrations } from '../../src/postgres/migrations.ts';
import { newId } from '../support/database.ts';
import { databaseUrl, makeFolder, withClient } from '../support/postgres-setup.ts';

const admin = databaseUrl(inject('postgres').ownerUrl, 'postgres');
const asAdmin = (sql: string) => withClient(admin, (client) => client.query(sql));
const made: string[] = [];
const folders: string[] = [];

afterAll(async () => {
  for (const name of made) await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
  for (const folder of folders) rmSync(folder, { recursive: true });
});

async function emptyDatabase(owner = 'postgres'): Promise<string> {
  const name = `empty_${newId().replaceAll('-', '')}`;
  await asAdmin(`CREATE DATABASE ${name} OWNER ${owner}`);
  made.push(name);
  return databaseUrl(admin, name);
}

function migrationsWith(name: string, script: string): string {
  const folder = makeFolder('concern-migrations-');
  folders.push(folder);
  cpSync(migrationsFolder, folder, { recursive: true });
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), script);
  return folder;
}

const prepare = (url: string, migrations?: string) =>
  prepareDatabase({ url, secret: 'test', ...(migrations === undefined ? {} : { migrations }) });
const tablesIn = (url: string) =>
  withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    return rows.map(({ name }) => name);
  });
const newest = readMigrations(migrationsFolder).map(({ name }) => name);

describe('preparing a database', () => {
  test('applies every migration once, in Prisma’s own table, and gives the login of the bot', async () => {
    const url = await emptyDatabase();
    const first = await prepare(url);
    expect(first.applied).toEqual(newest);
    expect(new URL(first.url).username).toMatch(/^concern_app_empty_/);
    expect(await prepare(url)).toEqual({ url: first.url, applied: [] });
    const { rows } = await withClient(url, (client) =>
      client.query('SELECT migration_name, checksum, finished_at FROM _prisma_migrations'),
    );
    expect(rows).toEqual(
      readMigrations(migrationsFolder).map(({ name, checksum }) => ({
        migration_name: name,
        checksum,
        finished_at: expect.any(Date) as Date,
      })),
    );
  });

  test('works from several replicas at once', async () => {
    const url = await emptyDatabase();
    const prepared = await Promise.all(Array.from({ length: 4 }, () => prepare(url)));
    expect(prepared.flatMap(({ applied }) => applied)).toEqual(newest);
    expect(new Set(prepared.map((one) => one.url)).size).toBe(1);
    await withClient(prepared[0]!.url, (client) => client.query('SELECT 1 FROM case_file'));
  });

  test('needs no superuser: an owner who may create roles will do', async () => {
    const role = `owner_${newId().slice(0, 8)}`;
    await asAdmin(`CREATE ROLE ${role} LOGIN CREATEROLE PASSWORD 'secret'`);
    await asAdmin(`GRANT concern_owner, concern_app TO ${role} WITH ADMIN OPTION`);
    const url = new URL(await emptyDatabase(role));
    url.username = role;
    url.password = 'secret';
    const prepared = await prepareDatabase({
      url: url.toString(),
      secret: 'test',
      also: prepareJobs,
    });
    const jobs = await withClient(prepared.url, (client) =>
      client.query('SELECT name FROM pgboss.queue ORDER BY name'),
    );
    expect(jobs.rows.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(Object.keys(queueNames)),
    );
  });

  test('by somebody who may only use it succeeds when it is up to date, and says what is missing when not', async () => {
    const { url } = await prepare(await emptyDatabase());
    expect(await prepare(url)).toEqual({ url, applied: [] });
    const newer = migrationsWith('99990101000000_later', 'SELECT 1');
    await expect(prepare(url, newer)).rejects.toThrow(
      /^The database is at \d+\w+ and needs 99990101000000_later/,
    );
  });

  test('leaves nothing of a migration that fails, and names it without a value', async () => {
    const url = await emptyDatabase();
    const broken = migrationsWith(
      '99990101000000_broken',
      "CREATE TABLE half (a int);\nSELECT 'CANARY'::int;",
    );
    await expect(prepare(url, broken)).rejects.toThrow(
      /^Migration 99990101000000_broken failed: SQLSTATE 22P02 near line 2\.$/,
    );
    expect(await tablesIn(url)).not.toContain('half');
    const mended = migrationsWith('99990101000000_broken', 'CREATE TABLE whole (a int)');
    expect((await prepare(url, mended)).applied).toEqual(['99990101000000_broken']);
  });

  test('refuses a migration that was changed after it had been applied', async () => {
    const url = await emptyDatabase();
    await prepare(url);
    const [first] = newest;
    await expect(prepare(url, migrationsWith(first!, 'SELECT 1'))).rejects.toThrow(
      `Migration ${first!} was changed after it had been applied.`,
    );
  });

  test('accepts a database that a newer version has already changed', async () => {
    const url = await emptyDatabase();
    await prepare(url, migrationsWith('99990101000000_newer', 'SELECT 1'));
    expect((await prepare(url)).applied).toEqual([]);
  });
});
