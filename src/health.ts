import { Router } from 'express';
import type { Clock, Outbox } from './app/ports.ts';
import type { PostgresStore } from './postgres/store.ts';
import type { Slack } from './slack/create-slack.ts';

type Parts = { store: PostgresStore; outbox: Outbox; clock: Clock; slack: Slack | null };

/** A message may wait this long before somebody must look. Source: assurance.md INV-3. */
const longestWaitMs = 5 * 60_000;

/** `/healthz`: the process; `/readyz`: database, waiting messages, platforms; `/metrics`: counts without names. */
export function healthRouter(parts: Parts): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  router.get('/readyz', async (_request, response) => {
    const state = await readiness(parts);
    response.status(Object.values(state).every((value) => value === 'ok') ? 200 : 503).json(state);
  });
  router.get('/metrics', async (_request, response) => {
    const waited = await waitedMs(parts);
    response
      .type('text/plain')
      .send(
        `# HELP concern_delivery_oldest_seconds Age of the longest waiting message.\n# TYPE concern_delivery_oldest_seconds gauge\nconcern_delivery_oldest_seconds ${String(Math.round((waited ?? 0) / 1000))}\n`,
      );
  });
  return router;
}

async function readiness(parts: Parts): Promise<Record<string, string>> {
  if (!(await parts.store.ping())) return { database: 'away' };
  const waited = await waitedMs(parts);
  const late = waited !== null && waited > longestWaitMs;
  const slack = parts.slack === null ? 'ok' : (await parts.slack.health()).ok ? 'ok' : 'refused';
  return { database: 'ok', deliveries: late ? 'late' : 'ok', slack };
}

async function waitedMs({ outbox, clock }: Parts): Promise<number | null> {
  const now = clock();
  const since = await outbox.waitingSince(now.toISOString());
  return since === null ? null : now.getTime() - Date.parse(since);
}
