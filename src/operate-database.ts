import { prepareJobs } from './jobs/prepare-jobs.ts';
import { createDataHome, type DataHome } from './postgres/data-home.ts';
import { StoreFault } from './postgres/fault.ts';
import { MigrationError, prepareDatabase } from './postgres/migrate.ts';
import { createStore, type PostgresStore } from './postgres/store.ts';
import { createUpkeep } from './postgres/upkeep.ts';
import { verifyAudit, type AuditAnchor } from './postgres/verify-audit.ts';

/** What an operator does with the database. `says`: lines for the terminal, without any person or case. */
export type Operation = 'check' | 'moved' | 'hold' | 'send' | 'drop' | 'rewrap';
export type Operated = { ok: boolean; says: string[] };

/**
 * @param url DATABASE_URL
 * @param keyEncryptionKeys KEY_ENCRYPTION_KEY
 * @param kept What earlier checks printed, as it was kept elsewhere: shows whether the end of a record was cut off.
 */
export async function operate(
  url: string,
  keyEncryptionKeys: string,
  operation: Operation,
  kept = '',
): Promise<Operated> {
  try {
    const prepared = await prepareDatabase({ url, secret: keyEncryptionKeys, also: prepareJobs });
    const store = createStore({
      url: prepared.url,
      keyEncryptionKey: keyEncryptionKeys,
      enqueue: () => Promise.resolve(),
      connections: 1,
    });
    return await work(store, createDataHome(store), operation, kept).finally(() => store.close());
  } catch (error) {
    return { ok: false, says: [sentenceFor(error)] };
  }
}

function work(
  store: PostgresStore,
  home: DataHome,
  operation: Operation,
  kept: string,
): Promise<Operated> {
  switch (operation) {
    case 'check':
      return check(store, home, kept);
    case 'moved':
      return moved(home);
    case 'hold':
      return hold(store, home);
    case 'send':
    case 'drop':
      return letGo(home, operation);
    case 'rewrap':
      return rewrap(store);
  }
}

async function check(store: PostgresStore, home: DataHome, kept: string): Promise<Operated> {
  const chains = [];
  for (const { id, name } of await store.schools()) {
    const verdict = await verifyAudit(store, id, anchorsIn(kept, id));
    const says = verdict.ok
      ? `${name}: the record is whole (${String(verdict.entries)} entries).\n${lineOf(id, verdict.anchor)}`
      : `${name}: THE RECORD IS NOT WHOLE at entry ${String(verdict.number)} (${verdict.trouble}). Change nothing, keep a copy, and find out who had access.`;
    chains.push({ ok: verdict.ok, says });
  }
  const restored = await home.look();
  const held = await heldIn(store);
  const waits = restored !== null && restored.releasedAt === null;
  const copy =
    restored === null
      ? 'This database was never put back from a copy, as far as it can tell.'
      : `Put back from a copy of ${restored.copiedAt}, found at ${restored.foundAt}.`;
  const next = waits
    ? [`${String(held)} messages are held back. Choose: npm run database -- send, or drop.`]
    : [];
  const says = [...chains.map((one) => one.says), copy, ...next];
  return { ok: !waits && chains.every(({ ok }) => ok), says };
}

/** The end of a school's record, in one line that can be kept elsewhere. */
function lineOf(school: string, { number, hash }: AuditAnchor): string {
  return `anchor ${school} ${String(number)} ${hash}`;
}

function anchorsIn(kept: string, school: string): AuditAnchor[] {
  return [...kept.matchAll(/^anchor (\S+) ([1-9]\d*) ([0-9a-f]+)\s*$/gm)]
    .filter(([, of]) => of === school)
    .map(([, , number = '', hash = '']) => ({ number: Number(number), hash }));
}

async function heldIn(store: PostgresStore): Promise<number> {
  const { held } = await createUpkeep(store).measures(new Date().toISOString());
  return held;
}

async function moved(home: DataHome): Promise<Operated> {
  await home.moved();
  return {
    ok: true,
    says: ['Noted: it lives here now. Nothing is held back, and no school is told.'],
  };
}

async function hold(store: PostgresStore, home: DataHome): Promise<Operated> {
  await home.look({ forced: true });
  const held = String(await heldIn(store));
  return {
    ok: true,
    says: [
      `${held} messages are held back for an hour at most. Every school is told that records may be missing.`,
      'Choose: npm run database -- send, or drop.',
    ],
  };
}

async function letGo(home: DataHome, how: 'send' | 'drop'): Promise<Operated> {
  const many = String(await home.release(how));
  const did = how === 'send' ? 'will be sent, marked as sent again' : 'were dropped';
  return { ok: true, says: [`${many} messages ${did}.`] };
}

async function rewrap(store: PostgresStore): Promise<Operated> {
  const many = String(await store.rewrapKeys());
  return {
    ok: true,
    says: [
      `${many} keys are under the new KEY_ENCRYPTION_KEY now.`,
      'Once every process runs with it, take the old one out of the setting.',
    ],
  };
}

function sentenceFor(error: unknown): string {
  if (error instanceof MigrationError) return error.message;
  if (error instanceof StoreFault) return `The database said ${error.message}.`;
  return 'The database at DATABASE_URL cannot be reached.';
}
