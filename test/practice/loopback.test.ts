import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPractice, type PracticeOptions } from '../../src/practice/practice.ts';
import { directory } from './support/directory.ts';
import { startPractice, type RunningPractice } from './support/start-practice.ts';

const options: PracticeOptions = {
  mode: 'practice',
  botUrl: 'http://127.0.0.1:1/api/messages',
  connectorUrl: 'http://127.0.0.1:1/practice/connector',
  directory,
  log: { info: () => undefined, warn: () => undefined },
};

describe('the practice workspace', () => {
  test('cannot be made in production mode', () => {
    expect(() => createPractice({ ...options, mode: 'production' })).toThrow(/production/);
  });

  test.each(['http://bot.example/api/messages', 'http://127.0.0.1.example/', 'not an address'])(
    'does not talk to another machine: %s',
    (botUrl) => {
      expect(() => createPractice({ ...options, botUrl })).toThrow(/this machine only/);
    },
  );
});

describe('only this machine is answered', () => {
  let running: RunningPractice;
  beforeAll(async () => {
    running = await startPractice();
  });
  afterAll(() => running.stop());

  test.each([
    '/',
    '/practice/api/directory',
    '/practice/connector/v3/teams/x',
    '/practice/files/x',
  ])('a page that made its own name point here is refused at %s', async (path) => {
    expect(await statusOf(path, { host: 'evil.example' })).toBe(403);
  });

  test('a script of another site is refused', async () => {
    const headers = { origin: 'https://evil.example' };
    expect(await statusOf('/practice/api/directory', headers)).toBe(403);
  });

  test('the page itself is answered, by name and by number', async () => {
    const { port } = new URL(running.url);
    expect(await statusOf('/', { host: `localhost:${port}` })).toBe(200);
    expect(await statusOf('/', { host: `127.0.0.1:${port}`, origin: running.url })).toBe(200);
  });

  function statusOf(path: string, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request(`${running.url}${path}`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.on('error', reject).end();
    });
  }
});
