import { beforeAll, describe, expect, test } from 'vitest';
import { createTestStore, newId, type TestStore } from '../support/database.ts';
import {
  answered,
  lineFor,
  makeSchool,
  openCase,
  someTime,
  minutesLater,
  type TestSchool,
} from './fixtures.ts';

let here: TestStore;
let school: TestSchool;

beforeAll(async () => {
  here = await createTestStore();
  school = await makeSchool(here.store);
});

const product = () => ({ school: school.id, as: 'product' }) as const;
const as = (key: string) =>
  ({ school: school.id, as: 'person', person: school.person(key) }) as const;

describe('a case', () => {
  test('is read back as it was written', async () => {
    const readers = [school.person('lead')];
    const opened = await openCase(here.store, school, readers);
    const lead = school.person('lead');
    const appended = await here.store.run(as('lead'), async (tx) => {
      await tx.loadCase(opened.id, { lock: true });
      return tx.append({
        caseId: opened.id,
        events: [{ type: 'claimed' }, answered(lead, { record: { who: 'CANARY-name' } })],
        actor: lead,
        at: '2026-11-02T10:42:00+00:00',
        readers,
        line: lineFor(opened.id, opened.reference, { state: 'active', holder: lead }),
        cites: ['', 'st-wilfrids L523'],
      });
    });
    const found = await here.store.run(as('lead'), (tx) => tx.loadCase(opened.id));
    expect(found?.state).toEqual(appended);
    expect(found?.state.holder).toBe(lead);
    expect(found?.state.version).toBe(3);
    expect(found?.events.map(({ seq, event }) => [seq, event.type])).toEqual([
      [1, 'concern-raised'],
      [2, 'claimed'],
      [3, 'answered'],
    ]);
  });

  test('is found by its reference, and only by its readers', async () => {
    const opened = await openCase(here.store, school, [school.person('lead')]);
    const find = (key: string) =>
      here.store.run(as(key), (tx) => tx.caseByReference(opened.reference));
    expect(await find('lead')).toBe(opened.id);
    expect(await find('deputy')).toBeNull();
  });

  test('keeps a reading without moving', async () => {
    const opened = await openCase(here.store, school, [school.person('lead')]);
    await here.store.run(as('lead'), async (tx) => {
      await tx.note(
        opened.id,
        { type: 'viewed', what: 'details' },
        school.person('lead'),
        someTime,
      );
      const concerns = await tx.concernsOf(opened.id);
      expect(concerns[0]?.words['who']).toBe('CANARY-child');
      expect(concerns[0]?.reporter).toBe(school.person('teacher'));
    });
    const found = await here.store.run(product(), (tx) => tx.loadCase(opened.id));
    expect(found?.events.at(-1)?.event.type).toBe('viewed');
    expect(found?.state.version).toBe(1);
  });

  test('cannot be moved by a note', async () => {
    const opened = await openCase(here.store, school, [school.person('lead')]);
    const noting = here.store.run(product(), (tx) =>
      tx.note(opened.id, { type: 'claimed' }, school.person('lead'), someTime),
    );
    await expect(noting).rejects.toThrow('must not move');
  });

  test('gives its readers a line and nobody else', async () => {
    const opened = await openCase(here.store, school, [school.person('deputy')]);
    const lines = (key: string) => here.store.run(as(key), (tx) => tx.caseLines({ open: true }));
    expect((await lines('deputy')).map(({ id }) => id)).toContain(opened.id);
    expect((await lines('teacher')).map(({ id }) => id)).toEqual([]);
  });
});

describe('a reporter', () => {
  test('sees their own receipts and nobody else’s', async () => {
    const opened = await openCase(here.store, school, [school.person('lead')]);
    await here.store.run(as('lead'), (tx) =>
      tx.markReceipts(opened.id, { seenAt: minutesLater(12), closedAt: null }),
    );
    const teacher = school.person('teacher');
    const mine = await here.store.run(as('teacher'), (tx) => tx.receiptsOf(teacher));
    expect(mine.find(({ reference }) => reference === opened.reference)?.seenAt).toBe(
      minutesLater(12),
    );
    const others = await here.store.run(as('lead'), (tx) => tx.receiptsOf(teacher));
    expect(others).toEqual([]);
  });
});

describe('a draft', () => {
  test('is its author’s, and can be replaced and thrown away', async () => {
    const id = newId();
    const person = school.person('teacher');
    const draft = { id, person, content: { words: 'CANARY-draft' }, updatedAt: someTime };
    await here.store.run(as('teacher'), (tx) => tx.saveDraft(draft));
    await here.store.run(as('teacher'), (tx) =>
      tx.saveDraft({ ...draft, content: { words: 'b' } }),
    );
    const latest = await here.store.run(as('teacher'), (tx) => tx.latestDraft(person));
    expect(latest?.content).toEqual({ words: 'b' });
    expect(await here.store.run(as('lead'), (tx) => tx.loadDraft(id, person))).toBeNull();
    await here.store.run(as('teacher'), (tx) => tx.dropDraft(id, person));
    expect(await here.store.run(as('teacher'), (tx) => tx.latestDraft(person))).toBeNull();
  });
});

describe('a handle', () => {
  test('is found without a scope until it expires', async () => {
    const handle = 'h'.repeat(32);
    const kept = {
      handle,
      person: school.person('lead'),
      action: { type: 'open', case: 'x' },
      caseId: null,
      caseVersion: 4,
      expiresAt: minutesLater(60),
    };
    await here.store.run(product(), (tx) => tx.saveHandles([kept]));
    expect(await here.store.findHandle(handle, someTime)).toEqual({ ...kept, school: school.id });
    expect(await here.store.findHandle(handle, minutesLater(60))).toBeNull();
    expect(await here.store.findHandle('unknown', someTime)).toBeNull();
  });
});

describe('a clock', () => {
  test('keeps its stage when it is computed anew, and advances once', async () => {
    const opened = await openCase(here.store, school, [school.person('lead')]);
    const read = async () => {
      const rows = await here.database.asOwner((client) =>
        client.query('SELECT id, stage, state, wake_at FROM deadline WHERE case_id = $1', [
          opened.id,
        ]),
      );
      return rows.rows[0] as { id: string; stage: number; state: string; wake_at: Date };
    };
    const { id } = await read();
    const next = { stage: 1, wakeAt: minutesLater(20) };
    const advance = () =>
      here.store.run(product(), (tx) => tx.advanceDeadline({ id, stage: 0 }, next));
    expect(await advance()).toBe(true);
    expect(await advance()).toBe(false);
    const replace = (deadlines: { what: string; dueAt: string }[]) =>
      here.store.run(product(), (tx) => tx.replaceDeadlines(opened.id, deadlines));
    await replace([{ what: 'acknowledge', dueAt: minutesLater(10) }]);
    expect(await read()).toMatchObject({ stage: 1, wake_at: new Date(minutesLater(20)) });
    await replace([]);
    expect(await read()).toMatchObject({ stage: 1, state: 'void' });
  });
});

test('the same request is seen for the first time once', async () => {
  const other = here.another();
  const digest = 'ab'.repeat(32);
  const seen = await Promise.all(
    [here.store, other, here.store, other].map((store) =>
      store.firstSight(digest, minutesLater(5)),
    ),
  );
  expect(seen.filter(Boolean)).toHaveLength(1);
});
