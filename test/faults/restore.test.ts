import { beforeAll, expect, test } from 'vitest';
import { copyDatabase } from '../support/database.ts';
import { databaseCommand } from '../support/database-command.ts';
import type { Match } from '../support/fake-teams-faults.ts';
import { isShown, pause, raise, shownTimes, until } from './support/acts.ts';
import { check } from './support/check.ts';
import { injected, openSite, type Node, type Site } from './support/site.ts';

/* Yesterday's copy of the database is put back: what was sent since is not sent again as if it were new. R30. */

let site: Site;
let node: Node;

beforeAll(async () => {
  const opened = await openSite(1);
  site = opened.site;
  [node] = opened.nodes as [Node];
});

const posts: Match = ({ method, path }) => method === 'POST' && path.endsWith('/v3/conversations');

async function readiness(): Promise<{ status: number; restored: string }> {
  const answer = await fetch(`http://127.0.0.1:${String(node.port)}/readyz`);
  const { restored } = (await answer.json()) as { restored: string };
  return { status: answer.status, restored };
}

const operate = (command: string) =>
  databaseCommand(
    { ownerUrl: site.place.ownerUrl, keyEncryptionKey: site.keyEncryptionKey },
    command,
  );

/** In whose own chats something stands. */
function chatsWith(words: string): string[] {
  return site
    .shown()
    .filter(({ kind, texts }) => kind === 'direct' && texts.some((text) => text.includes(words)))
    .map(({ name }) => name);
}

test('what waited in the copy is held back until somebody decides, and then says that it may be there twice', async () => {
  await until(async () => (await site.sql('SELECT FROM data_home')).length === 1);
  const before = await raise(site, 'amy.lowe');
  await until(() => isShown(site, before));
  // One is on its way when the copy is made, and arrives after.
  site.teams.faults.connector.next(
    { type: 'status', status: 429, headers: { 'retry-after': '20' } },
    1,
    posts,
  );
  const onItsWay = await raise(site, 'joe.birch');
  await until(async () => {
    const waits = await site.sql(
      `SELECT FROM delivery WHERE why = 'later' AND message->>'type' = 'new-concern-in-channel'`,
    );
    return waits.length === 1;
  });
  const putBack = await copyDatabase(site.place);
  await until(() => isShown(site, onItsWay), 90_000);
  const since = await raise(site, 'ana.reyes');
  await until(() => isShown(site, since));

  node.term();
  await node.ended;
  await putBack();
  await site.sql(`UPDATE data_home SET alive_at = alive_at - interval '1 day'`);
  injected('R30');
  // What was raised since is gone with what was put back; nobody could know it here.
  site.told.splice(
    site.told.findIndex(({ reference }) => reference === since),
    1,
  );
  node = await site.start();
  site.serve(node);

  await until(async () => (await readiness()).restored === 'held');
  expect((await readiness()).status).toBe(503);
  const told = ['Priya Nair', 'Tom Hale', 'Ewa Zielinska'];
  await until(() => told.every((name) => chatsWith('Some records may be missing').includes(name)));
  const after = await raise(site, 'bo.lind');
  await until(() => isShown(site, after));
  await pause(6000);
  expect([before, onItsWay].map((reference) => shownTimes(site, reference))).toEqual([1, 1]);

  expect(operate('check')).toMatchObject({
    status: 1,
    says: expect.stringContaining('messages are held back') as string,
  });
  expect(operate('send').status).toBe(0);
  await until(() => shownTimes(site, onItsWay) === 2);
  await until(async () => (await readiness()).restored === 'ok');
  expect(operate('check').status).toBe(0);
  expect(shownTimes(site, before)).toBe(1);
  const { broken, lost, found, acknowledged } = await check(site);
  expect(broken).toEqual([]);
  expect({ lost, found }).toEqual({ lost: 0, found: acknowledged });
}, 300_000);
