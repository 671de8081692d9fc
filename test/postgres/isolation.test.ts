import type pg from 'pg';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { createTestStore, type TestStore } from '../support/database.ts';
import { databaseUrl, template, withClient } from '../support/postgres-setup.ts';
import type { TestCase, TestSchool } from './fixtures.ts';
import { makePopulatedSchool } from './populated.ts';

/*
 * Every table of the database, as the database itself lists them, so that a new table without a policy
 * fails here. Each is tried in each way for each scope that must see nothing.
 */

type Table = {
  name: string;
  columns: string[];
  writable: string | null;
  mayInsert: boolean;
  mayDelete: boolean;
};

const tables = await withClient(
  databaseUrl(inject('postgres').ownerUrl, template),
  async (client) => {
    const { rows } = await client.query<Table>(`
      SELECT c.relname AS name,
        array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attidentity = '') AS columns,
        min(a.attname::text) FILTER (WHERE
          has_column_privilege('concern_app', c.oid, a.attnum, 'UPDATE')) AS writable,
        has_table_privilege('concern_app', c.oid, 'INSERT') AS "mayInsert",
        has_table_privilege('concern_app', c.oid, 'DELETE') AS "mayDelete"
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname <> '_prisma_migrations'
      GROUP BY c.oid, c.relname ORDER BY c.relname`);
    return rows;
  },
);
const ofSchools = tables.filter(({ name }) => !['request_seen', 'data_home'].includes(name));
const ofCases = ofSchools.filter(
  ({ name, columns }) => name === 'case_file' || columns.includes('case_id'),
);

let here: TestStore;
let ours: { school: TestSchool; opened: TestCase };
let theirs: { school: TestSchool; opened: TestCase };

beforeAll(async () => {
  here = await createTestStore();
  ours = await makePopulatedSchool(here, 'ours');
  theirs = await makePopulatedSchool(here, 'theirs');
});

type Settings = { school?: string; as?: string; person?: string };

/** Runs one statement as the application under a scope; gives the SQLSTATE if it is refused. */
function attempt(
  settings: Settings,
  statement: string,
  values: unknown[] = [],
): Promise<{ rows: number; refused: string | null }> {
  return here.database.asApp(async (client) => {
    await client.query('BEGIN');
    for (const [name, value] of Object.entries(settings))
      await client.query('SELECT set_config($1, $2, true)', [`app.${name}`, value]);
    try {
      const { rowCount } = await client.query(statement, values);
      return { rows: rowCount ?? 0, refused: null };
    } catch (error) {
      return { rows: 0, refused: (error as pg.DatabaseError).code ?? 'unknown' };
    } finally {
      await client.query('ROLLBACK');
    }
  });
}

const schoolColumn = ({ name }: Table) => (name === 'school' ? 'id' : 'school_id');
const caseColumn = ({ name }: Table) => (name === 'case_file' ? 'id' : 'case_id');

async function rowOf(table: Table, where: string, value: string): Promise<Record<string, unknown>> {
  const { rows } = await here.database.asOwner((client) =>
    client.query<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(t) AS row FROM ${table.name} t WHERE ${where} = $1 LIMIT 1`,
      [value],
    ),
  );
  if (rows[0] === undefined) throw new Error(`the fixture leaves ${table.name} empty`);
  return rows[0].row;
}

function insertCopy({ name, columns }: Table): string {
  const list = columns.join(', ');
  return `INSERT INTO ${name} (${list}) SELECT ${list} FROM jsonb_populate_record(null::${name}, $1)`;
}

async function expectNothing(settings: Settings, table: Table, where: string, value: string) {
  const clause = `WHERE ${where} = $1`;
  const read = await attempt(settings, `SELECT 1 FROM ${table.name} ${clause}`, [value]);
  expect(read).toEqual({ rows: 0, refused: null });
  const column = table.writable ?? table.columns[0]!;
  const change = `UPDATE ${table.name} SET ${column} = ${column} ${clause}`;
  expect(await attempt(settings, change, [value])).toEqual({
    rows: 0,
    refused: table.writable === null ? '42501' : null,
  });
  expect(await attempt(settings, `DELETE FROM ${table.name} ${clause}`, [value])).toEqual({
    rows: 0,
    refused: table.mayDelete ? null : '42501',
  });
  const copy = await rowOf(table, where, value);
  expect(await attempt(settings, insertCopy(table), [copy])).toEqual({ rows: 0, refused: '42501' });
}

test('every table has row-level security, forced, and nobody who runs can get around it', async () => {
  const open = await here.database.asOwner((client) =>
    client.query(`SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
      AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)
      AND relname <> '_prisma_migrations'`),
  );
  expect(open.rows).toEqual([]);
  const roles = await here.database.asOwner((client) =>
    client.query(`SELECT rolname FROM pg_roles
      WHERE rolname LIKE 'concern%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)`),
  );
  expect(roles.rows).toEqual([]);
});

describe.each(ofSchools)('$name', (table) => {
  const foreign = () => ours.school.id;

  test('shows and gives nothing to the product of another school', async () => {
    const settings = { school: theirs.school.id, as: 'product', person: '' };
    await expectNothing(settings, table, schoolColumn(table), foreign());
  });

  test('shows and gives nothing to a person of another school', async () => {
    const person = theirs.school.person('lead');
    const settings = { school: theirs.school.id, as: 'person', person };
    await expectNothing(settings, table, schoolColumn(table), foreign());
  });

  test('shows and gives nothing to somebody of ours who claims another school, or none', async () => {
    const person = ours.school.person('lead');
    const elsewhere = { school: theirs.school.id, as: 'person', person };
    await expectNothing(elsewhere, table, schoolColumn(table), foreign());
    await expectNothing({}, table, schoolColumn(table), foreign());
  });
});

describe.each(ofCases)('$name of a case', (table) => {
  test('is nothing to a colleague who is not in its audience', async () => {
    const settings = { school: ours.school.id, as: 'person', person: ours.school.person('it') };
    await expectNothing(settings, table, caseColumn(table), ours.opened.id);
  });

  test('is nothing to somebody who was in its audience before', async () => {
    const person = ours.school.person('deputy');
    const settings = { school: ours.school.id, as: 'person', person };
    await expectNothing(settings, table, caseColumn(table), ours.opened.id);
  });
});

test('a reader who has left sees nothing from that moment', async () => {
  const person = ours.school.person('lead');
  const settings = { school: ours.school.id, as: 'person', person };
  const read = () => attempt(settings, 'SELECT 1 FROM case_file WHERE id = $1', [ours.opened.id]);
  expect(await read()).toEqual({ rows: 1, refused: null });
  const setActive = (active: boolean) =>
    here.database.asOwner((client) =>
      client.query('UPDATE person SET active = $1 WHERE id = $2', [active, person]),
    );
  await setActive(false);
  expect(await read()).toEqual({ rows: 0, refused: null });
  await setActive(true);
});

test('a row cannot refer to another school’s row', async () => {
  const settings = { school: theirs.school.id, as: 'product', person: '' };
  const insert = `INSERT INTO draft (id, school_id, person_id, content, updated_at)
    VALUES (gen_random_uuid(), $1, $2, '\\x00', now())`;
  const values = [theirs.school.id, ours.school.person('lead')];
  expect(await attempt(settings, insert, values)).toEqual({ rows: 0, refused: '23503' });
});

describe('the application’s own connection', () => {
  const settings = {};
  test.each([
    ['become the owner', 'SET ROLE concern_owner'],
    ['become the auditor', 'SET ROLE concern_audit'],
    ['become the one who looks across schools', 'SET ROLE concern_lookup'],
    ['become the group it belongs to', 'SET ROLE concern_app'],
    ['become the superuser', 'SET ROLE postgres'],
    ['take another session', 'SET SESSION AUTHORIZATION postgres'],
    ['make a table', 'CREATE TABLE mine (a int)'],
    ['make a function', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$SELECT 1$$'],
    ['switch row-level security off', 'ALTER TABLE case_file DISABLE ROW LEVEL SECURITY'],
    ['drop a policy', 'DROP POLICY audience ON case_file'],
    ['switch triggers off', 'ALTER TABLE case_event DISABLE TRIGGER ALL'],
    ['pretend to be a replica', "SET session_replication_role = 'replica'"],
    ['append to the audit itself', 'SELECT audit_append(null::audit_entry)'],
    ['empty a table', 'TRUNCATE handle'],
    ['read marks of requests', 'SELECT * FROM request_seen'],
    ['read the migrations', 'SELECT * FROM _prisma_migrations'],
    ['change the job queue’s tables', 'ALTER TABLE pgboss.job ADD COLUMN a int'],
    ['make a role', 'CREATE ROLE friend'],
  ])('cannot %s', async (_, statement) => {
    expect((await attempt(settings, statement)).refused).toBe('42501');
  });

  test('is the same after RESET ROLE and RESET SESSION AUTHORIZATION', async () => {
    const who = await here.database.asApp(async (client) => {
      await client.query('RESET ROLE');
      await client.query('RESET SESSION AUTHORIZATION');
      return client.query<{ current_user: string }>('SELECT current_user');
    });
    expect(who.rows[0]?.current_user).toBe(`concern_app_${template}`);
  });

  test('forgets its scope with the transaction', async () => {
    await here.database.asApp(async (client) => {
      await client.query('BEGIN');
      await client.query("SELECT set_config('app.school', $1, true)", [ours.school.id]);
      await client.query("SELECT set_config('app.as', 'product', true)");
      expect((await client.query('SELECT 1 FROM person')).rowCount).toBeGreaterThan(0);
      await client.query('COMMIT');
      expect((await client.query('SELECT 1 FROM person')).rowCount).toBe(0);
    });
  });
});
