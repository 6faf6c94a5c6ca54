// A project's own tests around candidates: what their failures say of one, and what they do not.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { projectTests } from '../../../server/orchestration/trials/project-tests.ts';
import type { Sandbox, Workplace } from '../../../server/validation/sandbox/sandbox.ts';
import { language, run, sandbox } from '../../validation/execution/kit.ts';

/** Whether tests can be closed in, and there is something to run them with. */
const installed = ((): boolean => {
  if (sandbox?.isolation !== 'closed') return false;
  try {
    execFileSync('python3', ['-m', 'pytest', '--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // It is not installed: the answer.
  }
})();

const stub = 'def f(a):\n    pass\n';

/** @param suite the tests. @param candidate the function's file with it. @param before the text in the editor. */
async function tried(suite: string, candidate: string, before = stub, saved = before) {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-project-tests-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'subject.py');
  const test = join(folder, 'tests/test_subject.py');
  mkdirSync(join(folder, 'tests'));
  writeFileSync(path, saved);
  writeFileSync(test, suite);
  const tests = [...suite.matchAll(/def (test_\w+)/g)].map(([, name]) => ({
    name: name!,
    path: test,
    text: '',
  }));
  const question = { folder, path, before, unwritten: true, severities: {}, tests };
  await using bench = projectTests(async () => sandbox!, language('python'), question, true);
  const spans = [{ start: candidate.indexOf('\n') + 1, end: candidate.length }];
  return await bench.run(run, { text: candidate, after: candidate, spans, findings: [] });
}

describe.skipIf(!installed)('a test of a function that was not written', () => {
  const suite =
    'from subject import f\n\ndef test_none():\n    assert f(0) is None\n\ndef test_f():\n    assert f(1) == 2\n';

  it('that still gets the value that the stub gave fails for the candidate', async () => {
    const { counts, outcome } = await tried(suite, 'def f(a):\n    a + 1\n');
    expect(counts).toEqual({ passed: 1, failed: 1 });
    expect(outcome.findings.map(({ message }) => message)).toEqual([expect.stringContaining('test_f')]);
    expect(outcome.records).toMatchObject([{ outcome: 'failed', note: '1 of 2 passed' }]);
  });

  it('that lacks something of its own says nothing, and is not called passed', async () => {
    const lacking = `${suite.split('\ndef test_f')[0]}\ndef test_f(database):\n    assert f(1) == 2\n`;
    const { counts, suspected, outcome } = await tried(lacking, 'def f(a):\n    if a: return a + 1\n');
    expect([counts, suspected]).toEqual([undefined, { passed: 1, failed: 1 }]);
    expect(outcome.findings).toEqual([]);
    expect(outcome.records).toMatchObject([
      {
        outcome: 'not-run',
        note: expect.stringMatching(/^1 of 2 passed; `.*test_f` fails as it did before$/),
      },
    ]);
  });

  it('that cannot be loaded with or without it is not held against it', async () => {
    const { outcome } = await tried(`import absent_package\n${suite}`, 'def f(a):\n    return a + 1\n');
    expect(outcome.findings).toEqual([]);
    expect(outcome.records).toMatchObject([{ outcome: 'not-run' }]);
  });

  it('is compared with the text in the editor, saved or not', async () => {
    const unsaved = `${stub}\n\ndef g(a):\n    return a.missing\n`;
    const other = 'from subject import f, g\n\ndef test_f():\n    g(1)\n    assert f(1) == 2\n';
    const saved = unsaved.replace('a.missing', 'a');
    const { outcome } = await tried(other, unsaved.replace('pass', 'return a + 1'), unsaved, saved);
    expect(outcome.findings).toEqual([]);
    expect(outcome.records).toMatchObject([{ outcome: 'not-run' }]);
  });
});

/** A sandbox in which a runner says what is written here: by run and, with `fresh`, in another place. */
async function scripted(runs: readonly string[], fresh: string, code = 0, unwritten = false) {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-project-tests-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [path, test] = [join(folder, 'm.py'), join(folder, 'test_m.py')];
  writeFileSync(test, 'import unittest\n');
  let opened = 0;
  const place = (said: readonly string[]): Workplace => {
    const left = [...said];
    return {
      root: folder,
      write: async () => undefined,
      read: async () => undefined,
      execute: async () => {
        const errors = left.shift()!;
        return {
          ended: 'exit',
          code: errors.includes('FAIL') ? 1 : code,
          output: '',
          errors,
          milliseconds: 1,
        };
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
  };
  const closed: Sandbox = {
    name: 'bubblewrap',
    isolation: 'closed',
    open: async () => place(opened++ === 0 ? runs : [fresh]),
  };
  const tests = ['test_a', 'test_b'].map((name) => ({ name, path: test, text: '' }));
  const question = { folder, path, before: stub, unwritten, severities: {}, tests };
  await using bench = projectTests(async () => closed, language('python'), question, false);
  const spans = [{ start: 0, end: stub.length }];
  return { ...(await bench.run(run, { text: stub, after: stub, spans, findings: [] })), opened };
}

/** What unittest says of two tests. */
const said = (a: 'ok' | 'FAIL', b: 'ok' | 'FAIL'): string =>
  `test_a (m.T.test_a) ... ${a}\ntest_b (m.T.test_b) ... ${b}\n\n${'-'.repeat(70)}\nRan 2 tests in 0.001s\n`;

describe('a test', () => {
  it('that fails for what an earlier run left behind does not fail in a fresh place', async () => {
    const { counts, outcome, opened } = await scripted(
      [said('ok', 'ok'), said('ok', 'FAIL')],
      said('ok', 'ok'),
    );
    expect([counts, outcome.findings, opened]).toEqual([{ passed: 2, failed: 0 }, [], 2]);
    expect(outcome.records).toMatchObject([{ outcome: 'passed', note: '2 of 2 passed' }]);
  });

  it('that fails in a fresh place as well is told', async () => {
    const broken = said('ok', 'FAIL');
    const { counts, outcome } = await scripted([said('ok', 'ok'), broken], broken);
    expect(counts).toEqual({ passed: 1, failed: 1 });
    expect(outcome.findings.map(({ message }) => message)).toEqual([expect.stringContaining('test_b')]);
  });

  it('that fails as it did before keeps what mends nothing from passing, whatever was asked for', async () => {
    const same = said('ok', 'FAIL');
    const { counts, suspected, outcome, opened } = await scripted([same, same], same);
    expect([counts, suspected, opened]).toEqual([undefined, { passed: 1, failed: 1 }, 1]);
    expect(outcome.records).toMatchObject([
      { outcome: 'not-run', note: '1 of 2 passed; `test_b (m.T.test_b)` fails as it did before' },
    ]);
  });

  it('of a function that was not written says nothing where the program ends with an error of its own', async () => {
    const unbuilt = 'm (unittest.loader._FailedTest.m) ... FAIL\n';
    const { counts, outcome } = await scripted([unbuilt, said('ok', 'ok')], '', 3, true);
    expect([counts, outcome.findings]).toEqual([undefined, []]);
    expect(outcome.records).toMatchObject([
      { outcome: 'not-run', note: expect.stringMatching(/ended with code 3 after 2 tests, none of which/) },
    ]);
  });
});
