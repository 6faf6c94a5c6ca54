// vouch is killed, and what it has started in a sandbox goes with it, also what was only being set up.
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findSandbox } from '../../../server/validation/sandbox/index.ts';
import { processesWith } from './attempts.ts';

const sandbox = await findSandbox(() => undefined, ['bubblewrap']).catch(() => undefined);
const program = fileURLToPath(new URL('./killed-process.ts', import.meta.url));

describe.runIf(sandbox)('a sandbox whose vouch is killed', () => {
  // From before its process is there to when the program runs.
  for (const milliseconds of [0, 4, 8, 200]) {
    it.concurrent(`${milliseconds} ms after its start leaves nothing`, async () => {
      const word = `7${milliseconds}${process.pid}`;
      const vouch = spawn(process.execPath, ['--import', 'tsx', program, `60${word}`, String(milliseconds)], {
        stdio: 'ignore',
      });
      const signal = await new Promise((resolve) => vouch.once('exit', (_, by) => resolve(by)));
      expect(signal).toBe('SIGKILL');
      while (processesWith(word).length > 0) await sleep(20);
    });
  }
});
