import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { tellOfRestore } from '../../src/app/tell-of-restore.ts';
import { createDataHome, type DataHome } from '../../src/postgres/data-home.ts';
import { copyDatabase, createTestStore, newId, type TestStore } from '../support/database.ts';
import { databaseCommand } from '../support/database-command.ts';
import { makeFolder } from '../support/postgres-setup.ts';
import {
  makeSchool,
  messageTo,
  minutesLater,
  openCase,
  someTime,
  type TestCase,
  type TestSchool,
} from './fixtures.ts';

/* A database that was put back from a copy: what waits in it may have been sent since. Source: assurance.md R30. */

let here: TestStore;
let home: DataHome;
let school: TestSchool;
let opened: TestCase;
let waiting: string[];

beforeEach(async () => {
  here = await createTestStore();
  home = createDataHome(here.store);
  school = await makeSchool(here.store);
  opened = await openCase(here.store, school, [school.person('lead')]);
  waiting = await due();
  expect(waiting.length).toBeGreaterThan(0);
  expect(await home.look()).toBeNull();
});

const soon = minutesLater(1);
const due = () => here.outbox.due(soon, 100);
const lease = (id: string) => here.outbox.lease(id, soon, minutesLater(2));
const sql = (text: string) => here.database.asOwner((client) => client.query(text));
const product = () => ({ school: school.id, as: 'product' }) as const;
const another = (person: string) =>
  here.store.run(product(), (tx) =>
    tx.addDeliveries(opened.id, [messageTo(school.person(person))], someTime),
  );

/** The copy was made when somebody last said, so long ago, that all is well here. */
async function restore({ minutesOld }: { minutesOld: number }): Promise<void> {
  await sql(`UPDATE data_home SET alive_at = now() - interval '${String(minutesOld)} minutes'`);
  await (
    await copyDatabase(here.database)
  )();
  // Whoever was connected is not any more, and finds out at the next word.
  while (!(await here.store.ping()));
}

describe('a copy of yesterday', () => {
  beforeEach(() => restore({ minutesOld: 1440 }));

  test('sends nothing before somebody has looked, whoever asks', async () => {
    expect(await due()).toEqual([]);
    expect(await lease(waiting[0]!)).toBeNull();
  });

  test('holds back what waited in it, and nothing that comes after', async () => {
    const restored = await home.look();
    expect(restored).toMatchObject({ releasedAt: null, toldAt: null });
    const age = Date.parse(restored!.foundAt) - Date.parse(restored!.copiedAt);
    expect(Math.round(age / 60_000)).toBe(1440);
    expect(await due()).toEqual([]);
    expect(await lease(waiting[0]!)).toBeNull();
    const later = await another('lead');
    expect(await due()).toEqual(later);
    expect(await home.look()).toEqual(restored);
  });

  test('is found once by however many look', async () => {
    const homes = Array.from({ length: 5 }, () => createDataHome(here.another()));
    const found = await Promise.all(homes.map((one) => one.look()));
    expect(new Set(found.map((one) => one?.foundAt)).size).toBe(1);
  });

  test('sends it when somebody says so, and says that it may be there twice', async () => {
    await home.look();
    expect(await home.release('send')).toBe(waiting.length);
    await sql('UPDATE delivery SET due_at = created_at');
    expect(await due()).toEqual(waiting);
    expect(await lease(waiting[0]!)).toMatchObject({ unclear: true });
    expect((await home.look())?.releasedAt).not.toBeNull();
  });

  test('drops it when somebody says so', async () => {
    await home.look();
    expect(await home.release('drop')).toBe(waiting.length);
    expect(await due()).toEqual([]);
    const { rows } = await sql('SELECT DISTINCT state, why FROM delivery');
    expect(rows).toEqual([{ state: 'dropped', why: 'restored' }]);
  });

  test('sends it after an hour in which nobody said anything, and no sooner', async () => {
    await home.look();
    const older = (minutes: number) =>
      sql(`UPDATE data_home SET found_at = now() - interval '${String(minutes)} minutes'`);
    await older(58);
    expect((await home.look())?.releasedAt).toBeNull();
    await older(61);
    expect((await home.look())?.releasedAt).not.toBeNull();
    await sql('UPDATE delivery SET due_at = created_at');
    expect(await lease(waiting[0]!)).toMatchObject({ unclear: true });
  });

  test('is told to the team and to the case managers, each once, with nothing of any case', async () => {
    const restored = await home.look();
    const deps = {
      ...{ store: here.store, clock: () => new Date(soon), newId, isBankHoliday: () => false },
      ...{ policies: {} as never, random: () => new Uint8Array() },
      waker: { deliveriesWaiting: () => undefined },
    };
    await Promise.all([1, 2].map(() => tellOfRestore(deps, restored!)));
    const { rows } = await sql(
      `SELECT person_id, message FROM delivery WHERE message->>'type' = 'restored'`,
    );
    const whom = rows.map((row: { person_id: string }) => row.person_id);
    const wanted = ['lead', 'deputy', 'head', 'chair'].map((key) => school.person(key));
    expect(whom.sort()).toEqual(wanted.sort());
    const { foundAt, copiedAt } = restored!;
    expect(rows[0]).toMatchObject({ message: { type: 'restored', at: foundAt, copiedAt } });
    await home.told();
    expect((await home.look())?.toldAt).not.toBeNull();
  });
});

test('a copy of a minute ago, as after a failover, holds nothing back, and marks what may come twice', async () => {
  await restore({ minutesOld: 1 });
  expect(await due()).toEqual([]);
  expect(await home.look()).toMatchObject({
    releasedAt: expect.any(String) as string,
    toldAt: expect.any(String) as string,
  });
  expect(await due()).toEqual(waiting);
  expect(await lease(waiting[0]!)).toMatchObject({ unclear: true });
});

describe('npm run database', () => {
  const run = (...args: string[]) =>
    databaseCommand(
      { ownerUrl: here.database.ownerUrl, keyEncryptionKey: here.keyEncryptionKey },
      ...args,
    );

  test('checks every school’s record, and says at which entry one is not whole', async () => {
    expect(run('check')).toMatchObject({
      status: 0,
      says: expect.stringMatching(/Hillside: the record is whole \(\d+ entries\)/) as string,
    });
    await here.database.asOwner(async (client) => {
      await client.query('ALTER TABLE audit_entry DISABLE TRIGGER USER');
      await client.query("UPDATE audit_entry SET at = at - interval '1 hour' WHERE number = 2");
    });
    expect(run('check')).toMatchObject({
      status: 1,
      says: expect.stringContaining('THE RECORD IS NOT WHOLE at entry 2 (edited)') as string,
    });
  });

  test('shows by an anchor that was kept elsewhere that the end was cut off', async () => {
    const folder = makeFolder('concern-anchor-');
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const kept = join(folder, 'kept.txt');
    const actor = school.person('teacher');
    await here.store.run(product(), (tx) =>
      tx.audit({ type: 'denied', actor, at: someTime, subject: opened.id }),
    );
    writeFileSync(kept, run('check').says);
    expect(run('check', kept).status).toBe(0);
    await here.database.asOwner(async (client) => {
      for (const table of ['audit_entry', 'school_event'])
        await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await client.query(
        'DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)',
      );
      await client.query("DELETE FROM school_event WHERE type = 'denied'");
    });
    expect(run('check').status).toBe(0);
    expect(run('check', kept)).toMatchObject({
      status: 1,
      says: expect.stringMatching(/THE RECORD IS NOT WHOLE at entry \d+ \(cut\)/) as string,
    });
    expect(run('check', join(folder, 'none.txt'))).toMatchObject({ status: 1 });
  });

  test('holds back after a copy that left no trace, says so, and lets go', async () => {
    expect(run('hold').says).toContain(`${String(waiting.length)} messages are held back`);
    expect(await due()).toEqual([]);
    expect(run('check')).toMatchObject({
      status: 1,
      says: expect.stringContaining('Choose: npm run database -- send, or drop.') as string,
    });
    expect(run('send').says).toContain('will be sent, marked as sent again');
    expect(run('check').status).toBe(0);
  });

  test('takes the word of whoever moved it that nothing is missing', async () => {
    await restore({ minutesOld: 90 });
    expect(run('moved').status).toBe(0);
    expect(await home.look()).toBeNull();
    expect(await due()).toEqual(waiting);
    expect(await lease(waiting[0]!)).toMatchObject({ unclear: false });
  });

  test('puts the keys under a new one, and answers a wrong call with what there is', () => {
    expect(run('rewrap').says).toContain('0 keys are under the new KEY_ENCRYPTION_KEY now.');
    expect(run('sell')).toMatchObject({
      status: 2,
      says: expect.stringContaining('check | moved | hold | send | drop | rewrap') as string,
    });
    expect(run()).toMatchObject({ status: 2 });
  });
});
