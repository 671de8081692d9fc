import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Announced, Delivery } from '../../src/app/ports.ts';
import { createTestStore, type TestStore } from '../support/database.ts';
import {
  lineFor,
  makeSchool,
  messageTo,
  minutesLater,
  openCase,
  someTime,
  type TestCase,
  type TestSchool,
} from './fixtures.ts';

let here: TestStore;
let school: TestSchool;
let opened: TestCase;
let lead: string;

const product = () => ({ school: school.id, as: 'product' }) as const;
const sent: Announced = {
  type: 'sent',
  platform: 'slack',
  name: { channel: 'D1', ts: 'CANARY-ts' },
  drawnVersion: 1,
};

beforeAll(async () => {
  here = await createTestStore();
});

beforeEach(async () => {
  const name = `s${Math.random().toString(36).slice(2)}`;
  school = await makeSchool(here.store, { school: name });
  lead = school.person('lead');
  opened = await openCase(here.store, school, [lead]);
});

async function dueHere(now: string): Promise<string[]> {
  const all = await here.outbox.due(now, 1000);
  const ours = await here.database.asOwner((client) =>
    client.query<{ id: string }>(
      'SELECT id FROM delivery WHERE school_id = $1 AND id = ANY ($2) ORDER BY number',
      [school.id, all],
    ),
  );
  return ours.rows.map(({ id }) => id);
}

async function leaseFirst(now = someTime): Promise<Delivery> {
  const [id] = await dueHere(now);
  const lease = await here.outbox.lease(id!, now, minutesLater(0.5, now));
  return lease!;
}

const settle = (
  lease: Delivery,
  announced: Announced | { type: 'fault'; code: string },
  now = someTime,
) => here.outbox.settle(lease, announced, now, minutesLater(1, now));

const events = async () => {
  const found = await here.store.run(product(), (tx) => tx.loadCase(opened.id));
  return found!.events.map(({ event }) => event);
};

const another = (message = messageTo(lead)) =>
  here.store.run(product(), (tx) => tx.addDeliveries(opened.id, [message], someTime));

describe('a lease', () => {
  test('is had by one of many who try at once', async () => {
    const [id] = await dueHere(someTime);
    const other = here.another();
    const { createOutbox } = await import('../../src/postgres/outbox.ts');
    const outboxes = [here.outbox, createOutbox(other, () => Promise.resolve())];
    const tries = Array.from({ length: 20 }, (_, index) =>
      outboxes[index % 2]!.lease(id!, someTime, minutesLater(0.5)),
    );
    const leases = (await Promise.all(tries)).filter((lease) => lease !== null);
    expect(leases).toHaveLength(1);
    expect(leases[0]).toMatchObject({ state: 'sending', attempts: 1, caseId: opened.id });
  });

  test('that runs out is taken over, and the late finisher is refused', async () => {
    const late = await leaseFirst();
    expect(await dueHere(minutesLater(0.25))).toEqual([]);
    const next = await leaseFirst(minutesLater(1));
    expect(next.id).toBe(late.id);
    expect(await settle(late, sent, minutesLater(1))).toBe(false);
    expect(await settle(next, sent, minutesLater(1))).toBe(true);
    expect((await events()).filter(({ type }) => type === 'reached')).toHaveLength(1);
  });

  test('is not given before something older to the same person about the same case', async () => {
    const [second] = await another();
    const first = await leaseFirst();
    expect(first.id).not.toBe(second);
    expect(await here.outbox.lease(second!, someTime, minutesLater(1))).toBeNull();
    await settle(first, { type: 'later', waitMs: 60_000 });
    expect(await dueHere(someTime)).toEqual([]);
    await settle(await leaseFirst(minutesLater(1)), sent, minutesLater(1));
    expect(await dueHere(minutesLater(1))).toEqual([second]);
  });

  test('does not wait for another case or another person', async () => {
    const other = await openCase(here.store, school, [lead, school.person('deputy')]);
    await settle(await leaseFirst(), { type: 'later', waitMs: 60_000 });
    const found = await here.database.asOwner((client) =>
      client.query('SELECT id FROM delivery WHERE case_id = $1', [other.id]),
    );
    expect(await dueHere(someTime)).toHaveLength(found.rowCount!);
  });
});

describe('a sent message', () => {
  test('is in the chronology and can be redrawn', async () => {
    await settle(await leaseFirst(), sent);
    expect(await events()).toContainEqual({
      type: 'reached',
      person: lead,
      message: 'new-concern',
      route: 'slack',
      again: false,
    });
    const posted = await here.store.run(product(), (tx) => tx.postedFor({ caseId: opened.id }));
    expect(posted).toMatchObject([
      {
        target: { type: 'person', person: lead },
        platform: 'slack',
        name: { ts: 'CANARY-ts' },
        again: false,
      },
    ]);
  });

  test('is drawn again when the case moved while it was being sent', async () => {
    const lease = await leaseFirst();
    await here.store.run(product(), (tx) =>
      tx.append({
        caseId: opened.id,
        events: [{ type: 'claimed' }],
        actor: lead,
        at: someTime,
        readers: [lead],
        line: lineFor(opened.id, opened.reference),
        cites: [],
      }),
    );
    await settle(lease, sent);
    const redraw = await leaseFirst();
    expect(redraw).toMatchObject({ mode: 'update', message: { type: 'new-concern' } });
    await settle(redraw, { ...sent, name: { channel: 'D1', ts: 'new' }, drawnVersion: 2 });
    const posted = await here.store.run(product(), (tx) => tx.postedFor({ caseId: opened.id }));
    expect(posted.map(({ name }) => name['ts'])).toEqual(['new']);
    expect(await dueHere(minutesLater(60))).toEqual([]);
    expect((await events()).filter(({ type }) => type === 'reached')).toHaveLength(1);
  });
});

describe('a message that did not go', () => {
  test('is sent again, and says so, after an unclear answer', async () => {
    await settle(await leaseFirst(), { type: 'unclear' });
    const again = await leaseFirst(minutesLater(1));
    expect(again).toMatchObject({ unclear: true, attempts: 2 });
    await settle(again, sent, minutesLater(1));
    expect(await events()).toContainEqual(
      expect.objectContaining({ type: 'reached', again: true }),
    );
    const posted = await here.store.run(product(), (tx) => tx.postedFor({ caseId: opened.id }));
    expect(posted).toMatchObject([{ again: true }]);
  });

  test('is never tried again when it failed for good, and the chronology says why', async () => {
    await settle(await leaseFirst(), { type: 'failed', why: 'not-installed' });
    expect(await dueHere(minutesLater(600))).toEqual([]);
    expect(await events()).toContainEqual(
      expect.objectContaining({ type: 'not-reached', person: lead, why: 'not-installed' }),
    );
  });

  test('is given up after breaking five times, and no sooner', async () => {
    for (let round = 0; round < 5; round += 1) {
      const now = minutesLater(round * 10);
      await settle(await leaseFirst(now), { type: 'fault', code: 'TypeError' }, now);
    }
    expect(await dueHere(minutesLater(600))).toEqual([]);
    expect(await events()).toContainEqual(
      expect.objectContaining({ type: 'not-reached', why: 'TypeError' }),
    );
  });
});

test('how long the oldest has waited is known until it is settled', async () => {
  const before = await here.outbox.waitingSince(minutesLater(5));
  expect(before).toBe(someTime);
});
