// Tests that are not run, do not end, or belong to no runner: what is said of them, and what is held against a candidate.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Cancelled, detachedRun } from '../../../server/core/run.ts';
import { readLanguages } from '../../../server/input/syntax/languages.ts';
import { findSandbox } from '../../../server/validation/sandbox/index.ts';
import type { Sandbox } from '../../../server/validation/sandbox/sandbox.ts';
import { testFindings, worseWith } from '../../../server/validation/tests/findings.ts';
import { openTests } from '../../../server/validation/tests/index.ts';

const run = detachedRun(() => undefined);
const sandbox = await findSandbox(() => undefined);
const restricted = await findSandbox(() => undefined, ['restricted']);
/** The same, in which programs are ended soon. */
const impatient: Sandbox = {
  ...sandbox,
  async open(own, contents) {
    const place = await sandbox.open(own, contents);
    return {
      ...place,
      execute: (one, command) =>
        place.execute(one, { ...command, limits: { ...command.limits, milliseconds: 3000 } }),
    };
  },
};
const languages = readLanguages(resolve(import.meta.dirname, '../../../grammars'));
const language = languages.find(({ id }) => id === 'javascript')!;
const folder = mkdtempSync(join(tmpdir(), 'vouch-refused-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const suite = (body: string): Record<string, string> => ({
  'package.json': '{ "type": "module" }',
  'wait.js': 'export const wait = () => 1;\n',
  'wait.test.js': `import { test } from 'node:test';\nimport { wait } from './wait.js';\ntest('waits', async () => { ${body} });\n`,
});

describe('existing tests', () => {
  it('are not run without a sandbox that closes them in, unless the user said so', async () => {
    const root = write('open', suite('await wait();'));
    const question = { root, language, tests: [{ name: 'waits', path: join(root, 'wait.test.js') }] };
    await using refused = await openTests(run, restricted, question);
    const report = await refused.before(run);
    expect(report).toMatchObject({ outcome: 'not-run', results: [] });
    expect(report.note).toMatch(/the user did not say/);
    await using allowed = await openTests(run, restricted, { ...question, evenBestEffort: true });
    expect(await allowed.before(run)).toMatchObject({
      outcome: 'ran',
      runner: 'node:test',
      results: [{ name: 'waits', state: 'passed' }],
    });
  });

  it('say so where there are none, none in the project, or no runner is known', async () => {
    const root = write('none', { 'wait.test.js': 'no test at all' });
    const noteOf = async (tests: { name: string; path: string }[]) => {
      await using bench = await openTests(run, sandbox, { root, language, tests });
      return (await bench.before(run)).note;
    };
    expect(await noteOf([])).toBe('no test names it');
    expect(await noteOf([{ name: 'a', path: join(folder, 'other.test.js') }])).toBe('no test names it');
    expect(await noteOf([{ name: 'a', path: join(root, 'wait.test.js') }])).toMatch(/knows no runner/);
  });

  it('say so where the runner is not installed', async () => {
    const root = write('absent', {
      ...suite(''),
      'package.json': '{ "devDependencies": { "vitest": "*" } }',
      'wait.test.js': 'import "vitest"',
    });
    await using bench = await openTests(run, sandbox, {
      root,
      language,
      tests: [{ name: 'a', path: join(root, 'wait.test.js') }],
    });
    expect(await bench.before(run)).toMatchObject({ outcome: 'not-run', note: 'vitest is not installed' });
  });

  it('that never end are ended, and are held against a candidate where they ended before', async () => {
    const root = write('endless', suite('await wait();'));
    const tests = [{ name: 'waits', path: join(root, 'wait.test.js') }];
    await using bench = await openTests(run, impatient, { root, language, tests, evenBestEffort: true });
    const before = await bench.before(run);
    const path = join(root, 'wait.js');
    const after = await bench.with(run, { [path]: 'export const wait = () => { for (;;); };\n' });
    expect(after).toMatchObject({ outcome: 'stopped', note: 'node:test did not end in time' });
    const subject = { root, path, span: { start: 0, end: 1 } };
    // On a machine that is busy the tests may not have ended without a candidate either; then nothing is held against it.
    expect(testFindings(worseWith(before, after), subject)).toHaveLength(before.outcome === 'ran' ? 1 : 0);
    expect(testFindings(worseWith(after, after), subject)).toEqual([]);
  });

  it('end with the run', async () => {
    const root = write('cancelled', suite('for (;;);'));
    const controller = new AbortController();
    const own = detachedRun(() => undefined, controller.signal);
    await using bench = await openTests(own, sandbox, {
      root,
      language,
      tests: [{ name: 'waits', path: join(root, 'wait.test.js') }],
      evenBestEffort: true,
    });
    const asked = bench.before(own);
    setTimeout(() => controller.abort(new Cancelled('client')), 300);
    await expect(asked).rejects.toThrow('cancelled: client');
  });
});
