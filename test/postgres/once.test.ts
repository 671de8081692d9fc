import { beforeAll, describe, expect, test } from 'vitest';
import type { PostgresStore } from '../../src/postgres/store.ts';
import { createTestStore, newId, type TestStore } from '../support/database.ts';
import {
  answered,
  intake,
  lineFor,
  makeSchool,
  openCase,
  raised,
  someTime,
  type TestSchool,
} from './fixtures.ts';

let here: TestStore;
let replicas: PostgresStore[];
let school: TestSchool;

beforeAll(async () => {
  here = await createTestStore();
  replicas = [here.store, here.another()];
  school = await makeSchool(here.store);
});

const day = 86_400_000;

const product = () => ({ school: school.id, as: 'product' }) as const;
const count = async (sql: string, values: unknown[] = []) => {
  const { rows } = await here.database.asOwner((client) =>
    client.query<{ many: string }>(`SELECT count(*) AS many FROM ${sql}`, values),
  );
  return Number(rows[0]?.many);
};

function submit(store: PostgresStore, nonce: string, person: string) {
  return store.run(product(), (tx) =>
    tx.once(nonce, person, async () => {
      const caseId = newId();
      await intake(tx, caseId, raised(person), [school.person('lead')]);
      return { caseId };
    }),
  );
}

describe('one submission', () => {
  test('has one effect when it arrives a hundred times at once on two replicas, and all get one answer', async () => {
    const nonce = newId();
    const before = await count('case_file');
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        submit(replicas[index % 2]!, nonce, school.person('teacher')),
      ),
    );
    expect(await count('case_file')).toBe(before + 1);
    expect(results.filter(({ first }) => first)).toHaveLength(1);
    expect(new Set(results.map(({ result }) => result.caseId)).size).toBe(1);
  });

  test('is known again for a month by the clock that dated it, whoever sweeps', async () => {
    const nonce = newId();
    const person = school.person('teacher');
    const sweep = () => here.store.sweepExpired(new Date(Date.now() + 65 * day).toISOString());
    await submit(here.store, nonce, person);
    await sweep();
    expect((await submit(here.store, nonce, person)).first).toBe(false);
    await here.database.asOwner((client) =>
      client.query("UPDATE submission SET at = at - interval '31 days' WHERE nonce = $1", [nonce]),
    );
    await sweep();
    expect(await count('submission WHERE nonce = $1', [nonce])).toBe(0);
  });

  test('that failed may be tried again, and leaves nothing behind', async () => {
    const nonce = newId();
    const person = school.person('teacher');
    const tables = ['case_file', 'case_event', 'audit_entry', 'concern', 'delivery', 'submission'];
    const before = await Promise.all(tables.map((table) => count(table)));
    const failing = here.store.run(product(), (tx) =>
      tx.once(nonce, person, async () => {
        await intake(tx, newId(), raised(person), [school.person('lead')]);
        throw new Error('the process died here');
      }),
    );
    await expect(failing).rejects.toThrow('died here');
    expect(await Promise.all(tables.map((table) => count(table)))).toEqual(before);
    expect((await submit(here.store, nonce, person)).first).toBe(true);
  });

  test('that waits for one that fails becomes the first', async () => {
    const nonce = newId();
    const person = school.person('teacher');
    const { promise: claimed, resolve: sayClaimed } = Promise.withResolvers<undefined>();
    const { promise: mayFail, resolve: letFail } = Promise.withResolvers<undefined>();
    const failing = here.store.run(product(), (tx) =>
      tx.once(nonce, person, async () => {
        sayClaimed(undefined);
        await mayFail;
        throw new Error('the process died here');
      }),
    );
    await claimed;
    const waiting = submit(replicas[1]!, nonce, person);
    letFail(undefined);
    await expect(failing).rejects.toThrow();
    expect((await waiting).first).toBe(true);
  });

  test('of somebody else is refused, and not answered with their result', async () => {
    const nonce = newId();
    await submit(here.store, nonce, school.person('teacher'));
    await expect(submit(here.store, nonce, school.person('it'))).rejects.toMatchObject({
      code: 'refused',
    });
  });

  test('that was taken back in its own transaction may come again', async () => {
    const nonce = newId();
    const person = school.person('teacher');
    const attempt = () =>
      here.store.run(product(), async (tx) => {
        const once = await tx.once(nonce, person, () => Promise.resolve(null));
        await tx.forgetOnce(nonce);
        return once.first;
      });
    expect([await attempt(), await attempt()]).toEqual([true, true]);
  });

  test('with nothing as its result is remembered too', async () => {
    const nonce = newId();
    const person = school.person('teacher');
    const attempt = () =>
      here.store.run(product(), (tx) => tx.once(nonce, person, () => Promise.resolve(null)));
    expect([await attempt(), await attempt()]).toEqual([
      { first: true, result: null },
      { first: false, result: null },
    ]);
  });
});

test('of a hundred who claim one case at once, one wins and the others see who', async () => {
  const opened = await openCase(here.store, school, [school.person('lead')]);
  const people = [school.person('lead'), school.person('deputy')];
  const claim = (store: PostgresStore, person: string) =>
    store.run(product(), async (tx) => {
      const found = await tx.loadCase(opened.id, { lock: true });
      const holder = found?.state.holder ?? null;
      if (holder !== null) return holder;
      const state = await tx.append({
        caseId: opened.id,
        events: [{ type: 'claimed' }],
        actor: person,
        at: someTime,
        readers: people,
        line: lineFor(opened.id, opened.reference, { holder: person }),
        cites: [],
      });
      return state.holder;
    });
  const holders = await Promise.all(
    Array.from({ length: 100 }, (_, index) => claim(replicas[index % 2]!, people[index % 2]!)),
  );
  expect(new Set(holders).size).toBe(1);
  const claims = await count(`case_event WHERE case_id = $1 AND type = 'claimed'`, [opened.id]);
  expect(claims).toBe(1);
});

test('answers are counted by revision, and their events by number, without a gap', async () => {
  const opened = await openCase(here.store, school, [school.person('lead')]);
  const lead = school.person('lead');
  const revise = (store: PostgresStore, result: 'done' | 'not-done') =>
    store.run(product(), (tx) =>
      tx.append({
        caseId: opened.id,
        events: [answered(lead, { result, reason: 'because' })],
        actor: lead,
        at: someTime,
        readers: [lead],
        line: lineFor(opened.id, opened.reference),
        cites: [],
      }),
    );
  const look = (store: PostgresStore) =>
    store.run(product(), (tx) =>
      tx.note(opened.id, { type: 'viewed', what: 'details' }, lead, someTime),
    );
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => [
      revise(replicas[index % 2]!, index % 3 === 0 ? 'done' : 'not-done'),
      look(replicas[(index + 1) % 2]!),
    ]).flat(),
  );
  const { rows } = await here.database.asOwner((client) =>
    client.query<{ seqs: number[]; revisions: number[] }>(
      `SELECT array(SELECT seq FROM case_event WHERE case_id = $1 ORDER BY 1) AS seqs,
        array(SELECT revision FROM answer WHERE case_id = $1 ORDER BY 1) AS revisions`,
      [opened.id],
    ),
  );
  expect(rows[0]?.seqs).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
  expect(rows[0]?.revisions).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});
