import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** For measurements that need a whole bot on a real Postgres: `npm run bench:intake`. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['intake.ts'],
    globalSetup: [join(import.meta.dirname, '../test/support/postgres-setup.ts')],
    pool: 'forks',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: ['default'],
  },
});
