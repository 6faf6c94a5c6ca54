// What programs cannot do in a sandbox; what a kind of sandbox cannot hold is named, and tried just the same.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { type Escape, escapes, notHeld } from '../../../server/validation/sandbox/escapes.ts';
import { findSandbox, sandboxNames } from '../../../server/validation/sandbox/index.ts';
import type { Sandbox } from '../../../server/validation/sandbox/sandbox.ts';
import { attempts, makeOutside, type Outside } from './attempts.ts';

const run = detachedRun(() => undefined);
const found = await Promise.all(
  sandboxNames.map(
    async (name): Promise<[Sandbox['name'], Sandbox | undefined]> => [
      name,
      await findSandbox(() => undefined, [name]).catch(() => undefined),
    ],
  ),
);

describe.runIf(process.platform === 'linux')('escapes', () => {
  let outside: Outside;
  beforeAll(async () => {
    process.env.VOUCH_TEST_SECRET = 'what nobody may read';
    outside = await makeOutside();
  });
  afterAll(async () => {
    delete process.env.VOUCH_TEST_SECRET;
    await outside.close();
  });

  it('are tried, each that the documents speak of', () => {
    expect(attempts.map(({ target }) => target)).toEqual(Object.keys(escapes));
  });

  describe.each(found)('%s', (name, sandbox) => {
    const cannotHold = (target: Escape): boolean => notHeld[name].includes(target);
    it.skipIf(!sandbox).each(attempts.map((attempt) => [attempt.target, attempt] as const))(
      '%s',
      async (target, attempt) => {
        outside.heard.length = 0;
        let escaped = false;
        await using place = await sandbox!.open(run, { project: outside.project });
        for (const program of attempt.programs(outside, place)) {
          const outcome = await place.execute(run, program);
          escaped = (await attempt.escaped(outside, outcome, place)) || escaped;
        }
        expect(escaped, `${name} ${cannotHold(target) ? 'holds' : 'does not hold'} ${escapes[target]}`).toBe(
          cannotHold(target),
        );
      },
    );
  });
});
