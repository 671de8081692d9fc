import type { Clock } from '../app/ports.ts';
import type { PostgresStore } from './store.ts';

/** The database's time, for every replica the same. */
export type DatabaseClock = {
  clock: Clock;
  /** How far this machine is behind the database, in milliseconds; for the log. */
  behindMs(): number;
  stop(): void;
};

const everyMs = 60_000;

/**
 * A clock that follows the database's, so that leases, deadlines and the record do not depend on which
 * machine is right. Between looks it runs on this machine's own. Source: assurance.md R16.
 */
export async function startDatabaseClock(
  store: Pick<PostgresStore, 'lookUp'>,
  now: () => number = Date.now,
): Promise<DatabaseClock> {
  let behind = await measure(store, now);
  const timer = setInterval(() => {
    // A database that is away has no time to tell; the last known difference stays.
    measure(store, now).then(
      (measured) => {
        behind = measured;
      },
      () => undefined,
    );
  }, everyMs);
  timer.unref();
  return {
    clock: () => new Date(now() + behind),
    behindMs: () => behind,
    stop: () => {
      clearInterval(timer);
    },
  };
}

async function measure(store: Pick<PostgresStore, 'lookUp'>, now: () => number): Promise<number> {
  return store.lookUp(async (db) => {
    const before = now();
    const [row] = await db.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
    // The answer was made about half way between asking and hearing.
    const heard = (before + now()) / 2;
    return row === undefined ? 0 : Math.round(row.at.getTime() - heard);
  });
}
