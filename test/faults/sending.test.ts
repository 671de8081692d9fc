import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Fault, Match } from '../support/fake-teams-faults.ts';
import { calm, fillIn, isShown, pause, raise, send, shownTimes, until } from './support/acts.ts';
import { check } from './support/check.ts';
import { withClient } from '../support/postgres-setup.ts';
import type { FaultId } from './support/matrix.ts';
import { injected, openSite, type Node, type Site } from './support/site.ts';

/*
 * What happens to a message on its way out: the process dies or stands still at any point of sending it, and
 * Teams answers with everything that it may answer with. R3, R9, R11, R12, R21, R22, R28.
 *
 * Each concern meets its fault when it is raised; what became of it is looked at at the end, because a lease
 * of thirty seconds has to run out for some.
 */

let site: Site;
let node: Node;
/** What each fault was for: the reference, and how often its message may be in the channel. */
const met: { what: string; reference: string; most: number }[] = [];

beforeAll(async () => {
  const opened = await openSite(1);
  site = opened.site;
  [node] = opened.nodes as [Node];
});

/** The first post to the lead's channel of a concern that nobody knows of yet, and none about an older one. */
function isNew(): Match {
  const older = met.map(({ reference }) => reference);
  return ({ method, path, body }) =>
    method === 'POST' &&
    path.endsWith('/v3/conversations') &&
    !older.some((reference) => JSON.stringify(body).includes(reference));
}

let turn = 0;
const staff = ['amy.lowe', 'joe.birch', 'ana.reyes', 'bo.lind'];
const someone = () => staff[turn++ % staff.length] ?? 'amy.lowe';

/**
 * Raises a concern whose message meets what is armed, and gives its reference although whoever answered may
 * be dead by then.
 */
async function raiseInto(what: string, most: number, arm: () => void): Promise<void> {
  await calm(site);
  const ready = await fillIn(site, someone());
  arm();
  await send(ready);
  ready.person.close();
  const [row] = await site.sql<{ reference: string }>(
    'SELECT reference FROM case_file ORDER BY opened_at DESC LIMIT 1',
  );
  met.push({ what, reference: ready.told.reference ?? row?.reference ?? '', most });
}

const later = (retryAfter?: string): Fault => ({
  type: 'status',
  status: 429,
  ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
});

/** What waits for its next try waits no longer. */
async function hurry(): Promise<void> {
  await site.sql(`UPDATE delivery SET due_at = now() WHERE state = 'due' AND attempts > 0`);
  await site.sql(`UPDATE pgboss.job SET start_after = now() WHERE state < 'active'`);
}

/** Writes what the database itself would refuse, as a failing disk does. */
function damage(statement: string, values: unknown[]): Promise<unknown> {
  return withClient(site.place.ownerUrl, async (client) => {
    await client.query('ALTER TABLE case_event DISABLE TRIGGER case_event_kept');
    await client.query(statement, values);
    await client.query('ALTER TABLE case_event ENABLE ALWAYS TRIGGER case_event_kept');
  });
}

describe('a message that cannot be drawn', () => {
  let reference: string;
  let body: Buffer;
  const row = async () => {
    const [found] = await site.sql<{ state: string; why: string; attempts: number }>(
      `SELECT state, why, attempts FROM delivery JOIN case_file ON case_file.id = case_id
       WHERE reference = $1 AND message->>'type' = 'new-concern-in-channel' AND mode = 'send'`,
      [reference],
    );
    return found;
  };
  const inCase = 'WHERE seq = 1 AND case_id = (SELECT id FROM case_file WHERE reference = $1)';

  test('is given up with a code after five tries, and stops nobody else', async () => {
    await raiseInto('damaged', 1, () => {
      site.teams.faults.connector.next(later('15'), 1, isNew());
    });
    ({ reference } = met.at(-1)!);
    await until(async () => (await row())?.why === 'later');
    const [event] = await site.sql<{ body: Buffer }>(`SELECT body FROM case_event ${inCase}`, [
      reference,
    ]);
    body = event!.body;
    await damage(
      `UPDATE case_event SET body = set_byte(body, 40, 255 - get_byte(body, 40)) ${inCase}`,
      [reference],
    );
    injected('R21');
    await until(async () => {
      await hurry();
      return (await row())?.state === 'failed';
    });
    expect((await row())?.why).toMatch(/^[\w-]+$/);
    const other = await raise(site, someone());
    await until(() => isShown(site, other), 60_000);
  });

  test('is not tried by the next process, and goes out when it is mended and asked for again', async () => {
    const given = await row();
    node.term();
    expect((await node.ended).code).toBe(0);
    node = await site.start();
    site.serve(node);
    await pause(3000);
    expect(await row()).toEqual(given);
    await damage(`UPDATE case_event SET body = $2 ${inCase}`, [reference, body]);
    await site.sql(
      `UPDATE delivery SET state = 'due', faults = 0, settled_at = NULL, due_at = now()
       WHERE state = 'failed' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`,
      [reference],
    );
  });
});

describe('a process that is killed while it sends', () => {
  type Point = [string, arm: (kill: () => void) => void, most: number];
  const statement =
    (pattern: RegExp, when: 'before' | 'after', skip = 0) =>
    (kill: () => void) => {
      let seen = 0;
      let posted = false;
      site.teams.faults.connector.next(
        {
          type: 'meanwhile',
          when: 'after',
          run: () => {
            posted = true;
          },
        },
        1,
        isNew(),
      );
      node.proxy.onStatement(({ text }) =>
        posted && pattern.test(text) && seen++ === skip ? { when, run: kill } : null,
      );
    };
  const call = (when: 'before' | 'after') => (run: () => void) => {
    site.teams.faults.connector.next({ type: 'meanwhile', when, run }, 1, isNew());
  };
  const points: Point[] = [
    ['before Teams has it', call('before'), 2],
    ['when Teams has it and the answer is not read', call('after'), 2],
    ['before it is written down as sent', statement(/^UPDATE "public"."delivery"/, 'before'), 2],
    ['before that is committed', statement(/^COMMIT/, 'before'), 2],
  ];

  test.each(points)('%s', async (what, arm, most) => {
    const victim = node;
    await raiseInto(`killed ${what}`, most, () => {
      arm(() => {
        victim.kill();
      });
    });
    expect((await victim.ended).signal).toBe('SIGKILL');
    injected('R3');
    node = await site.start();
    site.serve(node);
  });
});

describe('a process that stands still', () => {
  test('when Teams has the message and the answer is not read: another takes over', async () => {
    const stopped = node;
    onTestFinished(() => {
      stopped.kill();
    });
    await raiseInto('stopped when Teams had it', 2, () => {
      site.teams.faults.connector.next(
        { type: 'meanwhile', when: 'after', run: () => process.kill(stopped.pid, 'SIGSTOP') },
        1,
        isNew(),
      );
    });
    const { reference } = met.at(-1)!;
    injected('R22');
    await until(() => isShown(site, reference));
    node = await site.start();
    site.serve(node);
    await until(() => shownTimes(site, reference) === 2, 110_000);
    const row = () =>
      site.sql<{ state: string }>(
        `SELECT state, attempts, unclear FROM delivery JOIN case_file ON case_file.id = case_id
         WHERE reference = $1 AND message->>'type' = 'new-concern-in-channel' AND mode = 'send'`,
        [reference],
      );
    await until(async () => (await row())[0]?.state === 'sent');
    const before = await row();
    process.kill(stopped.pid, 'SIGCONT');
    await pause(1500);
    // What it writes late is refused, because the row is not its own any more.
    expect(await row()).toEqual(before);
  }, 240_000);
});

describe('Teams answers a message', () => {
  const status = (code: number): Fault => ({ type: 'status', status: code });
  const html = '<!doctype html><title>Sign in</title>';
  const passing: [string, FaultId, Fault, most: number][] = [
    ['with a reset connection', 'R9', { type: 'reset' }, 1],
    ['with a reset connection once it has it', 'R9', { type: 'reset-after' }, 2],
    ['with half an answer', 'R9', { type: 'cut' }, 1],
    ['with 500', 'R9', status(500), 1],
    ['with 502', 'R11', status(502), 1],
    ['with 503', 'R9', status(503), 1],
    ['with 504', 'R11', status(504), 1],
    ['with 412', 'R11', status(412), 1],
    [
      'with somebody’s web page',
      'R9',
      { type: 'answer', status: 200, contentType: 'text/html', body: html },
      1,
    ],
    ['with a redirect', 'R9', { type: 'redirect', to: 'https://elsewhere.example/' }, 1],
    ['not at all', 'R22', { type: 'hang' }, 1],
    ['with 429, two seconds', 'R11', later('2'), 1],
    ['with 429, no time', 'R11', later(), 1],
    ['with 429, a negative time', 'R8', later('-5'), 1],
    ['with 429, nonsense', 'R8', later('soon'), 1],
  ];

  test.each(passing)('%s: it waits, and the others go on', async (what, id, fault, most) => {
    await raiseInto(`answered ${what}`, most, () => {
      site.teams.faults.connector.next(fault, 1, isNew());
    });
    injected(id);
  });

  const permanent: [string, Fault][] = [
    ['MessageWritesBlocked', { type: 'status', status: 403, code: 'MessageWritesBlocked' }],
    [
      'BotNotInConversationRoster',
      { type: 'status', status: 403, code: 'BotNotInConversationRoster' },
    ],
    ['ConversationNotFound', { type: 'status', status: 404, code: 'ConversationNotFound' }],
    ['Unauthorized', { type: 'status', status: 401, code: 'Unauthorized' }],
    ['BadArgument', { type: 'status', status: 400, code: 'BadArgument' }],
  ];

  test.each(permanent)('%s: at once each of the team in their own chat', async (what, fault) => {
    await raiseInto(`refused with ${what}`, 0, () => {
      site.teams.faults.connector.next(fault, 1, isNew());
    });
    injected('R12');
    const { reference } = met.at(-1)!;
    const told = () =>
      site
        .shown()
        .filter(
          ({ kind, texts }) => kind === 'direct' && texts.some((one) => one.includes(reference)),
        )
        .map(({ name }) => name);
    await until(() =>
      ['Priya Nair', 'Tom Hale', 'Ewa Zielinska'].every((one) => told().includes(one)),
    );
    await pause(500);
    expect(shownTimes(site, reference)).toBe(0);
  });
});

describe('a message that came twice', () => {
  test('goes on saying so when somebody claims and it is drawn again', async () => {
    await raiseInto('came twice, then claimed', 2, () => {
      site.teams.faults.connector.next({ type: 'reset-after' }, 1, isNew());
    });
    injected('R9');
    const { reference } = met.at(-1)!;
    await until(async () => {
      await hurry();
      await pause(300);
      return shownTimes(site, reference) === 2;
    });
    await site.person('priya.nair').press('Claim', { channel: 'Safeguarding', on: reference });
    const redrawn = () =>
      site
        .shown()
        .filter(({ kind }) => kind === 'channel')
        .flatMap(({ texts }) => texts)
        .filter((text) => text.includes(reference) && text.includes('Claimed by'));
    await until(() => redrawn().some((text) => /sent again/i.test(text)));
  });
});

describe('Teams asks for an absurd wait', () => {
  test.each([
    ['a day', () => '86400'],
    ['a date', () => new Date(Date.now() + 90_000).toUTCString()],
  ])('%s: everything for channels waits, for five minutes at most', async (what, wish) => {
    await raiseInto(`asked to wait ${what}`, 1, () => {
      site.teams.faults.connector.next(later(wish()), 1, isNew());
    });
    injected('R8');
    const { reference } = met.at(-1)!;
    const wait = async () => {
      const [row] = await site.sql<{ wait: number }>(
        `SELECT extract(epoch FROM due_at - now())::float AS wait FROM delivery WHERE why = 'later'`,
      );
      return row?.wait ?? 0;
    };
    await until(async () => (await wait()) > 30);
    expect(await wait()).toBeLessThanOrEqual(300);
    // A process that starts has been asked for nothing.
    node.term();
    await node.ended;
    node = await site.start();
    site.serve(node);
    await until(async () => {
      await hurry();
      await pause(300);
      return isShown(site, reference);
    });
  });
});

test('in the end everything was sent, nothing got lost, and what came twice says so', async () => {
  const { broken, lost, found, acknowledged } = await check(site, 150_000);
  expect(broken).toEqual([]);
  expect({ lost, found }).toEqual({ lost: 0, found: acknowledged });
  const often = met.filter(
    ({ reference, most }) =>
      shownTimes(site, reference) > most || (most > 0 && shownTimes(site, reference) === 0),
  );
  expect(often).toEqual([]);
}, 200_000);

test('a bot whose access was taken back says so: readiness is red, and the lead is told by another way', async () => {
  node.term();
  await node.ended;
  site.teams.faults.login.next({ type: 'status', status: 401 }, Number.POSITIVE_INFINITY);
  injected('R28');
  node = await site.start();
  site.serve(node);
  await until(async () => {
    const rows = await site.sql(`SELECT FROM delivery WHERE message->>'type' = 'platform-ended'`);
    return rows.length > 0;
  }, 150_000);
  await until(async () => {
    const answer = await fetch(`http://127.0.0.1:${String(node.port)}/readyz`);
    return (
      answer.status === 503 && ((await answer.json()) as { teams: string }).teams === 'refused'
    );
  }, 60_000);
}, 240_000);
