import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPractice, type RunningPractice } from './support/start-practice.ts';

let running: RunningPractice;
beforeAll(async () => {
  running = await startPractice();
});
afterAll(() => running.stop());

test('the page takes everything from here and lets nothing in or out', async () => {
  const page = await fetch(running.url);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(await page.text()).not.toMatch(/https?:|<style|onclick/);
});

test('the client is bundled when it is asked for, with its styles', async () => {
  const [script, style] = await Promise.all(
    ['app.js', 'app.css'].map(async (name) =>
      (await fetch(`${running.url}/practice/${name}`)).text(),
    ),
  );
  expect(script).toContain('Nothing here is real');
  expect(style).toContain('.practice-mark');
});

test('the directory offers a stranger and a guest in every school, and no ids of Entra', async () => {
  const response = await fetch(`${running.url}/practice/api/directory`);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({
    guide: { left: 'hillside.amy-lowe', right: 'hillside.priya-nair' },
    schools: [
      {
        id: 'hillside',
        people: expect.arrayContaining([
          expect.objectContaining({ key: 'hillside.stranger' }),
        ]) as unknown,
      },
      {
        id: 'fernbrook',
        people: expect.arrayContaining([
          expect.objectContaining({ key: 'fernbrook.guest' }),
        ]) as unknown,
      },
    ],
  });
  expect(text).not.toContain('22222222');
});
