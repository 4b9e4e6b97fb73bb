import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node 20 does not know `await using`: the transform lowers it.
  oxc: { target: 'node20' },
  test: {
    include: ['test/**/*.test.ts'],
    // Processes, not threads: ssh2's native addon loads only once per process.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    globals: false,
    // A test that was left out by hand must not pass for a whole suite.
    allowOnly: false,
  },
});
