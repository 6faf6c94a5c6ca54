// Runs of tests that ended before they had told all, as runners wrote it: what passed until then is not all there is to know.
import { describe, expect, it } from 'vitest';
import { testFindings, worseWith } from '../../../server/validation/tests/findings.ts';
import type { TestReport, TestResult } from '../../../server/validation/tests/result.ts';
import { reportOf } from '../../../server/validation/tests/results.ts';
import { language } from '../execution/kit.ts';

const where = { root: '/project', seen: '/project' };
const subject = { root: '/project', path: '/project/m', span: { start: 0, end: 1 } };

/** What a runner's words and its code come to. @param tests `name` or `name in file`. */
function told(id: string, runner: string, code: number, tests: readonly string[], written: Told): TestReport {
  const rules = language(id).testRunners!.find(({ name }) => name === runner)!;
  const wanted = tests.map((test) => {
    const [name, file = 'm'] = test.split(' in ');
    return { name: name!, path: `/project/${file}` };
  });
  const { output = '', errors = '', report } = written;
  const outcome = { ended: 'exit', code, output, errors, milliseconds: 1 } as const;
  return reportOf(rules, wanted, outcome, { output, errors, ...(report && { report }) }, where);
}

interface Told {
  readonly output?: string;
  readonly errors?: string;
  readonly report?: string;
}

const states = ({ results }: TestReport) => results.map(({ title, state }) => [title, state]);
const messages = (before: TestReport, after: TestReport) =>
  testFindings(worseWith(before, after), subject).map(({ message }) => message);

describe('a test in which the program ended', () => {
  it('has failed where the runner told that it began', () => {
    const events = [
      { Action: 'run', Package: 'x', Test: 'TestA' },
      { Action: 'pass', Package: 'x', Test: 'TestA' },
      { Action: 'run', Package: 'x', Test: 'TestB' },
      { Action: 'output', Package: 'x', Test: 'TestB', Output: '=== RUN   TestB\n' },
      { Action: 'output', Package: 'x', Test: 'TestB', Output: '14:02:53 bad\n' },
      { Action: 'fail', Package: 'x' },
    ];
    const output = events.map((one) => JSON.stringify(one)).join('\n');
    const report = told('go', 'go test', 1, ['TestA', 'TestB'], { output });
    expect(states(report)).toEqual([
      ['TestA', 'passed'],
      ['TestB', 'failed'],
    ]);
    expect(report.results[1]!.message).toBe('it did not end: 14:02:53 bad');

    const errors = 'test_a (test_m.T.test_a) ... ok\ntest_b (test_m.T.test_b) ... ';
    expect(told('python', 'unittest', 0, ['test_a', 'test_b'], { errors })).toMatchObject({
      outcome: 'ran',
      results: [{ state: 'passed' }, { state: 'failed', message: 'it did not end' }],
      note: expect.stringMatching(/was ended by what it ran/),
    });
  });

  it('ends the run where the runner tells of a test only once it has ended', () => {
    const passed = '\nrunning 2 tests\ntest a ... ok\n';
    const complete = `${passed}test b ... ok\n\ntest result: ok. 2 passed; 0 failed\n`;
    const before = told('rust', 'cargo test', 0, ['a', 'b'], { output: complete });
    expect(before.note).toBeUndefined();
    // Another program with tests goes on after it.
    for (const output of [passed, passed + complete.replaceAll(/test [ab]/g, 'test other')]) {
      const after = told('rust', 'cargo test', 101, ['a', 'b'], { output });
      expect(after).toMatchObject({ outcome: 'stopped' });
      expect(messages(before, after)).toEqual([expect.stringMatching(/cargo test was ended by what it ran/)]);
    }
  });

  it('is why nothing is told where the runner says that its program is gone', () => {
    const output =
      '[ERROR] Failed: The forked VM terminated without saying properly goodbye. VM crash?\n[Help 1]';
    const report = '<testsuite><testcase name="a" classname="ATest"/></testsuite>';
    expect(told('java', 'Maven', 1, ['a', 'b'], { output, report })).toMatchObject({
      outcome: 'unbuilt',
      note: 'Maven says: The forked VM terminated without saying properly goodbye',
    });
  });

  it('takes the whole file along, which is told as a failure or not at all', () => {
    const tests = ['works in a.test.mjs', 'formats in b.test.mjs'];
    const works = '# Subtest: works\nok 1 - works\n  ---\n  duration_ms: 2\n  ...\n';
    const formats = works.replaceAll('works', 'formats');
    const before = told('javascript', 'node:test', 0, tests, { output: works + formats });
    const file =
      "# /project/b.test.mjs:1\n# TypeError: no number\n# Subtest: /project/b.test.mjs\nnot ok 2 - /project/b.test.mjs\n  ---\n  exitCode: 1\n  error: 'test failed'\n  ...\n";
    const dead = told('javascript', 'node:test', 1, tests, { output: works + file });
    expect(messages(before, dead)).toEqual([
      'With this, nothing is told any more of the test `formats`, which passed before.',
      'The test `b.test.mjs` fails: TypeError: no number.',
    ]);
    expect(dead.note).toMatch(/b\.test\.mjs failed as a whole/);

    const silent = file.replace('not ok', 'ok').replace('  exitCode: 1\n', '');
    const ended = told('javascript', 'node:test', 0, tests, { output: works + silent });
    expect(states(ended)).toEqual([['works', 'passed']]);
    expect(ended.note).toMatch(/tells of no test in b\.test\.mjs/);
    expect(told('javascript', 'node:test', 0, tests, { output: silent })).toMatchObject({
      outcome: 'not-run',
    });
  });
});

describe('a file that is told around its tests', () => {
  const around = (works: string, file: string, why: string): string =>
    `# Subtest: /project/a.test.mjs\n    # Subtest: works\n    ${works} 1 - works\n      ---\n      error: 'no'\n      ...\n    1..1\n${file} 1 - /project/a.test.mjs\n  ---\n  failureType: '${why}'\n  exitCode: 1\n  error: 'no'\n  ...\n`;
  const tests = ['works in a.test.mjs'];

  it('is none itself, unless it failed beside them', () => {
    const passed = told('javascript', 'node:test', 0, tests, { output: around('ok', 'ok', '') });
    expect([states(passed), passed.note]).toEqual([[['works', 'passed']], undefined]);
    const failed = told('javascript', 'node:test', 1, tests, {
      output: around('not ok', 'not ok', 'subtestsFailed'),
    });
    expect([states(failed), failed.note]).toEqual([[['works', 'failed']], undefined]);
    const dead = told('javascript', 'node:test', 1, tests, {
      output: around('ok', 'not ok', 'testCodeFailure'),
    });
    expect(states(dead)).toEqual([
      ['works', 'passed'],
      ['a.test.mjs', 'failed'],
    ]);
  });
});

describe('a program that ends with an error though no test failed', () => {
  const report = '<testsuite><testcase name="test_f" classname="tests.test_m"/></testsuite>';
  const run = (code: number) => told('python', 'pytest', code, ['test_f'], { report });

  it('is held against a candidate only where it did not end so before', () => {
    expect(run(1).note).toBe('pytest ended with code 1 after 1 test, none of which failed');
    expect(messages(run(0), run(1))).toEqual([
      'With this, pytest ended with code 1 after 1 test, none of which failed.',
    ]);
    // As where a project asks for more tests than were wanted to be run.
    expect(messages(run(1), run(1))).toEqual([]);
  });
});

describe('tests of one title', () => {
  const ran = (...results: readonly Partial<TestResult>[]): TestReport => ({
    outcome: 'ran',
    milliseconds: 0,
    results: results.map((one) => ({ name: 'works', title: 'works', state: 'passed', ...one })),
  });
  const failed = (about: Partial<TestResult> = {}): Partial<TestResult> => ({ state: 'failed', ...about });

  it('are as many as there are', () => {
    expect(messages(ran(failed(), {}), ran(failed(), {}))).toEqual([]);
    expect(messages(ran({}, failed()), ran(failed(), failed({ message: 'no' })))).toHaveLength(1);
    expect(messages(ran({}, {}), ran({}))).toEqual([expect.stringMatching(/nothing is told any more/)]);
    const parts = ran({}, { title: 'works/one' });
    expect(messages(parts, ran(failed()))).toEqual(['The test `works` fails.']);
  });

  it('fail anew where they failed in another file, and as before where they fail otherwise', () => {
    const before = ran(failed({ file: 'a' }), { file: 'b' });
    expect(messages(before, ran({ file: 'a' }, failed({ file: 'b' })))).toHaveLength(1);
    const known = ran(failed({ message: 'a' }), {});
    expect(messages(known, ran(failed({ message: 'b' }), {}))).toEqual([]);
    expect(messages(known, ran(failed({ message: 'b' }), failed({ message: 'a' })))).toEqual([
      'The test `works` fails: b.',
    ]);
  });

  it('have their groups in their titles where the runner tells groups', () => {
    const output =
      "# Subtest: one\n    # Subtest: works\n    ok 1 - works\n      ---\n      duration_ms: 1\n      ...\n    1..1\nok 1 - one\n  ---\n  type: 'suite'\n  ...\n# Subtest: two\n    # Subtest: works\n    not ok 1 - works\n      ---\n      error: 'no'\n      ...\n    1..1\nnot ok 2 - two\n  ---\n  type: 'suite'\n  ...\n";
    const report = told('javascript', 'node:test', 1, ['works'], { output });
    expect(report.results.map(({ title, state, message }) => [title, state, message])).toEqual([
      ['one > works', 'passed', undefined],
      ['two > works', 'failed', 'no'],
    ]);
  });
});

describe('what a test writes like its runner', () => {
  it('does not make it pass or fail: the summary counts', () => {
    const errors = `test_a (m.T.test_a) ... ok
FAIL
test_b (m.T.test_b)
What it is for. ... FAIL
ok
test_a (m.U.test_a) ... ok
ERROR
test_parts (m.T.test_parts) ... test_c (m.T.test_c) ... ok

======================================================================
ERROR: setUpClass (m.V)
----------------------------------------------------------------------
ValueError: no

======================================================================
FAIL: test_a (m.T.test_a)
----------------------------------------------------------------------
Traceback (most recent call last):
AssertionError: 2 != 1

======================================================================
FAIL: test_parts (m.T.test_parts) (part=1)
----------------------------------------------------------------------
AssertionError: 3 != 1

----------------------------------------------------------------------
Ran 5 tests in 0.001s

FAILED (failures=1, errors=1)
`;
    const report = told('python', 'unittest', 1, ['test_a', 'test_b', 'test_c', 'test_parts'], { errors });
    expect(report.results.map(({ title, state, message }) => [title, state, message])).toEqual([
      ['test_a (m.T.test_a)', 'failed', 'AssertionError: 2 != 1'],
      ['test_b (m.T.test_b)', 'passed', undefined],
      ['test_a (m.U.test_a)', 'passed', undefined],
      ['test_parts (m.T.test_parts)', 'failed', 'AssertionError: 3 != 1'],
      ['test_c (m.T.test_c)', 'passed', undefined],
    ]);
    expect(report.note).toBeUndefined();
  });

  it('repeated ever so often, is read in the time that its length takes', () => {
    const noise = [
      { id: 'python', runner: 'unittest', text: 'FAIL: x ()\nFAIL: y (m.T)\nFAIL: y (m)\n' },
      { id: 'rust', runner: 'cargo test', text: '---- a stdout ----\ntest a ... \n' },
      { id: 'javascript', runner: 'node:test', text: 'ok 1 - x\n  ---\n\n' },
      { id: 'go', runner: 'go test', text: '{"Action":"run","Test":"T/a"}\n' },
    ];
    for (const { id, runner, text } of noise) {
      // Patterns that look on from each of these would be at it for hours.
      expect(told(id, runner, 1, ['x'], { output: text.repeat(20_000) }).runner).toBe(runner);
    }
  });
});
