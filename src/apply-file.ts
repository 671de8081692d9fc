import type { SchoolFile } from './domain/school.ts';
import { prepareJobs } from './jobs/prepare-jobs.ts';
import { StoreFault } from './postgres/fault.ts';
import { MigrationError, prepareDatabase } from './postgres/migrate.ts';
import { createStore } from './postgres/store.ts';

/**
 * Makes a school in the database as its checked file says, bringing the database up to date first.
 * @param url DATABASE_URL
 * @param keyEncryptionKey KEY_ENCRYPTION_KEY
 * @returns what to tell the person at the terminal
 */
export async function applyFile(
  url: string,
  keyEncryptionKey: string,
  file: SchoolFile,
): Promise<{ ok: boolean; says: string[] }> {
  try {
    const prepared = await prepareDatabase({ url, secret: keyEncryptionKey, also: prepareJobs });
    const enqueue = () => Promise.resolve();
    const store = createStore({ url: prepared.url, keyEncryptionKey, enqueue, connections: 1 });
    const { changes } = await store
      .applySchool(file, new Date().toISOString())
      .finally(() => store.close());
    const end = changes.length === 0 ? 'Nothing had to be changed.' : 'Done.';
    return { ok: true, says: [...changes, end] };
  } catch (error) {
    return { ok: false, says: [sentenceFor(error)] };
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof MigrationError) return error.message;
  if (error instanceof StoreFault)
    return `Nothing was changed: the database said ${error.message}.`;
  return 'Nothing was changed: the database at DATABASE_URL cannot be reached.';
}
