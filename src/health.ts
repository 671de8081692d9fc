import { Router } from 'express';
import type { Clock, Outbox } from './app/ports.ts';
import type { Upkeep } from './app/upkeep-ports.ts';
import type { JobCounts } from './job-counts.ts';
import type { DataHome } from './postgres/data-home.ts';
import type { PostgresStore } from './postgres/store.ts';

/** Whether a platform takes the bot. */
export type PlatformCheck = () => Promise<boolean>;

export type HealthParts = {
  store: PostgresStore;
  outbox: Outbox;
  upkeep: Upkeep;
  home: DataHome;
  clock: Clock;
  /** By the name it has in the answer. */
  platforms: Readonly<Record<string, PlatformCheck>>;
  jobs: JobCounts;
};

/** A message may wait this long before somebody must look. Source: assurance.md INV-3. */
const longestWaitMs = 5 * 60_000;
/** Asking a platform costs a call; whoever polls more often hears the last answer. */
const askAgainMs = 30_000;

/**
 * `/healthz`: the process. `/readyz`: the database, what waits, and the platforms; red when somebody must look.
 * `/metrics`: numbers over all schools, of which none counts cases: a single one more can say too much.
 */
export function healthRouter(parts: HealthParts): Router {
  const router = Router();
  const platforms = Object.entries(parts.platforms).map(
    ([name, check]) => [name, remembering(check)] as const,
  );
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (_request, response) => {
    const state = await readiness(parts, platforms).catch(() => ({ database: 'away' }));
    response.status(Object.values(state).every((value) => value === 'ok') ? 200 : 503).json(state);
  });
  router.get('/metrics', async (_request, response) => {
    const lines = await metrics(parts).catch(() => null);
    if (lines === null) response.status(503).end();
    else response.type('text/plain').send(lines);
  });
  return router;
}

function remembering(check: PlatformCheck): PlatformCheck {
  let last: { at: number; answer: Promise<boolean> } | null = null;
  return () => {
    if (last === null || Date.now() - last.at > askAgainMs)
      last = { at: Date.now(), answer: check().catch(() => false) };
    return last.answer;
  };
}

type State = Record<string, string>;

async function readiness(
  parts: HealthParts,
  platforms: readonly (readonly [string, PlatformCheck])[],
): Promise<State> {
  if (!(await parts.store.ping())) return { database: 'away' };
  const checked = await Promise.all(
    platforms.map(async ([name, check]) => [name, (await check()) ? 'ok' : 'refused']),
  );
  return { database: 'ok', ...(await promises(parts)), ...(Object.fromEntries(checked) as State) };
}

/** Whether every concern has reached somebody in time, as far as the database can tell. */
async function promises(parts: HealthParts): Promise<State> {
  const { upkeep, home, clock } = parts;
  const now = clock().getTime();
  const { unheard } = await upkeep.measures(new Date(now).toISOString());
  const before = new Date(now - longestWaitMs).toISOString();
  const stopped = (await upkeep.measures(before)).clocksDue > 0;
  const waited = await waitedMs(parts);
  return {
    deliveries: waited > longestWaitMs ? 'late' : 'ok',
    concerns: unheard > 0 ? 'not-told' : 'ok',
    clocks: stopped ? 'stopped' : 'ok',
    restored: await copyIn(home),
  };
}

/** Whether messages of a copy that was put back are held back. A disk that is full cannot say. */
function copyIn(home: DataHome): Promise<string> {
  return home.look().then(
    (restored) => (restored === null || restored.releasedAt !== null ? 'ok' : 'held'),
    () => 'unknown',
  );
}

async function waitedMs({ outbox, clock }: HealthParts): Promise<number> {
  const now = clock();
  const since = await outbox.waitingSince(now.toISOString());
  return since === null ? 0 : now.getTime() - Date.parse(since);
}

async function metrics(parts: HealthParts): Promise<string> {
  const { waiting, clocksDue, held } = await parts.upkeep.measures(parts.clock().toISOString());
  const oldest = Math.round((await waitedMs(parts)) / 1000);
  return [
    ...gauge('concern_delivery_oldest_seconds', 'Age of the longest waiting message.', oldest),
    ...gauge('concern_deliveries_waiting', 'Messages that are due and not sent.', waiting),
    ...gauge('concern_deliveries_held', 'Messages of a restored copy, held back.', held),
    ...gauge('concern_clocks_due', 'Clocks whose time has come.', clocksDue),
    ...parts.jobs.lines(),
    '',
  ].join('\n');
}

function gauge(name: string, help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${String(value)}`];
}
