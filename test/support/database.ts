import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import type pg from 'pg';
import type { Outbox } from '../../src/app/ports.ts';
import { createOutbox } from '../../src/postgres/outbox.ts';
import { createStore, type PostgresStore, type StoreOptions } from '../../src/postgres/store.ts';
import { databaseUrl, template, withClient } from './postgres-setup.ts';

/** A migrated database of a test's own. It goes away with the test file. */
export type TestDatabase = {
  /** As the running bot connects. */
  url: string;
  /** As the superuser. */
  ownerUrl: string;
  asOwner: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>;
  asApp: <T>(work: (client: pg.Client) => Promise<T>) => Promise<T>;
};

/** A copy of the migrated database, made in a fraction of a second. Call it at the top of a file or in `beforeAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { ownerUrl, runtimeUrl } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = databaseUrl(ownerUrl, 'postgres');
  await withClient(admin, (client) =>
    // File copies beat the write-ahead log for many small databases.
    client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`),
  );
  afterAll(() => withClient(admin, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)));
  const urls = { url: databaseUrl(runtimeUrl, name), ownerUrl: databaseUrl(ownerUrl, name) };
  return {
    ...urls,
    asOwner: (work) => withClient(urls.ownerUrl, work),
    asApp: (work) => withClient(urls.url, work),
  };
}

/** Copies a database as it is now, whoever is using it; the returned function puts the copy in its place. */
export async function copyDatabase({
  ownerUrl,
}: Pick<TestDatabase, 'ownerUrl'>): Promise<() => Promise<void>> {
  const name = new URL(ownerUrl).pathname.slice(1);
  const asAdmin = (...statements: string[]) =>
    withClient(databaseUrl(ownerUrl, 'postgres'), async (client) => {
      for (const statement of statements) await client.query(statement);
    });
  await asAdmin(
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    `CREATE DATABASE ${name}_copy TEMPLATE ${name}`,
    `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
  );
  return () =>
    asAdmin(
      `DROP DATABASE ${name} WITH (FORCE)`,
      `ALTER DATABASE ${name}_copy RENAME TO ${name}`,
      `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`,
    );
}

/** A fresh key as KEY_ENCRYPTION_KEY has it. */
export function newKeyEncryptionKey(): string {
  return randomBytes(32).toString('base64');
}

export type TestStore = {
  store: PostgresStore;
  outbox: Outbox;
  database: TestDatabase;
  keyEncryptionKey: string;
  /** Another process's store on the same database. */
  another(options?: Partial<StoreOptions>): PostgresStore;
};

/** Long, because the machine of a test run has more to do than one bot. */
export const unhurried = { wait: 20_000, work: 20_000 };

/** A store on a database of its own; closed with the test file. `enqueue` does nothing unless given. */
export async function createTestStore(options: Partial<StoreOptions> = {}): Promise<TestStore> {
  const database = await createTestDatabase();
  const keyEncryptionKey = options.keyEncryptionKey ?? newKeyEncryptionKey();
  const enqueue = options.enqueue ?? (() => Promise.resolve());
  const open = (more: Partial<StoreOptions> = {}) => {
    const opened = createStore({
      budget: unhurried,
      url: database.url,
      keyEncryptionKey,
      enqueue,
      ...options,
      ...more,
    });
    afterAll(() => opened.close());
    return opened;
  };
  const store = open();
  return { store, outbox: createOutbox(store, enqueue), database, keyEncryptionKey, another: open };
}

export const newId = randomUUID;
