import { defineConfig } from 'vitest/config';
import { cacheHome } from './test/kit/cache-home.ts';

export default defineConfig({
  test: {
    // What the server keeps between two sessions must not come from this machine's own, nor go there.
    env: { XDG_CACHE_HOME: cacheHome, XDG_STATE_HOME: cacheHome },
    globalSetup: './test/kit/cache-home.ts',
    include: ['test/**/*.test.ts'],
    // Most of the time is spent waiting for processes, so that two files at once are faster on two cores, too; no test
    // shares a folder or a port with another, and more would only make each slower than its patience.
    maxWorkers: 2,
    // Real processes and real servers on two cores: generous, since no test asserts a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
