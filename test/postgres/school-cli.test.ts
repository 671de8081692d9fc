import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createStore } from '../../src/postgres/store.ts';
import { createTestDatabase, newKeyEncryptionKey, unhurried } from '../support/database.ts';
import { makeFolder } from '../support/postgres-setup.ts';

const root = join(import.meta.dirname, '../..');
const folder = makeFolder('concern-school-');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file = join(folder, 'hillside.yaml');
writeFileSync(file, readFileSync(join(root, 'src/practice/schools/hillside.yaml')));

function school(args: string[], env: Record<string, string> = {}) {
  const run = spawnSync(process.execPath, ['src/school-cli.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return { status: run.status, says: `${run.stdout}${run.stderr}` };
}

describe('npm run school', () => {
  test('applies a file to the database, and says what it changed', async () => {
    const database = await createTestDatabase();
    const keyEncryptionKey = newKeyEncryptionKey();
    const env = {
      DATABASE_URL: database.ownerUrl,
      KEY_ENCRYPTION_KEY: keyEncryptionKey,
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: 'secret',
    };
    const first = school(['apply', file], env);
    expect(first).toMatchObject({
      status: 0,
      says: expect.stringContaining('Added amy.lowe') as string,
    });
    const enqueue = () => Promise.resolve();
    const store = createStore({ url: database.url, keyEncryptionKey, enqueue, budget: unhurried });
    expect((await store.schools()).map(({ name }) => name)).toEqual(['Hillside Primary School']);
    await store.close();
    const wrongKey = school(['apply', file], { ...env, KEY_ENCRYPTION_KEY: newKeyEncryptionKey() });
    expect(wrongKey.status).toBe(1);
    expect(wrongKey.says).toContain('Nothing was changed');
  });

  test('checks a file and fails for what stops it', () => {
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, 'school: x');
    expect(school(['check', bad])).toMatchObject({
      status: 1,
      says: expect.stringContaining(`${bad}: wrong: people: This is missing.`) as string,
    });
  });

  test('refuses a switch that would do nothing, and a policy that there is not', () => {
    const hillside = readFileSync(
      join(import.meta.dirname, '../../src/practice/schools/hillside.yaml'),
      'utf8',
    );
    const silent = join(folder, 'silent.yaml');
    writeFileSync(silent, `${hillside}\nswitches: { mandatory_csa_notification: 'yes' }\n`);
    const { status, says } = school(['check', silent]);
    expect(status).toBe(1);
    expect(says).toContain('stop: switches.mandatory_csa_notification: Write one of: off, on.');
    const other = join(folder, 'other.yaml');
    writeFileSync(other, hillside.replace('pack: st-wilfrids', 'pack: st-wilfreds'));
    expect(school(['check', other]).says).toContain('stop: pack: There is no such policy.');
  });

  test('says how it is called', () => {
    expect(school(['check'])).toMatchObject({
      status: 2,
      says: expect.stringMatching(/^Usage:/) as string,
    });
  });
});
