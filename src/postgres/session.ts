import type { z } from 'zod';
import type { Scope } from '../app/ports.ts';
import type { CaseState } from '../domain/case.ts';
import { transaction, type Client, type Db } from './client.ts';
import { seal, unseal, type Bytes, type Place, type SchoolKeys } from './encryption.ts';
import { StoreFault } from './fault.ts';
import { Prisma } from './generated/client.ts';
import type { KeyRing } from './key-ring.ts';

/** One transaction under one scope: what every record function works with. */
export type Session = {
  db: Db;
  school: string;
  scope: Scope;
  keys: SchoolKeys;
  /** Cases that this transaction has locked, as they are now. */
  locked: Map<string, { state: CaseState; lastSeq: number }>;
};

/**
 * Runs `work` with row-level security set to the scope. Also takes part in the school's shared lock, so
 * that nobody reads people or audiences while `applySchool` is changing them.
 */
export function inScope<T>(
  client: Client,
  ring: KeyRing,
  scope: Scope,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return transaction(client, async (db) => {
    await enter(db, scope, 'shared');
    const keys = await ring.keysOf(db, scope.school);
    return work({ db, school: scope.school, scope, keys, locked: new Map() });
  });
}

/** Sets the scope for the rest of the transaction and takes the school's lock. */
export async function enter(db: Db, scope: Scope, lock: 'shared' | 'alone'): Promise<void> {
  const person = scope.as === 'person' ? scope.person : '';
  const take = Prisma.raw(
    lock === 'shared' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock',
  );
  await db.$executeRaw`SELECT set_config('app.school', ${scope.school}, true),
    set_config('app.as', ${scope.as}, true), set_config('app.person', ${person}, true),
    ${take}(hashtext('school'), hashtext(${scope.school}))`;
}

/**
 * Does what follows from an action of the person and is not theirs to see: telling others, clocks, the
 * audience itself. The rest of the transaction stays the person's. The caller lets nothing else of the
 * session run meanwhile.
 */
export async function asProduct<T>(session: Session, work: () => Promise<T>): Promise<T> {
  if (session.scope.as === 'product') return work();
  await session.db.$executeRaw`SELECT set_config('app.as', 'product', true)`;
  try {
    return await work();
  } finally {
    // Fails only when the transaction is already lost.
    await session.db.$executeRaw`SELECT set_config('app.as', 'person', true)`.catch(
      () => undefined,
    );
  }
}

type Spot = Omit<Place, 'school'>;

/** Encrypts a value as JSON for its column. */
export function sealJson(session: Pick<Session, 'keys'>, spot: Spot, value: unknown): Bytes {
  return seal(session.keys, spot, JSON.stringify(value ?? null));
}

/** Decrypts a column and checks that it holds what it must. Throws `StoreFault`, code `damaged`. */
export function unsealJson<S extends z.ZodType>(
  session: Pick<Session, 'keys'>,
  spot: Spot,
  value: Uint8Array,
  schema: S,
): z.output<S> {
  const parsed = schema.safeParse(JSON.parse(unseal(session.keys, spot, value)));
  if (!parsed.success) throw new StoreFault('damaged', `${spot.table}.${spot.column}`);
  return parsed.data;
}

/** A value that may be stored as a timestamp; throws on anything that is no instant. */
export function moment(iso: string): Date {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) throw new StoreFault('damaged', 'instant');
  return date;
}

export function momentOrNull(iso: string | null): Date | null {
  return iso === null ? null : moment(iso);
}

export function isoOrNull(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}
