import { expect, test } from 'vitest';
import { startDatabaseClock } from '../../src/postgres/database-clock.ts';
import { createTestStore } from '../support/database.ts';

test.each([-600_000, 0, 600_000])(
  'a machine that is %i ms off tells the database’s time',
  async (off) => {
    const { store } = await createTestStore();
    const time = await startDatabaseClock(store, () => Date.now() + off);
    time.stop();
    const [row] = await store.lookUp((db) => db.$queryRaw<{ at: Date }[]>`SELECT now() AS at`);
    // The same machine serves both here, so that seconds are plenty.
    expect(Math.abs(time.clock().getTime() - row!.at.getTime())).toBeLessThan(10_000);
    expect(Math.abs(time.behindMs() + off)).toBeLessThan(10_000);
  },
);
