import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real processes and real servers on two cores: generous, since no test asserts a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
