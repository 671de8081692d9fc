import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  calm,
  fillIn,
  isShown,
  pause,
  raise,
  send,
  sendUntilSaved,
  until,
} from './support/acts.ts';
import { check } from './support/check.ts';
import { startServer, type Server } from './support/server.ts';
import { injected, openSite, type Node, type Site } from './support/site.ts';

/* The database is stopped, frozen, cut off, restarted under load and has no room left. R4, R5, R6, R7. */

let server: Server;
let site: Site;
let node: Node;

beforeAll(async () => {
  server = await startServer();
  const opened = await openSite(1, { place: server.place });
  site = opened.site;
  [node] = opened.nodes as [Node];
});
afterAll(() => server.remove());

const notSaved = /not saved|cannot say whether/i;
const ready = async () => (await fetch(`http://127.0.0.1:${String(node.port)}/readyz`)).status;
/** What a person waits at most: Slack closes its dialog after three seconds, Teams after ten. */
const budgetMs = 9_000;

describe('the database is stopped', () => {
  test('the form says at once that it was not saved, and whom to ring; sent again it is one', async () => {
    const form = await fillIn(site, 'amy.lowe');
    await server.crash();
    injected('R4');
    const begun = Date.now();
    const read = await send(form);
    expect(Date.now() - begun).toBeLessThan(budgetMs);
    expect(read).toMatch(notSaved);
    expect(form.told.reference).toBeNull();
    expect(await ready()).toBe(503);
    await server.start();
    await sendUntilSaved(form);
    await until(async () => (await ready()) === 200, 20_000);
  });
});

describe('the database stands still', () => {
  test('the form hears in time that it was not saved, and nothing is saved behind its back', async () => {
    const form = await fillIn(site, 'joe.birch');
    const thaw = server.freeze();
    injected('R5');
    const begun = Date.now();
    const read = await send(form);
    const took = Date.now() - begun;
    thaw();
    expect(took).toBeLessThan(budgetMs);
    expect(read).toMatch(notSaved);
    await sendUntilSaved(form);
  });

  test.each([
    ['the connections are there and nothing moves on them', 'forget'],
    ['the connections break all at once', 'cut'],
  ] as const)('%s: it is well again without a restart', async (_name, how) => {
    const form = await fillIn(site, 'ana.reyes');
    node.proxy[how]();
    injected('R5');
    await send(form);
    await sendUntilSaved(form);
    expect(node.isRunning()).toBe(true);
  });
});

describe('the database is restarted again and again under load', () => {
  test('nothing that was said to be saved is lost, and all is well again afterwards', async () => {
    let going = true;
    const busy = ['amy.lowe', 'joe.birch'].map(async (key) => {
      while (going) {
        const form = await fillIn(site, key).catch(() => null);
        if (form === null) site.person(key).close();
        else await sendUntilSaved(form, 120_000);
      }
    });
    for (let round = 0; round < 3; round += 1) {
      await pause(4000);
      await server.crash();
      injected('R6');
      await server.start();
    }
    await pause(2000);
    going = false;
    await Promise.all(busy);
    await until(async () => (await ready()) === 200, 20_000);
    expect(node.isRunning()).toBe(true);
    expect(node.log.join('\n')).not.toContain('unexpected fault');
  });
});

describe('the disk is full', () => {
  /** What is set aside already takes a few concerns more. */
  async function isRefused(): Promise<boolean> {
    for (let tries = 0; tries < 60; tries += 1) {
      const form = await fillIn(site, 'amy.lowe').catch(() => null);
      if (form === null) {
        site.person('amy.lowe').close();
        return true;
      }
      const read = await send(form);
      form.person.close();
      if (form.told.reference === null) return notSaved.test(read);
    }
    return false;
  }

  test('new concerns are refused with the same words, and it recovers when there is room', async (context) => {
    if (server.fill === null) return context.skip('only somebody who may mount a small disk');
    const filled = server.fill();
    injected('R7');
    expect(await isRefused()).toBe(true);
    filled.free();
    // A server that could not write its log starts itself anew.
    await until(
      () =>
        server.start().then(
          () => true,
          () => true,
        ),
      30_000,
    );
    await calm(site);
    const other = await raise(site, 'joe.birch');
    await until(() => isShown(site, other), 90_000);
    expect(node.isRunning()).toBe(true);
  });
});

test('nothing was lost, and nothing is there twice (INV-1 to INV-5)', async () => {
  const { broken, lost, found, acknowledged } = await check(site, 150_000);
  expect(broken).toEqual([]);
  expect({ lost, found }).toEqual({ lost: 0, found: acknowledged });
}, 200_000);
