// Tests that a model wrote, run on the code as it is: agreement counts, disagreement is told and held against nobody.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writtenTests } from '../../../server/orchestration/trials/written-tests.ts';
import { testsIn } from '../../../server/validation/tests/written.ts';
import { language, run, sandbox } from '../../validation/execution/kit.ts';

const works = (program: string, ...parameters: string[]): boolean => {
  if (sandbox?.isolation !== 'closed') return false;
  try {
    execFileSync(program, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false; // It is not installed: the answer.
  }
};

/** @param file where the tests are to be, which is not on disk. */
async function tried(
  id: string,
  files: Readonly<Record<string, string>>,
  file: string,
  code: string,
  head = '',
) {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-written-tests-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const question = { folder, path: join(folder, file), severities: {} };
  await using bench = writtenTests(async () => sandbox!, language(id), question, true);
  const after = head + code;
  const spans = [{ start: head.length, end: after.length }];
  const { outcome, counts } = await bench.run(run, { text: code, after, spans, findings: [] });
  const found = outcome.findings.map(({ severity, message, span }) => [
    severity,
    message.replace(/ \((?:in|from) .*$/s, ''),
    after.slice(span.start, span.end).trim(),
  ]);
  return { found, counts, records: outcome.records.map(({ outcome: came, note }) => [came, note]) };
}

describe.skipIf(!works('python3', '-m', 'pytest', '--version'))('tests for pytest', () => {
  const files = { 'double.py': 'def double(n):\n    return n * 2\n', 'pytest.ini': '[pytest]\n' };
  const head = 'from double import double\n\n\ndef test_old():\n    assert double(1) == 3\n\n\n';

  it('that hold are evidence, whatever the older ones say', async () => {
    const code = 'def test_two():\n    assert double(2) == 4\n';
    expect(
      await tried(
        'python',
        files,
        'tests/test_double.py',
        code,
        `import sys; sys.path.insert(0, ".")\n${head}`,
      ),
    ).toEqual({
      found: [],
      counts: undefined,
      records: [['passed', '1 of 1 new tests pass on the code as it is']],
    });
  });

  it('that do not hold are told where they fail, and speak for nobody', async () => {
    const code =
      'def test_two():\n    assert double(2) == 4\n\n\ndef test_one():\n    assert double(1) == 1\n';
    const { found, counts, records } = await tried('python', files, 'test_double.py', code, head);
    expect([found, counts]).toEqual([
      [['information', expect.stringMatching(/`\S*test_one` fails.*assert 2 == 1/), 'assert double(1) == 1']],
      undefined,
    ]);
    expect(records).toEqual([['not-run', expect.stringMatching(/^1 of 2 new tests pass.*test_one`$/)]]);
  });

  it('that cannot be read are mended', async () => {
    const { found, counts } = await tried('python', files, 'test_double.py', 'from nowhere import x\n');
    expect([found, counts]).toEqual([
      [['error', expect.stringContaining('cannot be run'), 'from nowhere import x']],
      { passed: 0, failed: 1 },
    ]);
  });
});

describe.skipIf(!works('go', 'version'))('tests that are run by their names', () => {
  it('are known by the data of their language', async () => {
    const code =
      'package double\n\nimport "testing"\n\nfunc TestTwo(t *testing.T) {\n\tif Double(2) != 4 {\n\t\tt.Fatal("no")\n\t}\n}\n';
    const files = {
      'go.mod': 'module example.com/double\n\ngo 1.21\n',
      'double.go': 'package double\n\nfunc Double(n int) int { return 2 * n }\n',
    };
    expect((await tried('go', files, 'double_test.go', code)).records).toEqual([
      ['passed', '1 of 1 new tests pass on the code as it is'],
    ]);
    const rust = '#[test]\nfn two() {}\n#[tokio::test]\n#[ignore]\nasync fn three() {}\nfn helper() {}\n';
    expect(testsIn(language('rust').testRunners!, 'a', rust).map(({ name }) => name)).toEqual([
      'two',
      'three',
    ]);
  });
});
