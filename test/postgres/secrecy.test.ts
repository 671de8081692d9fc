import { beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, newKeyEncryptionKey, type TestStore } from '../support/database.ts';
import { makeSchool, someTime, type TestCase, type TestSchool } from './fixtures.ts';
import { makePopulatedSchool } from './populated.ts';

let here: TestStore;
let school: TestSchool;
let opened: TestCase;

beforeAll(async () => {
  here = await createTestStore();
  ({ school, opened } = await makePopulatedSchool(here, 'hillside'));
});

const product = () => ({ school: school.id, as: 'product' }) as const;

/** What a stolen dump holds: every row of every table of every schema, as text and as bytes. */
async function dump(): Promise<string> {
  return here.database.asOwner(async (client) => {
    const tables = await client.query<{ name: string }>(`
      SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname IN ('public', 'pgboss')`);
    const parts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
      parts.push(...rows.map(({ row }) => row));
    }
    return parts.join('\n');
  });
}

test('a stolen dump holds no words, names, phones, e-mails, addresses, drafts or meanings of buttons', async () => {
  const stolen = await dump();
  expect(stolen).toContain(opened.reference);
  const secrets = ['CANARY', 'Name-', '01632', '@school.example', 'canary-', 'handle-hillside'];
  for (const secret of secrets) {
    expect(stolen).not.toContain(secret);
    // bytea is shown in hexadecimal.
    expect(stolen).not.toContain(Buffer.from(secret).toString('hex'));
  }
});

test('a value moved to another row is noticed and shown to nobody', async () => {
  const other = await makePopulatedSchool(here, 'fernbrook');
  await here.database.asOwner((client) =>
    client.query(`ALTER TABLE concern DISABLE TRIGGER ALL;
      UPDATE concern SET words = (SELECT words FROM concern WHERE id = '${opened.concern}')
      WHERE id = '${other.opened.concern}'; ALTER TABLE concern ENABLE TRIGGER ALL`),
  );
  const reading = here.store.run({ school: other.school.id, as: 'product' }, (tx) =>
    tx.concernsOf(other.opened.id),
  );
  await expect(reading).rejects.toMatchObject({ code: 'damaged' });
});

test('a damaged event is a typed fault and never guessed at', async () => {
  const { opened: broken, school: at } = await makePopulatedSchool(here, 'westmoor');
  await here.database.asOwner((client) =>
    client.query(`ALTER TABLE case_event DISABLE TRIGGER ALL;
      UPDATE case_event SET type = 'closed' WHERE case_id = '${broken.id}' AND seq = 2;
      ALTER TABLE case_event ENABLE TRIGGER ALL`),
  );
  const reading = here.store.run({ school: at.id, as: 'product' }, (tx) => tx.loadCase(broken.id));
  await expect(reading).rejects.toMatchObject({ code: 'damaged', detail: 'case_event.type' });
});

describe('changing the key-encryption key', () => {
  test('wraps the keys anew, touches no value, and the old key is not needed any more', async () => {
    const before = await dump();
    const next = newKeyEncryptionKey();
    const changing = here.another({ keyEncryptionKey: `${next},${here.keyEncryptionKey}` });
    const readers = [here.store, changing];
    const reading = Array.from({ length: 20 }, (_, index) =>
      readers[index % 2]!.run(product(), (tx) => tx.concernsOf(opened.id)),
    );
    const [many] = await Promise.all([changing.rewrapKeys(), ...reading]);
    expect(many).toBeGreaterThan(0);
    expect(await changing.rewrapKeys()).toBe(0);
    const after = here.another({ keyEncryptionKey: next });
    await after.checkKeys();
    const concerns = await after.run(product(), (tx) => tx.concernsOf(opened.id));
    expect(concerns[0]?.words['who']).toBe('CANARY-child');
    const events = (text: string) => text.split('\n').filter((row) => row.includes(',answered,'));
    expect(events(await dump())).toEqual(events(before));
  });

  test('a process with only a wrong key does not start', async () => {
    const wrong = here.another({ keyEncryptionKey: newKeyEncryptionKey() });
    await expect(wrong.checkKeys()).rejects.toMatchObject({ code: 'damaged' });
  });
});

test('an error of the database says a code and no value', async () => {
  const twice = makeSchool(here.store, { school: 'prefix', prefix: 'AB' }).then(() =>
    here.store.run(product(), (tx) =>
      tx.addConcern({
        id: opened.concern,
        caseId: opened.id,
        reporter: school.person('teacher'),
        raisedAt: someTime,
        words: { what: 'CANARY-again' },
      }),
    ),
  );
  const error = await twice.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'StoreFault', code: 'conflict' });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/CANARY|insert/i);
});
