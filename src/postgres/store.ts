import type { Scope, Store } from '../app/ports.ts';
import { acrossSchools } from './across-schools.ts';
import { applySchool } from './apply-school.ts';
import {
  createClient,
  interactive,
  patient,
  transaction,
  warmUp,
  type Budget,
  type Client,
  type Db,
} from './client.ts';
import { createKeyRing, type KeyRing } from './key-ring.ts';
import { readWrappingKeys } from './key-wrapping.ts';
import { inScope, moment, type Session } from './session.ts';
import { createTx, type Enqueue } from './tx.ts';

export type StoreOptions = {
  /** The runtime URL that `prepareDatabase` returned. */
  url: string;
  /** KEY_ENCRYPTION_KEY: base64, 32 bytes; while it is being changed the old one follows after a comma. */
  keyEncryptionKey: string;
  enqueue: Enqueue;
  /** Connections for intake; reading has as many again, so that it cannot use these up, and jobs have four. */
  connections?: number;
  /** How long a person may be kept waiting; the default fits the platforms' limits. */
  budget?: Budget;
};

/** The store with what only its own side uses. */
export type PostgresStore = Store & {
  close(): Promise<void>;
  /** Makes the first person's request as quick as the later ones. Call it before listening. */
  warmUp(): Promise<void>;
  /** Whether the database answers; for /readyz. */
  ping(): Promise<boolean>;
  /** Opens every school's keys once, so that a wrong KEY_ENCRYPTION_KEY stops the start. Throws `StoreFault`. */
  checkKeys(): Promise<void>;
  /** Wraps all data keys under the current key. Returns how many were wrapped anew. */
  rewrapKeys(): Promise<number>;
  /** Removes handles, drafts, submissions and request marks that have outlived their use. Returns how many. */
  sweepExpired(now: string): Promise<number>;
  /** One transaction of a school, for the jobs and the audit check. `patient`: nobody waits for it. */
  session: <T>(
    scope: Scope,
    work: (session: Session) => Promise<T>,
    how?: 'interactive' | 'patient',
  ) => Promise<T>;
  /** One of the functions that look across schools. */
  lookUp: <T>(work: (db: Db) => Promise<T>, how?: 'interactive' | 'patient') => Promise<T>;
};

/** The pools: intake never waits for somebody's reading, nor for the jobs or an operator's work (`slow`). */
type Pools = { writes: Client; reads: Client; slow: Client };

/** Storing in Postgres through Prisma. Whatever goes wrong with it is a `StoreFault`. */
export function createStore(options: StoreOptions): PostgresStore {
  const { url, connections = 8, budget = interactive, enqueue } = options;
  const pools: Pools = {
    writes: createClient(url, { max: connections, budget }),
    reads: createClient(url, { max: connections, budget }),
    slow: createClient(url, { max: 4, budget: patient }),
  };
  const ring = createKeyRing(readWrappingKeys(options.keyEncryptionKey));
  const session: PostgresStore['session'] = (scope, work, how = 'interactive') =>
    inScope(poolFor(pools, scope, how), ring, scope, work);
  const lookUp: PostgresStore['lookUp'] = (work, how = 'interactive') =>
    transaction(how === 'patient' ? pools.slow : pools.writes, work);
  return {
    session,
    lookUp,
    run: (scope, work) => session(scope, (opened) => work(createTx(opened, enqueue))),
    applySchool: (file, at) => applySchool(pools.slow, ring, file, at),
    ...acrossSchools({ session, lookUp }),
    ...housekeeping(pools, ring, session, lookUp),
  };
}

function poolFor({ writes, reads, slow }: Pools, scope: Scope, how: 'interactive' | 'patient') {
  if (how === 'patient') return slow;
  return scope.as === 'product' ? writes : reads;
}

function housekeeping(
  pools: Pools,
  ring: KeyRing,
  session: PostgresStore['session'],
  lookUp: PostgresStore['lookUp'],
): Pick<PostgresStore, 'close' | 'warmUp' | 'ping' | 'checkKeys' | 'rewrapKeys' | 'sweepExpired'> {
  const everySchool = async <T>(work: (opened: Session) => Promise<T>): Promise<T[]> => {
    const ids = await lookUp(
      (db) => db.$queryRaw<{ id: string }[]>`SELECT school_ids AS id FROM school_ids()`,
    );
    const results: T[] = [];
    for (const { id } of ids)
      results.push(await session({ school: id, as: 'product' }, work, 'patient'));
    return results;
  };
  return {
    close: async () => {
      await Promise.all([pools.writes.close(), pools.reads.close(), pools.slow.close()]);
    },
    warmUp: async () => {
      await Promise.all([pools.writes, pools.reads, pools.slow].map(warmUp));
    },
    ping: () =>
      lookUp((db) => db.$queryRaw`SELECT 1`).then(
        () => true,
        () => false,
      ),
    checkKeys: async () => {
      await everySchool(() => Promise.resolve());
    },
    sweepExpired: async (now) => {
      const [swept] = await transaction(
        pools.slow,
        (db) => db.$queryRaw<{ many: bigint }[]>`SELECT sweep_expired(${moment(now)}) AS many`,
      );
      return Number(swept?.many ?? 0n);
    },
    rewrapKeys: async () => {
      const counts = await everySchool(({ db, school }) => ring.rewrap(db, school));
      ring.forget();
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}
