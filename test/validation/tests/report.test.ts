// Reports as runners write them → results.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestReportRules } from '../../../server/core/test-rules.ts';
import { readReport } from '../../../server/validation/tests/read-report.ts';
import { reportOf } from '../../../server/validation/tests/results.ts';
import { language } from '../execution/kit.ts';

const read = (format: TestReportRules['format'], text: string) =>
  readReport({ format }, { output: text, errors: '', report: text }).results;

describe('a report', () => {
  it('of JUnit’s kind: several documents, suites in suites, values behind names', () => {
    const results = read(
      'junit',
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="org.example.CalcTest" tests="3">
  <testcase name="adds" classname="org.example.CalcTest" time="0.01"/>
  <testcase name="subtracts(int)[1]" classname="org.example.CalcTest">
    <failure message="expected: &lt;1&gt; but was: &lt;2&gt;" type="AssertionFailedError"><![CDATA[org.opentest4j.AssertionFailedError: expected
	at org.example.CalcTest.subtracts(CalcTest.java:12)]]></failure>
  </testcase>
  <testcase name="later" classname="org.example.CalcTest"><skipped/></testcase>
</testsuite>
<?xml version="1.0"?>
<testsuites><testsuite><testsuite><testcase name="crashes"><error message="boom"/></testcase></testsuite></testsuite></testsuites>`,
    );
    expect(results.map(({ name, state, message }) => [name, state, message])).toEqual([
      ['adds', 'passed', undefined],
      ['subtracts', 'failed', 'expected: <1> but was: <2>'],
      ['later', 'skipped', undefined],
      ['crashes', 'failed', 'boom'],
    ]);
    expect(results[1]!.failure).toContain('CalcTest.java:12');
  });

  it('of JUnit’s kind with line breaks as numbers: the message is its first line', () => {
    const text =
      '<testsuite><testcase name="f"><failure message="assert 1 == 2&#10; +  where 1 = f()&#x27;">x</failure></testcase></testsuite>';
    expect(read('junit', text)[0]!.message).toBe('assert 1 == 2');
  });

  it('of one object with all results', () => {
    const results = read(
      'results',
      JSON.stringify({
        testResults: [
          {
            assertionResults: [
              { title: 'adds', fullName: 'calc adds', status: 'passed', failureMessages: [] },
              {
                title: 'subtracts',
                fullName: 'calc subtracts',
                status: 'failed',
                failureMessages: ['Error: no'],
              },
              { title: 'later', status: 'pending', failureMessages: null },
            ],
          },
        ],
      }),
    );
    expect(results).toEqual([
      { name: 'adds', title: 'calc adds', state: 'passed' },
      { name: 'subtracts', title: 'calc subtracts', state: 'failed', failure: 'Error: no' },
      { name: 'later', title: 'later', state: 'skipped' },
    ]);
  });

  it('of events: what a part says is said of the test, however deep its package lies', () => {
    const Package = 'example.org/a/b/c/d/e/f/g/h';
    const events = [
      { Action: 'output', Package, Test: 'TestAll/first/part', Output: 'want 2\n' },
      { Action: 'fail', Package, Test: 'TestAll/first/part' },
      { Action: 'fail', Package, Test: 'TestAll' },
    ];
    const results = read('events', events.map((one) => JSON.stringify(one)).join('\n'));
    expect(results.map(({ title, failure }) => [title, failure])).toEqual([
      ['TestAll/first/part', 'want 2\n'],
      ['TestAll', 'want 2\n'],
    ]);
  });

  it('that is cut off, or none at all, gives what can be read of it', () => {
    expect(read('junit', '<testsuite><testcase name="a"')).toEqual([]);
    expect(read('results', '{"testResults": [')).toEqual([]);
    expect(read('events', '{"Action":"pass","Test":"A"}\n{"Action":"fa')).toHaveLength(1);
    expect(readReport({ format: 'junit' }, { output: '', errors: '' }).results).toEqual([]);
  });

  it.each(['junit', 'results', 'tap', 'events', 'lines'] as const)(
    'of any text as %s never throws',
    (format) => {
      const [line, state] = ['^(?<name>\\w+) ', '(?<state>ok)$'];
      fc.assert(
        fc.property(
          fc.oneof(fc.string(), fc.json(), fc.stringMatching(/^[<>a-z"= \n/?[\]!&;]*$/)),
          (text) => {
            readReport(
              { format, line, state, states: { ok: 'passed' } },
              { output: text, errors: text, report: text },
            );
          },
        ),
        { numRuns: 200 },
      );
    },
  );
});

describe('what jest says', () => {
  const jest = language('javascript').testRunners!.find(({ name }) => name === 'jest')!;
  const path = '/project/src/double.test.js';
  const where = { root: '/project', seen: '/project' };
  const ended = (output: string) =>
    ({ ended: 'exit', code: 1, output: '', errors: output, milliseconds: 1 }) as const;
  const written = (report: unknown, errors: string) => ({
    output: '',
    errors,
    report: JSON.stringify(report),
  });

  it('of a failure is what was expected, and where', () => {
    const failure =
      'Error: expect(received).toEqual(expected) // deep equality\n\nExpected: 3\nReceived: 2\n    at Object.toEqual (/project/src/double.test.js:8:23)\n    at new Promise (<anonymous>)';
    const one = { title: 'of one', fullName: 'double of one', status: 'failed', failureMessages: [failure] };
    const report = written({ testResults: [{ assertionResults: [one] }] }, '');
    expect(reportOf(jest, [{ name: 'of one', path }], ended(''), report, where).results).toEqual([
      {
        name: 'of one',
        title: 'double of one',
        state: 'failed',
        message: 'Expected: 3; Received: 2',
        place: { path, line: 7 },
      },
    ]);
  });

  it('of a file that cannot be read is why', () => {
    const said =
      'FAIL src/double.test.js\n  ● Test suite failed to run\n\n    Jest encountered an unexpected token\n\n    Much about configuration.\n\n    Details:\n\n    SyntaxError: /project/src/double.js: Unexpected token (1:23)\n\nTest Suites: 1 failed, 1 total\n';
    const report = written({ testResults: [{ assertionResults: [] }] }, said);
    expect(reportOf(jest, [{ name: 'of one', path }], ended(said), report, where)).toMatchObject({
      outcome: 'unbuilt',
      note: 'jest says: SyntaxError: /project/src/double.js: Unexpected token (1:23)',
    });
  });
});
