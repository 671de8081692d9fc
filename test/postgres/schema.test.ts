import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';

const path = join(import.meta.dirname, '..', '..', 'prisma', 'schema.prisma');
const content = readFileSync(path, 'utf8');

/** What would have to be done to the database for it to be what schema.prisma says, as SQL. */
async function difference(url: string): Promise<string> {
  const files = [{ path, content }];
  const engine = await SchemaEngine.new(
    { datamodels: [[path, content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapterFor(url)),
  );
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: null,
    filters: { externalTables: ['public._prisma_migrations'], externalEnums: [] },
  });
  return stdout ?? '';
}

/**
 * The adapter of Prisma 7 does not know the catalog's type "char" (18), which the engine asks for: let it
 * take such columns for text (25), and then tell the engine that they are single characters.
 */
function adapterFor(url: string): PrismaPg {
  const pool = new pg.Pool({ connectionString: url });
  onTestFinished(() => pool.end());
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryArrayResult>;
  let chars: string[] = [];
  const queryAsText = async (...args: unknown[]) => {
    const result = await query(...args);
    const found = result.fields.filter(({ dataTypeID }) => dataTypeID === 18);
    chars = found.map(({ name }) => name);
    for (const field of found) field.dataTypeID = 25;
    return result;
  };
  const factory = new PrismaPg(Object.assign(pool, { query: queryAsText }));
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      const columnTypes = result.columnNames.map((name, index) =>
        chars.includes(name) ? ColumnTypeEnum.Character : result.columnTypes[index],
      );
      return { ...result, columnTypes: columnTypes.map((type) => type ?? ColumnTypeEnum.Text) };
    };
    return adapter;
  };
  return factory;
}

test('schema.prisma says what the migrations make', async () => {
  const { ownerUrl } = await createTestDatabase();
  expect(await difference(ownerUrl)).toMatch(/^-- This is an empty migration/);
});

test('a column that only the database has is noticed', async () => {
  const { ownerUrl, asOwner } = await createTestDatabase();
  await asOwner((client) => client.query('ALTER TABLE person ADD COLUMN nickname text'));
  expect(await difference(ownerUrl)).toContain('DROP COLUMN "nickname"');
});
