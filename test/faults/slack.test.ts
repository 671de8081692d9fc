import { beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../support/fake-slack-faults.ts';
import {
  fillIn,
  isShown,
  pause,
  raise,
  send,
  sendUntilSaved,
  shownTimes,
  until,
} from './support/acts.ts';
import { check } from './support/check.ts';
import type { FaultId } from './support/matrix.ts';
import { injected, openSite, type Node, type Site } from './support/site.ts';

/* Slack answers a message with everything that it may answer with, and in the end takes the bot no more. R8, R9, R10, R28. */

let site: Site;
let node: Node;
/** What each fault was for, and how often its message may be in the channel. */
const met: { what: string; reference: string; most: number }[] = [];

beforeAll(async () => {
  const opened = await openSite(1, { platform: 'slack' });
  site = opened.site;
  [node] = opened.nodes as [Node];
});

let turn = 0;
const staff = ['amy.lowe', 'joe.birch', 'ana.reyes', 'bo.lind'];
const someone = () => staff[turn++ % staff.length] ?? 'amy.lowe';

/** The next post meets it: to the lead's channel, or the receipt, whichever goes first. */
async function raiseInto(what: string, most: number, ...faults: Fault[]): Promise<string> {
  const form = await fillIn(site, someone());
  site.slack.faults.next('chat.postMessage', ...faults);
  await send(form);
  await sendUntilSaved(form);
  const reference = form.told.reference ?? '';
  met.push({ what, reference, most });
  return reference;
}

/** What waits for its next try waits no longer. */
async function hurry(): Promise<void> {
  await site.sql(`UPDATE delivery SET due_at = now() WHERE state = 'due' AND attempts > 0`);
  await site.sql(`UPDATE pgboss.job SET start_after = now() WHERE state < 'active'`);
}

describe('Slack answers', () => {
  const passing: [string, FaultId, Fault, most: number][] = [
    ['429, two seconds', 'R8', { type: 'rate-limits', retryAfter: '2' }, 1],
    ['429, no time', 'R8', { type: 'rate-limits', retryAfter: null }, 1],
    ['429, nonsense', 'R8', { type: 'rate-limits', retryAfter: 'soon' }, 1],
    ['429, a negative time', 'R8', { type: 'rate-limits', retryAfter: '-5' }, 1],
    ['500', 'R9', { type: 'status', status: 500 }, 1],
    ['502', 'R9', { type: 'status', status: 502 }, 1],
    ['a page of HTML', 'R9', { type: 'html' }, 1],
    ['half of its answer', 'R9', { type: 'truncates' }, 2],
    ['ok, without what it made', 'R9', { type: 'forgets-ts' }, 2],
    ['a redirect', 'R9', { type: 'redirects', to: 'http://127.0.0.1:9/' }, 1],
    ['with a reset', 'R9', { type: 'resets' }, 1],
    ['with a reset once it has it', 'R9', { type: 'accepts-then-resets' }, 2],
    ['after nine seconds', 'R9', { type: 'answers-after', ms: 9000 }, 2],
  ];

  test.each(passing)('%s: the message waits, and is sent', async (what, id, fault, most) => {
    const reference = await raiseInto(what, most, fault);
    injected(id);
    await until(async () => {
      await hurry();
      await pause(300);
      return isShown(site, reference);
    }, 90_000);
  });

  const permanent = [
    ...['channel_not_found', 'is_archived', 'not_in_channel', 'account_inactive'],
    ...['token_revoked', 'invalid_blocks', 'restricted_action'],
  ];

  test.each(permanent)('%s: at once each of the team in their own chat', async (error) => {
    const form = await fillIn(site, someone());
    // Whoever is written to, until the channel has been refused: the others are tried again.
    const channel = site.slack.world.channels.find(({ kind }) => kind === 'private')!;
    channel.refuses = error;
    await send(form);
    await sendUntilSaved(form);
    injected('R10');
    const reference = form.told.reference ?? '';
    const told = () =>
      site
        .shown()
        .filter(
          ({ kind, texts }) => kind === 'direct' && texts.some((one) => one.includes(reference)),
        )
        .map(({ name }) => name);
    await until(
      () => ['Priya Nair', 'Tom Hale', 'Ewa Zielinska'].every((one) => told().includes(one)),
      60_000,
    );
    delete channel.refuses;
    expect(shownTimes(site, reference)).toBe(0);
  });
});

describe('a workspace that is asked to wait for a day', () => {
  test('waits for that kind of call and for five minutes at most, and takes concerns meanwhile', async () => {
    const reference = await raiseInto('429, a day', 1, {
      type: 'rate-limits',
      retryAfter: '86400',
    });
    injected('R8');
    const posts = () =>
      site.slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
    await until(async () => {
      const waits = await site.sql<{ wait: number }>(
        `SELECT extract(epoch FROM due_at - now())::float AS wait FROM delivery WHERE why = 'later'`,
      );
      for (const { wait } of waits) expect(wait).toBeLessThanOrEqual(300);
      return waits.some(({ wait }) => wait > 100);
    }, 30_000);
    const before = posts();
    await raise(site, someone());
    await hurry();
    await pause(2000);
    // Whatever is for the same kind of place is not even tried.
    expect(posts() - before).toBeLessThanOrEqual(3);
    // A process that starts has been asked for nothing.
    node.term();
    await node.ended;
    node = await site.start();
    site.serve(node);
    await until(async () => {
      await hurry();
      await pause(300);
      return isShown(site, reference);
    }, 90_000);
  });
});

test('in the end everything was sent, nothing got lost, and what came twice says so', async () => {
  const tidy = setInterval(() => void hurry(), 2000);
  const { broken, lost, found, acknowledged } = await check(site, 200_000);
  clearInterval(tidy);
  expect(broken).toEqual([]);
  expect({ lost, found }).toEqual({ lost: 0, found: acknowledged });
  expect(met.filter(({ reference, most }) => shownTimes(site, reference) > most)).toEqual([]);
}, 260_000);

test('a bot whose access was taken back says so: readiness is red, and the lead is told by another way', async () => {
  for (const method of [
    'auth.test',
    'chat.postMessage',
    'conversations.open',
    'conversations.info',
  ])
    site.slack.faults.always(method, { type: 'refuses', error: 'invalid_auth' });
  injected('R28');
  await until(async () => {
    const rows = await site.sql(`SELECT FROM delivery WHERE message->>'type' = 'platform-ended'`);
    return rows.length > 0;
  }, 150_000);
  await until(async () => {
    const answer = await fetch(`http://127.0.0.1:${String(node.port)}/readyz`);
    return (
      answer.status === 503 && ((await answer.json()) as { slack: string }).slack === 'refused'
    );
  }, 60_000);
}, 240_000);
