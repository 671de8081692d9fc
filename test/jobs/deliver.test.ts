import { TestClock } from 'pg-boss';
import { expect, test, vi } from 'vitest';
import type { Announce } from '../../src/app/ports.ts';
import { rounds } from '../../src/jobs/queues.ts';
import { createTestDatabase, newId, newKeyEncryptionKey } from '../support/database.ts';
import { startTestBot, type TestBot, type TestBotOptions } from '../support/jobs.ts';
import { intake, makeSchool, messageTo, openCase, raised } from '../postgres/fixtures.ts';

const keyEncryptionKey = newKeyEncryptionKey();
const accepted: Announce = () =>
  Promise.resolve({ type: 'sent', platform: 'slack', name: { ts: '1' }, drawnVersion: 1 });

async function begin(options: Partial<TestBotOptions> = {}) {
  const database = await createTestDatabase();
  const bot = await startTestBot(database, { keyEncryptionKey, announce: accepted, ...options });
  const school = await makeSchool(bot.store);
  const raise = (...keys: string[]) =>
    openCase(bot.store, school, keys.map(school.person), {}, new Date().toISOString());
  return { database, bot, school, raise };
}

const soon = { timeout: 60_000, interval: 50 };
const outcomes = (bot: TestBot) => bot.reports.map(({ outcome }) => outcome);

test('a message goes out at once, by itself, once', async () => {
  const { bot, raise } = await begin();
  await raise('lead', 'deputy');
  await vi.waitFor(() => expect(outcomes(bot).filter((is) => is === 'sent')).toHaveLength(2), soon);
  expect(new Set(bot.tried.map(({ id }) => id)).size).toBe(2);
  expect(bot.tried).toHaveLength(2);
});

test('a message does not exist when its transaction did not happen', async () => {
  const { bot, school, raise } = await begin();
  const failing = bot.store.run({ school: school.id, as: 'product' }, async (tx) => {
    await intake(tx, newId(), raised(school.person('teacher')), [school.person('lead')]);
    throw new Error('the process died here');
  });
  await expect(failing).rejects.toThrow('died here');
  const { id } = await raise('lead');
  await vi.waitFor(() => expect(outcomes(bot)).toContain('sent'), soon);
  expect(bot.tried.map(({ caseId }) => caseId)).toEqual([id]);
});

test('a message that breaks is tried again, while the others go out', async () => {
  let deputy = '';
  const { bot, school, raise } = await begin({
    announce: (delivery) => {
      if (delivery.attempts === 1 && JSON.stringify(delivery.target).includes(deputy))
        throw new TypeError('CANARY-secret');
      return accepted(delivery);
    },
  });
  deputy = school.person('deputy');
  await raise('deputy', 'lead');
  await vi.waitFor(
    () => expect(outcomes(bot)).toEqual(expect.arrayContaining(['sent', 'fault'])),
    soon,
  );
  await vi.waitFor(() => expect(outcomes(bot).filter((is) => is === 'sent')).toHaveLength(2), soon);
  expect(JSON.stringify(bot.reports)).not.toContain('CANARY');
});

test('messages to one person about one case keep their order', async () => {
  const { bot, school, raise } = await begin();
  const { id: caseId } = await raise();
  const at = new Date().toISOString();
  const six = Array.from({ length: 6 }, () => messageTo(school.person('lead'), at));
  const ids = await bot.store.run({ school: school.id, as: 'product' }, (tx) =>
    tx.addDeliveries(caseId, six, at),
  );
  await vi.waitFor(() => expect(outcomes(bot).filter((is) => is === 'sent')).toHaveLength(6), soon);
  expect(bot.tried.map(({ id }) => id)).toEqual(ids);
});

test('what a killed process was sending is found by the next one', async () => {
  const { database, bot, raise } = await begin();
  await raise('lead');
  await vi.waitFor(() => expect(outcomes(bot)).toContain('sent'), soon);
  // As after kill -9: the row is leased, the lease has run out, and there is no job any more.
  await database.asOwner(async (client) => {
    await client.query('DELETE FROM posted_message');
    await client.query(
      `UPDATE delivery SET state = 'sending', leased_until = now() - interval '1 minute'`,
    );
    await client.query("DELETE FROM pgboss.job WHERE name = 'deliver'");
  });
  const next = await startTestBot(database, { keyEncryptionKey, announce: accepted });
  await vi.waitFor(() => expect([...bot.tried, ...next.tried]).toHaveLength(2), soon);
});

test('stopping lets a message that is being sent finish', async () => {
  let finished = false;
  const { database, bot, raise } = await begin({
    announce: async (delivery) => {
      await new Promise((wake) => setTimeout(wake, 1000));
      finished = true;
      return accepted(delivery);
    },
  });
  await raise('lead');
  await vi.waitFor(() => expect(bot.tried).toHaveLength(1), soon);
  await bot.workers.stop();
  expect(finished).toBe(true);
  expect(bot.troubles).toEqual([]);
  const { rows } = await database.asOwner((client) => client.query('SELECT state FROM delivery'));
  expect(rows).toEqual([{ state: 'sent' }]);
});

test('a clock is chased when its time has come, and not before', async () => {
  const clock = new TestClock('2026-11-02T10:30:10.000Z');
  const { bot, school } = await begin({ clock });
  const opened = await openCase(bot.store, school, [school.person('lead')]);
  for (let minute = 0; minute < 8; minute += 1) await clock.tick(60_000);
  expect(bot.chased).toEqual([]);
  for (let minute = 0; minute < 4; minute += 1) await clock.tick(60_000);
  await vi.waitFor(() => expect(bot.chased.length).toBeGreaterThan(0), soon);
  expect(bot.chased[0]).toMatchObject({ caseId: opened.id, what: 'acknowledge', stage: 0 });
});

test('the application’s own login may do all that the queue does by itself', async () => {
  const { bot } = await begin();
  await bot.queue.boss.supervise();
  // Its scheduler and its monitor begin their rounds at once.
  await new Promise((wake) => setTimeout(wake, 2500));
  expect(bot.troubles).toEqual([]);
  const schedules = await bot.queue.boss.getSchedules();
  expect(schedules.map(({ name }) => name).sort()).toEqual(Object.keys(rounds).sort());
});
