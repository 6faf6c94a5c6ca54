// What is made of findings: records, evidence, the order of drafts, the text of a repair; and that nothing throws.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding, Severity } from '../../server/core/finding.ts';
import type { CheckRecord } from '../../server/core/task.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { evidenceOf } from '../../server/validation/evidence.ts';
import { checks, runChecks, severitiesOf } from '../../server/validation/index.ts';
import { describeProblems } from '../../server/validation/repair.ts';
import { checkCandidate, checkFile, loadSyntax, logged, project, run, subjectOf } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'javascript', 'typescript');
});

const finding = (severity: Severity, start = 0, message = 'wrong'): Finding => ({
  check: 'names/unresolved',
  severity,
  path: '/a.py',
  span: { start, end: start + 1 },
  message,
  fixes: [],
});

describe('running checks', () => {
  test('keeps one record a check, also of those that are off or not for the language', () => {
    const file = syntax.parse('python', 'gone\n')!;
    const { records, findings } = runChecks(run, subjectOf(syntax, 'a.py', file), {
      ...severitiesOf({ 'syntax/*': 'off', 'names/unresolved': 'hint' }),
    });
    expect(records.map(({ name }) => name)).toEqual(checks.map(({ name }) => name));
    expect(records[0]).toMatchObject({ outcome: 'not-run', note: 'off in the settings' });
    expect(findings).toMatchObject([{ check: 'names/unresolved', severity: 'hint', path: 'a.py' }]);
    expect(records.find(({ name }) => name === 'names/unresolved')).toMatchObject({
      outcome: 'passed',
      note: '1 remark',
    });
    file.release();
  });

  test('goes on after a check that throws, with one line in the log', () => {
    const around = project({
      ambient: () => {
        throw new Error('no folder');
      },
    });
    logged.length = 0;
    const { records } = checkFile(syntax, 'a.py', 'gone\n', around);
    expect(records.find(({ name }) => name === 'names/unresolved')).toMatchObject({ outcome: 'not-run' });
    expect(records.filter(({ outcome }) => outcome === 'passed').length).toBeGreaterThan(2);
    expect(logged).toEqual(['The check names/unresolved failed on a.py: no folder']);
  });

  test('reports in the given spans only', () => {
    const text = 'gone\nlost\n';
    const file = syntax.parse('python', text)!;
    const subject = { ...subjectOf(syntax, 'a.py', file), spans: [{ start: 5, end: 9 }] };
    expect(runChecks(run, subject, severitiesOf({})).findings.map(({ span }) => span.start)).toEqual([5]);
    file.release();
  });

  test('ends with the run', () => {
    const file = syntax.parse('python', 'gone\n')!;
    const ended = { ...run, signal: AbortSignal.abort(new Error('enough')) };
    expect(() => runChecks(ended, subjectOf(syntax, 'a.py', file), {})).toThrow('enough');
    file.release();
  });
});

describe('evidence', () => {
  const base = { findings: [], model: 'm @ host', repairs: 0, milliseconds: 1 };
  test.each([
    ['nothing was found', [{ name: 'syntax/error', outcome: 'passed' }], [], 'checked'],
    ['something was found', [{ name: 'syntax/error', outcome: 'failed' }], [finding('error')], 'doubtful'],
    ['there is only advice', [{ name: 'syntax/error', outcome: 'passed' }], [finding('hint')], 'checked'],
    ['nothing could be looked at', [{ name: 'syntax/error', outcome: 'not-run' }], [], 'doubtful'],
  ] as const)('where %s', (_, records, findings, verdict) => {
    expect(evidenceOf({ ...base, records, findings }).verdict).toBe(verdict);
  });

  test('is no better than the choice, and no better than what was found', () => {
    const passed = [{ name: 'syntax/error', outcome: 'passed' }] as const;
    const chosen = { ...base, records: passed, verdict: 'vouched' } as const;
    expect(evidenceOf(chosen).verdict).toBe('vouched');
    expect(evidenceOf({ ...chosen, verdict: 'doubtful' }).verdict).toBe('doubtful');
    expect(evidenceOf({ ...chosen, findings: [finding('error')] }).verdict).toBe('doubtful');
  });

  test('tells of a large family at once, but for what failed in it', () => {
    const record = (name: string, outcome: CheckRecord['outcome']): CheckRecord => ({ name, outcome });
    const records = [
      record('syntax/error', 'passed'),
      record('security/cwe-22', 'passed'),
      record('security/cwe-78', 'failed'),
      record('security/cwe-79', 'passed'),
      { ...record('security/cwe-89', 'not-run'), note: 'off in the settings' },
    ];
    expect(evidenceOf({ ...base, records }).checks).toEqual([
      record('syntax/error', 'passed'),
      { name: 'security/*', outcome: 'passed', note: '2 checks' },
      record('security/cwe-78', 'failed'),
      { name: 'security/cwe-89', outcome: 'not-run', note: 'off in the settings' },
    ]);
  });
});

test('problems are told with their lines, the gravest first', () => {
  const text = 'one\ntwo\nthree\nfour\n';
  expect(
    describeProblems(text, [finding('warning', 0, 'first line'), finding('error', 8, 'third line')]),
  ).toBe(
    [
      '1. Line 3: third line',
      '  2 | two',
      '> 3 | three',
      '  4 | four',
      '2. Line 1: first line',
      '> 1 | one',
      '  2 | two',
    ].join('\n'),
  );
  expect(
    describeProblems(
      'x',
      Array.from({ length: 20 }, () => finding('error')),
    ),
  ).toMatch(/And 8 more\.$/);
});

describe('nothing throws', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        'def f(',
        'class A',
        ':',
        '\n',
        '    ',
        '{',
        '}',
        '(',
        ')',
        '[',
        ']',
        '...',
        'pass',
        'import a.b',
        'from . import ',
        '*',
        '=> ',
        'export ',
        '`${',
        '/*',
        '*/',
        '"',
        "'",
        '# ... existing code ...',
        '// TODO',
        'global x',
        'type T<',
        'infer ',
        '😀',
        '\r\n',
        '\0',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 40 },
  );
  test.each(['a.py', 'a.js', 'a.ts'])('%s', (path) => {
    fc.assert(
      fc.property(pieces, pieces, fc.nat(), fc.nat(), (before, added, from, length) => {
        const text = before.join('');
        const start = from % (text.length + 1);
        const end = Math.min(text.length, start + (length % 10));
        logged.length = 0;
        const whole = checkFile(syntax, path, text);
        const { findings, after } = checkCandidate(syntax, path, text, {
          span: { start, end },
          newText: added.join(''),
        });
        expect(logged).toEqual([]);
        for (const { span } of whole.findings) expect(span.start >= 0 && span.end <= text.length).toBe(true);
        for (const { span } of findings)
          expect(span.start >= 0 && span.start <= span.end && span.end <= after.length).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

test('says of a language whose names it cannot judge that it did not', async () => {
  const more = await loadSyntax('c');
  const { records } = checkFile(more, 'a.c', 'int f(void) { g(); }\n');
  expect(records.find(({ name }) => name === 'names/unresolved')).toMatchObject({
    outcome: 'not-run',
    note: 'not for C',
  });
  expect(records.find(({ name }) => name === 'syntax/error')).toMatchObject({ outcome: 'passed' });
});
