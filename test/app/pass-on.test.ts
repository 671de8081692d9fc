import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { isEnglishBankHoliday } from '../../src/app/bank-holidays.ts';
import type { Deps } from '../../src/app/deps.ts';
import { foldsInto } from '../../src/app/fold.ts';
import { passOnFailed } from '../../src/app/pass-on.ts';
import type { Delivery } from '../../src/app/ports.ts';
import { loadPolicies } from '../../src/policies/load-policies.ts';
import {
  makeSchool,
  openCase,
  someTime,
  type TestCase,
  type TestSchool,
} from '../postgres/fixtures.ts';
import { createTestStore, type TestStore } from '../support/database.ts';

/* What becomes of a message that is given up, and of more than anybody can read. */

let here: TestStore;
let school: TestSchool;
let deps: Deps;
const policies = loadPolicies();

beforeAll(async () => {
  here = await createTestStore();
  school = await makeSchool(here.store);
  const policy = policies.latest('st-wilfrids')!;
  deps = {
    store: here.store,
    policies: { current: () => policy, pinned: () => policy },
    clock: () => new Date(someTime),
    waker: { deliveriesWaiting: () => undefined },
    random: (bytes) => randomBytes(bytes),
    newId: randomUUID,
    isBankHoliday: isEnglishBankHoliday,
  };
});

const product = () => ({ school: school.id, as: 'product' }) as const;

const toChannel = (caseId: string): Delivery => ({
  id: randomUUID(),
  school: school.id,
  caseId,
  target: { type: 'lead-channel', platform: 'slack' },
  message: { type: 'new-concern-in-channel' },
  mode: 'send',
  state: 'sending',
  attempts: 5,
  unclear: false,
  late: 0,
  dueAt: someTime,
  createdAt: someTime,
});

const written = async (type: string, caseId: string | null) => {
  const { rows } = await here.database.asOwner((client) =>
    client.query<{ person: string | null; channel: string | null }>(
      `SELECT person_id AS person, channel FROM delivery
       WHERE message->>'type' = $1 AND case_id IS NOT DISTINCT FROM $2 ORDER BY number`,
      [type, caseId],
    ),
  );
  return rows;
};

const giveUp = (delivery: Delivery) =>
  here.store.run(product(), (tx) => passOnFailed(deps, tx, delivery));

describe('a message for the channel that breaks again and again', () => {
  let opened: TestCase;

  it('goes to each of the team in their own chat, once', async () => {
    opened = await openCase(here.store, school, []);
    const delivery = toChannel(opened.id);
    await giveUp(delivery);
    await giveUp(delivery);
    expect(await written('new-concern', opened.id)).toEqual(
      ['lead', 'deputy'].map((key) => ({ person: school.person(key), channel: null })),
    );
  });

  it('sends the lead to the list when the case cannot even be read', async () => {
    await here.database.asOwner(async (client) => {
      await client.query('ALTER TABLE case_event DISABLE TRIGGER case_event_kept');
      await client.query(
        'UPDATE case_event SET body = set_byte(body, 40, 255 - get_byte(body, 40)) WHERE case_id = $1',
        [opened.id],
      );
    });
    await giveUp(toChannel(opened.id));
    expect(await written('many-waiting', null)).toEqual([
      { person: school.person('lead'), channel: null },
    ]);
  });
});

describe('more concerns than anybody can read', () => {
  it('are said together, whoever raised them: one message, and none is given up', async () => {
    const first = await openCase(here.store, school, []);
    await here.database.asOwner((client) =>
      client.query(
        `INSERT INTO delivery (id, school_id, case_id, channel, message, mode, state, due_at, created_at, settled_at)
         SELECT gen_random_uuid(), $1, $2, 'slack', '{"type":"new-concern-in-channel"}', 'send', 'sent', $3, $3, $3
         FROM generate_series(1, 30)`,
        [school.id, first.id, someTime],
      ),
    );
    for (const key of ['teacher', 'it', 'head']) {
      const { id } = await openCase(here.store, school, [], { reporter: school.person(key) });
      const found = await here.store.run(product(), (tx) => tx.loadCase(id));
      expect(await foldsInto(deps, toChannel(id), found!.state)).toBe(true);
    }
    const together = await written('many-waiting', null);
    expect(together.filter(({ channel }) => channel === 'slack')).toHaveLength(1);
  });
});
