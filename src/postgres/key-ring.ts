import type { Db } from './client.ts';
import { EncryptionError, type SchoolKeys } from './encryption.ts';
import { newDataKey, unwrapKey, wrapKey, type WrappingKeys } from './key-wrapping.ts';

/** Opens the schools' data keys and keeps them for a while. */
export type KeyRing = {
  /** Inside a transaction of the school. Throws `EncryptionError` when no given key opens them. */
  keysOf(db: Db, school: string): Promise<SchoolKeys>;
  /** Makes the first key of a new school. */
  begin(db: Db, school: string, at: Date): Promise<SchoolKeys>;
  /** Wraps the school's keys anew under the current key; the encrypted values stay as they are. Returns how many. */
  rewrap(db: Db, school: string): Promise<number>;
  forget(): void;
};

/** For how long an opened key is kept in memory, in milliseconds. Source: assurance.md R26. */
const keptFor = 15 * 60_000;

/** `now` in epoch milliseconds. */
export function createKeyRing(wrapping: WrappingKeys, now: () => number = Date.now): KeyRing {
  const kept = new Map<string, { keys: SchoolKeys; until: number }>();
  const keep = (keys: SchoolKeys): SchoolKeys => {
    kept.set(keys.school, { keys, until: now() + keptFor });
    return keys;
  };
  return {
    async keysOf(db, school) {
      const found = kept.get(school);
      if (found !== undefined && found.until > now()) return found.keys;
      return keep(await loadKeys(db, wrapping, school));
    },
    async begin(db, school, at) {
      const key = newDataKey();
      const wrapped = wrapKey(wrapping, school, 1, key);
      await db.dataKey.create({ data: { schoolId: school, version: 1, madeAt: at, ...wrapped } });
      return { school, versions: new Map([[1, key]]) };
    },
    async rewrap(db, school) {
      const stored = await db.dataKey.findMany({ where: { schoolId: school } });
      const old = stored.filter(({ wrappedBy }) => wrappedBy !== wrapping.current.id);
      for (const row of old) {
        const data = wrapKey(wrapping, school, row.version, unwrapKey(wrapping, school, row));
        await db.dataKey.updateMany({ where: { schoolId: school, version: row.version }, data });
      }
      return old.length;
    },
    forget: () => {
      kept.clear();
    },
  };
}

async function loadKeys(db: Db, wrapping: WrappingKeys, school: string): Promise<SchoolKeys> {
  const stored = await db.dataKey.findMany({ where: { schoolId: school } });
  if (stored.length === 0) throw new EncryptionError('unknown-key-version', 'data_key');
  const versions = stored.map((row) => [row.version, unwrapKey(wrapping, school, row)] as const);
  return { school, versions: new Map(versions) };
}
