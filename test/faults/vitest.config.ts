import { defineConfig } from 'vitest/config';

/**
 * The fault matrix: `npm run test:faults`. Processes are killed and databases frozen, so the files run one
 * after the other. It ends by printing what was injected and what was found.
 */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['../support/postgres-setup.ts', './support/tally.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 240_000,
    reporters: ['verbose'],
  },
});
