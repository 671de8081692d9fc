import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/postgres/verify-audit.ts';
import { createTestStore, newId, type TestStore } from '../support/database.ts';
import type { CrashSettings } from './crash-child.ts';
import { intake, makeSchool, raised, type TestSchool } from './fixtures.ts';

let here: TestStore;
let school: TestSchool;

beforeAll(async () => {
  here = await createTestStore();
  school = await makeSchool(here.store);
});

/** Takes a concern in a process of its own, which is killed after the given call. */
async function takeAndDie(nonce: string, after: string): Promise<string> {
  const caseId = newId();
  const settings: CrashSettings = {
    url: here.database.url,
    keyEncryptionKey: here.keyEncryptionKey,
    school: school.id,
    reporter: school.person('teacher'),
    reader: school.person('lead'),
    nonce,
    caseId,
    after,
  };
  const script = join(import.meta.dirname, 'crash-child.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: 'ignore' });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return caseId;
}

/** The same form again, as a person sends it who saw an error. */
async function again(nonce: string): Promise<{ first: boolean; caseId: string }> {
  const reporter = school.person('teacher');
  const { first, result } = await here.store.run({ school: school.id, as: 'product' }, (tx) =>
    tx.once(nonce, reporter, async () => {
      const caseId = newId();
      await intake(tx, caseId, raised(reporter), [school.person('lead')]);
      return { caseId };
    }),
  );
  return { first, ...result };
}

const rows = async () => {
  const found = await here.database.asOwner((client) =>
    client.query<Record<string, string>>(`SELECT
      (SELECT count(*) FROM case_file) AS cases, (SELECT count(*) FROM case_event) AS events,
      (SELECT count(*) FROM audit_entry WHERE case_id IS NOT NULL) AS entries,
      (SELECT count(*) FROM concern) AS concerns, (SELECT count(*) FROM delivery) AS messages`),
  );
  return Object.fromEntries(
    Object.entries(found.rows[0]!).map(([name, many]) => [name, Number(many)]),
  );
};

describe('a process that is killed', { timeout: 120_000 }, () => {
  test.each(['openCase', 'saveReceipt', 'addDeliveries'])(
    'after %s has saved nothing, and the form can be sent again',
    async (after) => {
      const before = await rows();
      const nonce = newId();
      await takeAndDie(nonce, after);
      expect(await rows()).toEqual(before);
      expect((await again(nonce)).first).toBe(true);
      expect(await verifyAudit(here.store, school.id)).toMatchObject({ ok: true });
    },
  );

  test('after the commit has saved everything, and the form sent again says so', async () => {
    const before = await rows();
    const nonce = newId();
    const caseId = await takeAndDie(nonce, 'commit');
    expect(await again(nonce)).toEqual({ first: false, caseId });
    const after = await rows();
    for (const [name, many] of Object.entries(before)) expect(after[name]).toBe(many + 1);
    expect(await verifyAudit(here.store, school.id)).toMatchObject({ ok: true });
  });
});
