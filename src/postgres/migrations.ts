import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** A migration as it stands in prisma/migrations. `checksum` is SHA-256, as Prisma keeps it. */
export type Migration = { name: string; script: string; checksum: string };

/** A migration cannot be applied, or is not what was applied before. Holds a name and a code, no values. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

export const migrationsFolder = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');

/** Every migration of a folder, oldest first. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const script = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    });
}

/**
 * Applies what is missing, each migration in one transaction with its row in Prisma's own table, so that
 * one that was interrupted leaves nothing behind. The caller holds the lock. Returns the names applied.
 */
export async function applyMigrations(
  client: pg.ClientBase,
  migrations: Migration[],
): Promise<string[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
    migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
  const applied = await appliedMigrations(client);
  const missing = migrations.filter((migration) => isMissing(migration, applied));
  for (const migration of missing) await applyOne(client, migration);
  return missing.map(({ name }) => name);
}

async function appliedMigrations(client: pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    `SELECT migration_name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function isMissing({ name, checksum }: Migration, applied: Map<string, string>): boolean {
  const before = applied.get(name);
  if (before !== undefined && before !== checksum)
    throw new MigrationError(`Migration ${name} was changed after it had been applied.`);
  return before === undefined;
}

async function applyOne(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    // A table that is busy makes the start fail and be tried again; it never makes everybody wait.
    await client.query("SET LOCAL lock_timeout = '3s'");
    await client.query(migration.script);
    await client.query('SET ROLE concern_owner');
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new MigrationError(`Migration ${migration.name} failed: ${where(error, migration)}.`);
  }
}

function where(error: unknown, { script }: Migration): string {
  if (!(error instanceof pg.DatabaseError)) return 'the connection was lost';
  const before = script.slice(0, Number(error.position ?? 0));
  return `SQLSTATE ${error.code ?? 'unknown'} near line ${String(before.split('\n').length)}`;
}
