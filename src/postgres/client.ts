import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from './generated/client.ts';
import { asFault, StoreFault } from './fault.ts';

/** Prisma inside one transaction. */
export type Db = Prisma.TransactionClient;

/** How long a transaction may take, waiting for a connection included, in milliseconds. */
export type Budget = { wait: number; work: number };

/** A person waits for it: Slack closes its dialog after three seconds, and one more try must fit. Source: assurance.md section 2. */
export const interactive: Budget = { wait: 1000, work: 1500 };
/** Somebody at a terminal waits for it, or nobody. */
export const patient: Budget = { wait: 10_000, work: 60_000 };

/** A process that stands still in the middle of something holds up the others for so long, and no longer. */
const frozenMs = 10_000;

export type Client = { prisma: PrismaClient; budget: Budget; close(): Promise<void> };

/** A pool of connections of its own, so that slow work in one cannot use up those of another. */
export function createClient(url: string, options: { max: number; budget?: Budget }): Client {
  const budget = options.budget ?? interactive;
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: options.max,
      connectionTimeoutMillis: budget.wait,
      query_timeout: budget.work,
      statement_timeout: budget.work,
      lock_timeout: Math.ceil(budget.work * 0.9),
      idle_in_transaction_session_timeout: Math.min(budget.work * 4, frozenMs),
      keepAlive: true,
      application_name: 'concern',
    },
    { onPoolError: () => undefined, onConnectionError: () => undefined },
  );
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal' });
  return { prisma, budget, close: () => prisma.$disconnect() };
}

/** A machine that has just started is slow; a person would not wait so long, and nobody does yet. */
const warmUpMs = 30_000;

/**
 * Lets a fresh client do what it does only once (loading its engine, connecting) before anybody waits for it.
 * Tries for half a minute, because a connection is given up after a moment. Throws `StoreFault`.
 */
export async function warmUp({ prisma }: Client): Promise<void> {
  const unhurried = { maxWait: warmUpMs, timeout: warmUpMs };
  const end = Date.now() + warmUpMs;
  for (;;) {
    try {
      await prisma.$transaction((db) => db.school.findFirst(), unhurried);
      return;
    } catch (error) {
      if (Date.now() > end) throw asFault(error);
    }
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

/**
 * Runs `work` in one transaction and turns every database error into a `StoreFault`. When the time is up
 * the caller hears so at once, and what was done is rolled back instead of being committed late.
 */
export async function transaction<T>(client: Client, work: (db: Db) => Promise<T>): Promise<T> {
  const { wait, work: timeout } = client.budget;
  const end = new AbortController();
  try {
    const running = client.prisma.$transaction(
      async (db) => {
        const result = await work(db);
        end.signal.throwIfAborted();
        return result;
      },
      { maxWait: wait, timeout },
    );
    return await inTime(running, Math.max(wait, timeout), end);
  } catch (error) {
    throw asFault(error);
  }
}

async function inTime<T>(running: Promise<T>, limit: number, end: AbortController): Promise<T> {
  const late = new StoreFault('timeout', 'budget');
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    end.abort(late);
    reject(late);
  }, limit);
  // Whoever loses the race may still fail later; nobody is listening then.
  running.catch(() => undefined);
  try {
    return await Promise.race([running, over]);
  } finally {
    clearTimeout(timer);
  }
}
