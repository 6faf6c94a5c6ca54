// Trials as a whole, in this process: what is left of them when they end.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { defaultSettings } from '../../../server/core/settings.ts';
import { createTrials } from '../../../server/orchestration/trials/local.ts';
import { ownName } from '../../../server/validation/sandbox/temporary.ts';
import { scriptedServer } from '../../validation/oracles/kit.ts';
import { processesWith } from '../../validation/sandbox/attempts.ts';

const run = detachedRun(() => undefined);

test('a judge that a setting names judges a language that vouch knows nothing of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-trials-'));
  const command = [process.execPath, scriptedServer, 'pull', join(folder, 'journal')];
  const judges = { zls: { command, languages: ['zig'] } };
  const trials = createTrials({ log: () => undefined });
  await trials.configure([], {
    ...defaultSettings,
    validation: { ...defaultSettings.validation, judges },
  });
  const place = { folder, path: join(folder, 'a.zig'), languageId: 'zig' };
  expect((await trials.startable({ ...place, examples: [], tests: [] })).programs).toContain('zls');
  const text = 'BAD\n';
  const question = { ...place, text, span: { start: 0, end: text.length }, unsaved: [], units: [] };
  const { findings, records } = await trials.validate(run, { ...question, severities: {} });
  await trials.dispose();
  rmSync(folder, { recursive: true });
  expect(findings).toMatchObject([{ check: 'types/zls', span: { start: 0, end: 3 } }]);
  expect(records.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['types/zls', 'failed'],
    ['examples/failed', 'not-run'],
    ['tests/failed', 'not-run'],
  ]);
});

test.runIf(process.platform === 'linux')(
  'their end is the end of what runs, and of all that was kept for it',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vouch-trials-'));
    const word = `7${process.pid}`;
    const text = `import { execSync } from 'node:child_process';\nexport const wait = () => execSync('sleep ${word}');\n`;
    const path = join(folder, 'wait.mjs');
    writeFileSync(path, text);
    const span = { start: 0, end: text.length };
    const trials = createTrials({ log: () => undefined });
    // What judges it takes longer to start.
    const judges = { tsc: false, tsgo: false } as const;
    await trials.configure([], {
      ...defaultSettings,
      validation: { ...defaultSettings.validation, judges },
    });
    const place = { folder, path, languageId: 'javascript' };
    const unit = { ...place, root: folder, name: 'wait', parameters: [] };
    const example = { form: 'arrow' as const, code: 'wait()', expected: '1', span };
    const working = trials.validate(run, {
      ...place,
      ...{ text, span, unsaved: [], severities: {} },
      units: [{ unit, span, nameSpan: span, examples: [example], tests: [] }],
    });
    working.catch(() => undefined);
    await expect.poll(() => processesWith(word).length, { timeout: 20_000 }).toBeGreaterThan(0);
    await trials.dispose();
    await expect(working).rejects.toThrow('cancelled: shutdown');
    expect(processesWith(word)).toEqual([]);
    expect(existsSync(join(tmpdir(), ownName()))).toBe(false);
    rmSync(folder, { recursive: true });
  },
);
