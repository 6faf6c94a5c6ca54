// The project's tests of code that is there, run for real: a failure is told of the function that the test names.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { validateTests } from '../../../server/orchestration/trials/validate-tests.ts';
import { has, language, run, sandbox } from '../../validation/execution/kit.ts';

const installed = (await has('pytest')) && sandbox !== undefined;

const folder = mkdtempSync(join(tmpdir(), 'vouch-validate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text =
  'import os\n\n\ndef one():\n    return 1\n\n\ndef two():\n    return 1\n\n\ndef three():\n    return 3\n';
const path = join(folder, 'numbers_.py');
const testPath = join(folder, 'tests', 'test_numbers.py');
const tests =
  'from numbers_ import one, two\n\ndef test_one():\n    assert one() == 1\n\ndef test_two():\n    assert two() == 2\n';

const unit = (name: string, ...named: string[]) => {
  const start = text.indexOf(`def ${name}`);
  return {
    unit: { languageId: 'python', path, root: folder, name, parameters: [] },
    span: { start, end: text.indexOf('return', start) + 'return 1'.length },
    nameSpan: { start: start + 4, end: start + 4 + name.length },
    examples: [],
    tests: named.map((one) => ({ name: one, path: testPath, text: '' })),
  };
};

describe.skipIf(!installed)('tests of code that is there', () => {
  it('are run once, and told of each function by its own', async () => {
    mkdirSync(join(folder, 'tests'));
    writeFileSync(join(folder, 'pyproject.toml'), '[tool.pytest.ini_options]\npythonpath = ["."]\n');
    writeFileSync(path, text);
    writeFileSync(testPath, tests);
    const tools = { language: language('python'), sandbox: async () => sandbox!, evenBestEffort: true };
    const question = {
      folder,
      path,
      languageId: 'python',
      text,
      unsaved: [],
      span: { start: 0, end: text.length },
      units: [unit('one', 'test_one'), unit('two', 'test_two', 'test_one'), unit('three')],
      severities: {},
    };
    const { findings, records, units } = await validateTests(run, tools, question);
    expect(findings.map(({ span }) => text.slice(span.start, span.end))).toEqual(['two']);
    expect(findings[0]!.span.start).toBe(text.indexOf('two'));
    const told = (outcome: string, note: string) => ({ name: 'tests/failed', outcome, note, tool: 'pytest' });
    expect(records).toEqual([told('failed', '1 of 2 passed')]);
    expect(units).toEqual([
      [told('passed', '1 of 1 passed')],
      [told('failed', '1 of 2 passed')],
      [{ name: 'tests/failed', outcome: 'not-run', note: 'no test names it' }],
    ]);
  });
});
