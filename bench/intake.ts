import { beforeAll, test } from 'vitest';
import { raise } from '../test/faults/support/acts.ts';
import { openSite, type Site } from '../test/faults/support/site.ts';

/*
 * How long people wait while ten raise concerns in Teams at once, without a pause: a bot in a process of its own,
 * real Postgres, signed requests. The baseline is the same number of requests at once that touch nothing
 * (`/healthz`). The people, their Teams and Postgres share the machine with it. `npm run bench:intake`
 */

const people = [
  ...['amy.lowe', 'joe.birch', 'ana.reyes', 'bo.lind', 'cy.marsh', 'di.novak'],
  ...['eli.stone', 'flo.adeyemi', 'priya.nair', 'tom.hale'],
];
const forMs = 20_000;

let site: Site;
let port: number;
let took: number[] = [];

beforeAll(async () => {
  const { site: opened, nodes } = await openSite(1);
  site = opened;
  port = nodes[0]!.port;
  const send = globalThis.fetch;
  globalThis.fetch = async (input, options) => {
    const began = performance.now();
    const answer = await send(input, options);
    const url = input instanceof Request ? input.url : String(input);
    if (url.startsWith(`${site.balancer.url}/api/messages`)) took.push(performance.now() - began);
    return answer;
  };
});

type Measured = { perSecond: number; median: number; p99: number };

function measured(times: readonly number[], ms: number): Measured {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;
  return { perSecond: (sorted.length * 1000) / ms, median: at(0.5), p99: at(0.99) };
}

function line(name: string, { perSecond, median, p99 }: Measured): string {
  return `${name.padEnd(22)} ${perSecond.toFixed(0)} requests/s, median ${median.toFixed(0)} ms, 99 of 100 within ${p99.toFixed(0)} ms`;
}

/** Everybody does it again and again until the time is over; gives what came out, one after the other. */
async function crowd<T>(one: (key: string) => Promise<T>, ms: number): Promise<T[]> {
  const end = performance.now() + ms;
  const results = await Promise.all(
    people.map(async (key) => {
      const own: T[] = [];
      while (performance.now() < end) own.push(await one(key));
      return own;
    }),
  );
  return results.flat();
}

test('intake', async () => {
  await crowd((key) => raise(site, key), 5000);
  const plain: number[] = [];
  await crowd(async () => {
    const began = performance.now();
    await (await fetch(`http://127.0.0.1:${String(port)}/healthz`)).text();
    plain.push(performance.now() - began);
  }, 5000);
  took = [];
  const began = performance.now();
  const references = await crowd((key) => raise(site, key), forMs);
  const ms = performance.now() - began;
  const [row] = await site.sql<{ many: number }>(
    'SELECT count(*)::int AS many FROM case_file WHERE reference = ANY ($1)',
    [references],
  );
  const [baseline, intake] = [measured(plain, 5000), measured(took, ms)];
  console.log(
    [
      line('nothing (/healthz)', baseline),
      line('raising concerns', intake),
      `ratio of the medians    ${(intake.median / baseline.median).toFixed(1)}`,
      `concerns                ${((references.length * 1000) / ms).toFixed(1)}/s; said to be saved ${String(references.length)}, found ${String(row?.many ?? 0)}`,
    ].join('\n'),
  );
});
