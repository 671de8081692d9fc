import { defineConfig } from 'vitest/config';

/** The browser suite: `npm run test:browser`. It needs Chromium, and fails where there is none. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
