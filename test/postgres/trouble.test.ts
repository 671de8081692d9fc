import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { interactive } from '../../src/postgres/client.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { prepareDatabase } from '../../src/postgres/migrate.ts';
import { createStore, type PostgresStore } from '../../src/postgres/store.ts';
import { newId, newKeyEncryptionKey } from '../support/database.ts';
import { makeFolder, withClient } from '../support/postgres-setup.ts';
import { intake, makeSchool, raised, type TestSchool } from './fixtures.ts';

/* A server of its own, because it is stopped, frozen and filled up. The store has the budget of the bot. */

const folder = makeFolder('concern-trouble-');
let server: EmbeddedPostgres;
let port: number;
let store: PostgresStore;
let school: TestSchool;

beforeAll(async () => {
  server = await startEmbeddedPostgres({ folder });
  port = Number(new URL(server.url).port);
  const { url } = await prepareDatabase({ url: server.url, secret: 'test' });
  const enqueue = () => Promise.resolve();
  store = createStore({ url, keyEncryptionKey: newKeyEncryptionKey(), enqueue });
  await store.warmUp();
  school = await makeSchool(store);
  await save();
});

afterAll(async () => {
  await store.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const save = (nonce = newId()) =>
  store.run({ school: school.id, as: 'product' }, (tx) =>
    tx.once(nonce, school.person('teacher'), async () => {
      const caseId = newId();
      await intake(tx, caseId, raised(school.person('teacher')), [school.person('lead')]);
      return caseId;
    }),
  );
const cases = () =>
  withClient(
    server.url,
    async (client) => (await client.query('SELECT id FROM case_file')).rowCount,
  );

/** The server and everything it has forked. */
function processes(): number[] {
  const main = Number(
    readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
  );
  const children = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return (
        readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] === String(main)
      );
    } catch {
      return false;
    }
  });
  return [main, ...children.map(Number)];
}

/** A connection's process may have ended by itself meanwhile. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch {
    return;
  }
}

const unsaved = {
  name: 'StoreFault',
  code: expect.stringMatching(/^(unavailable|timeout)$/) as string,
};

describe('with the database away', () => {
  test('a concern fails at once and typed, and is saved once it is back, without a restart', async () => {
    const before = await cases();
    const nonce = newId();
    await server.stop();
    await expect(save(nonce)).rejects.toMatchObject(unsaved);
    expect(await store.ping()).toBe(false);
    server = await startEmbeddedPostgres({ folder, port });
    expect(await store.ping()).toBe(true);
    await save(nonce);
    await save(nonce);
    expect(await cases()).toBe((before ?? 0) + 1);
  });

  test.skipIf(process.platform !== 'linux')(
    'frozen: a concern fails within the budget, and nothing is saved late',
    async () => {
      const before = await cases();
      const frozen = processes();
      for (const pid of frozen) signal(pid, 'SIGSTOP');
      const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => save()));
      for (const pid of frozen) signal(pid, 'SIGCONT');
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ status: 'rejected', reason: unsaved });
      await save();
      expect(await cases()).toBe((before ?? 0) + 1);
    },
  );
});

describe('a transaction that takes too long', () => {
  const late = interactive.work + 300;
  const after = <T>(ms: number, value: T) =>
    new Promise<T>((wake) => setTimeout(() => wake(value), ms));

  test('in our own code is given up and rolled back', async () => {
    const before = await cases();
    const slow = store.run({ school: school.id, as: 'product' }, async (tx) => {
      await intake(tx, newId(), raised(school.person('teacher')), []);
      await after(late, null);
    });
    await expect(slow).rejects.toMatchObject({ code: 'timeout' });
    await after(500, null);
    expect(await cases()).toBe(before);
    await save();
  });

  test('in the database is given up by the database', async () => {
    const slow = store.session(
      { school: school.id, as: 'product' },
      ({ db }) => db.$queryRaw`SELECT pg_sleep(5)::text`,
    );
    await expect(slow).rejects.toMatchObject({ code: 'timeout' });
    await save();
  });

  test('while reading does not keep anybody from raising a concern', async () => {
    const scope = { school: school.id, as: 'person', person: school.person('lead') } as const;
    const reads = Array.from({ length: 30 }, () =>
      store.run(scope, async (tx) => {
        await tx.school();
        await after(1000, null);
      }),
    );
    const settled = Promise.allSettled(reads);
    await save();
    await settled;
  });
});
