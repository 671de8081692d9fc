import type pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit, type AuditCheck } from '../../src/postgres/verify-audit.ts';
import { createTestStore, type TestStore } from '../support/database.ts';
import type { TestCase, TestSchool } from './fixtures.ts';
import { answered, lineFor, someTime } from './fixtures.ts';
import { makePopulatedSchool } from './populated.ts';

const kept = ['case_event', 'answer', 'concern', 'school_event', 'audit_entry'];
const tampering = kept.flatMap((table) => [
  [table, `UPDATE ${table} SET school_id = school_id`],
  [table, `DELETE FROM ${table}`],
  [table, `TRUNCATE ${table} CASCADE`],
]);

let here: TestStore;
let school: TestSchool;
let opened: TestCase;

beforeEach(async () => {
  here = await createTestStore();
  ({ school, opened } = await makePopulatedSchool(here, 'hillside'));
});

const verify = (): Promise<AuditCheck> => verifyAudit(here.store, school.id);

/** What somebody can do who owns the server: every protection inside the database is switched off. */
const tamper = (...statements: string[]) =>
  here.database.asOwner(async (client) => {
    for (const table of kept) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    for (const statement of statements) await client.query(statement);
  });

const refusal = async (client: pg.Client, statement: string): Promise<string> => {
  await client.query('BEGIN');
  const code = await client.query(statement).then(
    () => 'done',
    (error: unknown) => (error as pg.DatabaseError).code ?? 'unknown',
  );
  await client.query('ROLLBACK');
  return code;
};

test('every event has exactly one row: who, when, which step, which options, which policy, which clause', async () => {
  const { rows } = await here.database.asOwner((client) =>
    client.query<Record<string, unknown>>(
      'SELECT * FROM audit_entry WHERE case_id = $1 ORDER BY number',
      [opened.id],
    ),
  );
  const events = await here.database.asOwner((client) =>
    client.query('SELECT 1 FROM case_event WHERE case_id = $1', [opened.id]),
  );
  expect(rows).toHaveLength(events.rowCount!);
  expect(rows.find(({ type }) => type === 'answered')).toMatchObject({
    actor: school.person('lead'),
    at: new Date(someTime),
    step: 'spine/first-look',
    result: 'done',
    chosen: ['yes'],
    pack: 'st-wilfrids',
    pack_version: 1,
    policy: 'd1',
    cites: 'st-wilfrids L1',
  });
});

test('a change that is rolled back leaves no row, and a row cannot be missed', async () => {
  const before = await verify();
  const failing = here.store.run({ school: school.id, as: 'product' }, async (tx) => {
    await tx.append({
      caseId: opened.id,
      events: [answered(school.person('lead'))],
      actor: school.person('lead'),
      at: someTime,
      readers: [],
      line: lineFor(opened.id, opened.reference),
      cites: [],
    });
    await tx.audit({ type: 'denied', actor: null, at: someTime, subject: null });
    throw new Error('the process died here');
  });
  await expect(failing).rejects.toThrow();
  expect(await verify()).toEqual(before);
});

test('what belongs to no case is in the same chain', async () => {
  const actor = school.person('it');
  await here.store.run({ school: school.id, as: 'person', person: actor }, (tx) =>
    tx.audit({ type: 'denied', actor, at: someTime, subject: opened.id }),
  );
  expect(await verify()).toMatchObject({ ok: true });
  const { rows } = await here.database.asOwner((client) =>
    client.query('SELECT type, actor, subject FROM audit_entry ORDER BY number DESC LIMIT 1'),
  );
  expect(rows).toEqual([{ type: 'denied', actor, subject: opened.id }]);
});

test('nobody can write an entry in somebody else’s name', async () => {
  const scope = { school: school.id, as: 'person', person: school.person('it') } as const;
  const forged = here.store.run(scope, (tx) =>
    tx.audit({ type: 'denied', actor: school.person('lead'), at: someTime, subject: null }),
  );
  await expect(forged).rejects.toMatchObject({ code: 'refused' });
});

test('many at once make one chain without a gap', async () => {
  const stores = [here.store, here.another()];
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      stores[index % 2]!.run({ school: school.id, as: 'product' }, (tx) =>
        tx.note(opened.id, { type: 'viewed', what: 'details' }, school.person('lead'), someTime),
      ),
    ),
  );
  expect(await verify()).toMatchObject({ ok: true });
});

test('tampering is refused: to the application, to the owner, to the superuser, to a replica’s session', async () => {
  for (const [, statement] of tampering) {
    expect(await here.database.asApp((client) => refusal(client, statement!))).toBe('42501');
    await here.database.asOwner(async (client) => {
      expect(await refusal(client, statement!)).toBe('23001');
      await client.query("SET session_replication_role = 'replica'");
      expect(await refusal(client, statement!)).toBe('23001');
      await client.query("SET session_replication_role = 'origin'; SET ROLE concern_owner");
      // Row-level security hides every row from the owner, so that a statement finds nothing to touch.
      expect(['23001', 'done']).toContain(await refusal(client, statement!));
    });
  }
  expect(await verify()).toMatchObject({ ok: true });
});

describe('somebody who owns the server is found out', () => {
  test.each([
    ['edited', `UPDATE audit_entry SET subject = 'other' WHERE number = 3`, 3],
    ['edited', `UPDATE audit_entry SET at = at - interval '1 day' WHERE number = 4`, 4],
    ['missing', `DELETE FROM audit_entry WHERE number = 5`, 5],
    ['missing', `DELETE FROM audit_entry WHERE number <= 2`, 1],
    [
      'edited',
      `UPDATE audit_entry SET number = CASE number WHEN 3 THEN -4 ELSE -3 END WHERE number IN (3, 4);
       UPDATE audit_entry SET number = -number WHERE number < 0`,
      3,
    ],
  ])('%s', async (trouble, statement, number) => {
    await tamper(statement);
    expect(await verify()).toMatchObject({ ok: false, trouble, number });
  });

  test('a row edited with its digest made anew breaks the next one', async () => {
    await tamper(
      `UPDATE audit_entry SET cites = 'another clause' WHERE number = 3`,
      `UPDATE audit_entry e SET hash = audit_hash(e) WHERE number = 3`,
    );
    expect(await verify()).toMatchObject({ ok: false, trouble: 'out-of-order', number: 4 });
  });

  test('an event that was changed, removed or slipped in is named', async () => {
    const where = `case_id = '${opened.id}' AND seq = 2`;
    await tamper(`UPDATE case_event SET body = body || '\\x00' WHERE ${where}`);
    expect(await verify()).toMatchObject({ trouble: 'record-changed', where: `${opened.id}/2` });
    await tamper(
      `UPDATE case_event SET body = substring(body for length(body) - 1) WHERE ${where}`,
    );
    expect(await verify()).toMatchObject({ ok: true });
    await tamper(`UPDATE case_event SET actor = NULL WHERE ${where}`);
    expect(await verify()).toMatchObject({ trouble: 'record-changed', where: `${opened.id}/2` });
  });

  test('an event without an entry is named', async () => {
    await tamper(`DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)`);
    expect(await verify()).toMatchObject({ ok: false, trouble: 'unaudited' });
  });

  test('a tail cut off together with its records is caught by an anchor kept elsewhere', async () => {
    const before = await verify();
    if (!before.ok) throw new Error('the trail was bad before');
    const last = `(SELECT max(number) FROM audit_entry)`;
    await tamper(
      `DELETE FROM case_event e USING audit_entry a
        WHERE a.number = ${last} AND e.case_id = a.case_id AND e.seq = a.seq`,
      `DELETE FROM audit_entry WHERE number = ${last}`,
    );
    expect(await verify()).toMatchObject({ ok: true });
    expect(await verifyAudit(here.store, school.id, [before.anchor])).toMatchObject({
      ok: false,
      trouble: 'cut',
      number: before.anchor.number,
    });
  });
});
