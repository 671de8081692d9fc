import { beforeAll, expect, test } from 'vitest';
import type { Announce } from '../../src/app/ports.ts';
import { createTestDatabase, newKeyEncryptionKey, type TestDatabase } from '../support/database.ts';
import { startTestBot, type TestBotOptions } from '../support/jobs.ts';
import { makeSchool, messageTo, minutesLater, openCase } from '../postgres/fixtures.ts';

/* The auditor and the rounds, each done once by hand; the queue is a real one. */

const keyEncryptionKey = newKeyEncryptionKey();
const later: Announce = () => Promise.resolve({ type: 'later', waitMs: 300_000 });

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

async function begin(options: Partial<TestBotOptions> = {}) {
  const beats: string[] = [];
  const bot = await startTestBot(database, {
    keyEncryptionKey,
    announce: later,
    ...options,
    rules: {
      heartbeat: () => {
        beats.push('beat');
        return Promise.resolve();
      },
      ...options.rules,
    },
  });
  const school = await makeSchool(bot.store, { school: `s${Math.random().toString(36).slice(2)}` });
  await bot.store.run({ school: school.id, as: 'product' }, (tx) => tx.school());
  const found = (outcome: string) =>
    bot.reports
      .filter((one) => one.job === 'audit' && one.outcome === outcome)
      .map(({ count }) => count);
  return { bot, school, beats, found };
}

const quiet = async () => {
  await database.asOwner(async (client) => {
    await client.query("UPDATE delivery SET state = 'dropped' WHERE state <> 'sent'");
    await client.query("UPDATE deadline SET state = 'void'");
    await client.query('UPDATE school_clock SET wake_at = NULL');
  });
};

/** As pg-boss loses a job whose time of keeping is over; and the message has waited long. */
async function loseJobOf(delivery: string, dueAt: string): Promise<void> {
  await database.asOwner(async (client) => {
    await client.query("DELETE FROM pgboss.job WHERE name = 'deliver'");
    await client.query(
      `UPDATE delivery SET state = 'due', leased_until = NULL, due_at = $2 WHERE id = $1`,
      [delivery, dueAt],
    );
  });
}

test('the heartbeat is heard while every due message has a job that is alive', async () => {
  const { bot, school, beats, found } = await begin();
  await quiet();
  const at = minutesLater(-5, new Date().toISOString());
  const { id: caseId } = await openCase(bot.store, school, [], {}, new Date().toISOString());
  const [delivery] = await bot.store.run({ school: school.id, as: 'product' }, (tx) =>
    tx.addDeliveries(caseId, [messageTo(school.person('lead'), at)], at),
  );
  await bot.workers.goRound();
  expect(beats).not.toEqual([]);
  // The look of every five seconds may be quicker than the audit: then it had nothing to find.
  let heard = 0;
  for (let tries = 0; tries < 10 && !found('forgotten').includes(1); tries++) {
    heard = beats.length;
    await loseJobOf(delivery!, at);
    await bot.workers.doRound('audit');
  }
  expect(found('forgotten')).toContain(1);
  expect(beats).toHaveLength(heard);
  expect(await bot.queue.alive([delivery!])).toEqual(new Set([delivery]));
  await quiet();
  await bot.workers.doRound('audit');
  expect(beats.length).toBeGreaterThan(heard);
});

test('a clock that nobody looks at silences the heartbeat', async () => {
  const { bot, school, beats, found } = await begin({
    onDeadline: () => Promise.reject(new Error('it always breaks')),
  });
  await quiet();
  await openCase(bot.store, school, [], {}, minutesLater(-20, new Date().toISOString()));
  await bot.workers.goRound();
  expect(beats).toEqual([]);
  expect(found('unattended').at(-1)).toBe(1);
  expect(bot.reports).toContainEqual(expect.objectContaining({ job: 'chase', outcome: 'fault' }));
  await quiet();
});

test('a round that a killed process had begun does not keep the next from beginning', async () => {
  const { bot } = await begin();
  await database.asOwner((client) =>
    client.query(
      `INSERT INTO pgboss.job (name, state, policy, started_on)
       SELECT name, 'active', policy, now() FROM pgboss.queue WHERE name = 'chase'`,
    ),
  );
  expect(await bot.queue.boss.send('chase')).not.toBeNull();
});

test('alarms are late after ten minutes, and late again after fifteen', async () => {
  const late: string[] = [];
  const { bot, school } = await begin({
    rules: {
      onLate: ({ id, school }) => {
        late.push(id);
        return bot.store
          .run({ school, as: 'product' }, (tx) => tx.markLate(id, late.length - 1))
          .then(() => undefined);
      },
    },
  });
  await quiet();
  const lead = school.person('lead');
  const write = (minutes: number) =>
    openCase(bot.store, school, [lead], {}, minutesLater(-minutes, new Date().toISOString()));
  await write(9);
  await bot.workers.doRound('chase');
  expect(late).toEqual([]);
  await quiet();
  await write(12);
  await bot.workers.doRound('chase');
  await bot.workers.doRound('chase');
  expect(late).toHaveLength(1);
  await database.asOwner((client) =>
    client.query(
      `UPDATE delivery SET created_at = created_at - interval '4 minutes' WHERE late = 1`,
    ),
  );
  await bot.workers.doRound('chase');
  await bot.workers.doRound('chase');
  expect(late).toHaveLength(2);
});
