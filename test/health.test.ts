import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { healthRouter } from '../src/health.ts';
import { createHeartbeat } from '../src/heartbeat.ts';
import { createJobCounts } from '../src/job-counts.ts';
import { createLog } from '../src/log.ts';
import { createDataHome } from '../src/postgres/data-home.ts';
import { createUpkeep } from '../src/postgres/upkeep.ts';
import {
  makeSchool,
  minutesLater,
  openCase,
  someTime,
  type TestSchool,
} from './postgres/fixtures.ts';
import { createTestStore, type TestStore } from './support/database.ts';

let here: TestStore;
let school: TestSchool;
let server: Server;
let url: string;
let now = someTime;
const platform = { answer: true };
const jobs = createJobCounts();

async function listen(app: express.Express): Promise<[Server, string]> {
  const listening = createServer(app).listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return [listening, `http://127.0.0.1:${String((listening.address() as AddressInfo).port)}`];
}

async function healthApp() {
  const { store, outbox } = here;
  const upkeep = createUpkeep(store);
  const home = createDataHome(store);
  const check = () => Promise.resolve(platform.answer);
  const clock = () => new Date(now);
  return listen(
    express().use(
      healthRouter({ store, outbox, upkeep, home, clock, jobs, platforms: { teams: check } }),
    ),
  );
}

beforeAll(async () => {
  here = await createTestStore();
  school = await makeSchool(here.store);
  [server, url] = await healthApp();
});
afterAll(() => server.close());

const readyz = async () => {
  const answer = await fetch(`${url}/readyz`);
  return { status: answer.status, state: (await answer.json()) as Record<string, string> };
};
const sql = (text: string) => here.database.asOwner((client) => client.query(text));

describe('/readyz', () => {
  it('is green when nothing waits', async () => {
    expect(await readyz()).toEqual({
      status: 200,
      state: {
        database: 'ok',
        deliveries: 'ok',
        concerns: 'ok',
        clocks: 'ok',
        restored: 'ok',
        teams: 'ok',
      },
    });
  });

  it('is red five minutes after a concern of which nobody has heard, and green once somebody has', async () => {
    await openCase(here.store, school, [school.person('lead')]);
    now = minutesLater(4);
    expect((await readyz()).status).toBe(200);
    now = minutesLater(6);
    expect(await readyz()).toMatchObject({
      status: 503,
      state: { deliveries: 'late', concerns: 'not-told' },
    });
    await sql(`UPDATE delivery SET state = 'failed'`);
    expect(await readyz()).toMatchObject({
      status: 503,
      state: { deliveries: 'ok', concerns: 'not-told' },
    });
    await sql(`UPDATE delivery SET state = 'sent'`);
    expect((await readyz()).status).toBe(200);
  });

  it('is red when a clock has waited for five minutes', async () => {
    now = minutesLater(14);
    expect((await readyz()).status).toBe(200);
    now = minutesLater(16);
    expect(await readyz()).toMatchObject({ status: 503, state: { clocks: 'stopped' } });
    await sql(`UPDATE deadline SET state = 'met'`);
  });

  it('is red when a platform refuses the bot, and asks it no more than twice a minute', async () => {
    platform.answer = false;
    expect((await readyz()).status).toBe(200);
    const [again, other] = await healthApp();
    const answer = await fetch(`${other}/readyz`);
    expect([answer.status, await answer.json()]).toMatchObject([503, { teams: 'refused' }]);
    again.close();
  });
});

describe('/metrics', () => {
  it('has numbers, and no word of any school or person', async () => {
    jobs.count({ job: 'deliver', outcome: 'sent', id: school.person('lead') });
    jobs.count({ job: 'deliver', outcome: 'sent' });
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toContain('concern_jobs_total{job="deliver",outcome="sent"} 2');
    expect(text).toMatch(/^concern_delivery_oldest_seconds \d+$/m);
    expect(text).not.toContain(school.person('lead'));
    expect(text.toLowerCase()).not.toMatch(/hillside|name-/);
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) .*|concern_\w+(\{[\w=",-]+\})? \d+)$/);
  });
});

describe('the heartbeat', () => {
  it('calls the watch outside, follows no redirect, and never throws', async () => {
    const heard: string[] = [];
    const logged: string[] = [];
    const app = express();
    app.get('/beat', (request, response) => {
      heard.push(request.path);
      response.end();
    });
    app.get('/moved', (_request, response) => response.redirect('/beat'));
    const [watch, base] = await listen(app);
    const log = createLog('info', (line) => logged.push(line));
    for (const path of ['/beat', '/moved', '/gone']) await createHeartbeat(`${base}${path}`, log)();
    await createHeartbeat(null, log)();
    watch.close();
    await createHeartbeat('http://127.0.0.1:9/', log)();
    expect(heard).toEqual(['/beat']);
    expect(logged).toHaveLength(3);
    expect(logged.join()).not.toContain(base);
  });
});

describe('the settings', () => {
  const production = {
    DATABASE_URL: 'postgres://here',
    KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    SLACK_BOT_TOKEN: 'xoxb-1',
    SLACK_SIGNING_SECRET: 'secret',
  };
  const problems = (env: Record<string, string>) => {
    const read = readConfig({ ...production, ...env });
    return read.ok ? [] : read.problems;
  };

  it('take e-mail whole or not at all, and addresses of the right kind', () => {
    const mail = {
      SMTP_URL: 'smtps://user:word@mail.school.example',
      MAIL_FROM: 'c@school.example',
    };
    expect(problems(mail)).toEqual([]);
    expect(problems({ SMTP_URL: mail.SMTP_URL })).toEqual([
      'E-mail is set up in part: SMTP_URL and MAIL_FROM go together.',
    ]);
    expect(problems({ ...mail, SMTP_URL: 'https://mail.school.example' })).toEqual([
      'SMTP_URL must begin with smtp:// or smtps://.',
    ]);
    expect(problems({ HEARTBEAT_URL: 'file:///etc/passwd' })).toEqual([
      'HEARTBEAT_URL must be a web address.',
    ]);
  });
});
