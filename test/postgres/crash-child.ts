import { createStore } from '../../src/postgres/store.ts';
import type { Tx } from '../../src/app/ports.ts';
import { intake, raised } from './fixtures.ts';

/*
 * A process that takes a concern and is killed on the way: `node crash-child.ts <settings as JSON>`.
 * `after` is the call of the port after which it dies, or `commit`.
 */

export type CrashSettings = {
  url: string;
  keyEncryptionKey: string;
  school: string;
  reporter: string;
  reader: string;
  nonce: string;
  caseId: string;
  after: string;
};

const settings = JSON.parse(process.argv[2] ?? '{}') as CrashSettings;
const { url, keyEncryptionKey, school, reporter, reader, nonce, caseId, after } = settings;
const budget = { wait: 20_000, work: 20_000 };
const store = createStore({ url, keyEncryptionKey, enqueue: () => Promise.resolve(), budget });

const die = () => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise<never>(() => undefined);
};

const dying = (tx: Tx): Tx =>
  new Proxy(tx, {
    get(target, name: keyof Tx) {
      const call = Reflect.get(target, name) as (...given: unknown[]) => Promise<unknown>;
      return async (...given: unknown[]) => {
        const result = await call(...given);
        return name === after ? die() : result;
      };
    },
  });

await store.run({ school, as: 'product' }, (tx) => {
  const mortal = dying(tx);
  return mortal.once(nonce, reporter, async () => {
    await intake(mortal, caseId, raised(reporter), [reader]);
    return { caseId };
  });
});
await die();
