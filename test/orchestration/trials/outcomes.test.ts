// What programs came to is recorded as it is; how loudly it is told is the user's choice.
import { expect, test } from 'vitest';
import { examplesOutcome, judgesOutcome } from '../../../server/orchestration/trials/outcomes.ts';

const asked = {
  path: '/m.py',
  before: 'x',
  severities: { 'examples/failed': 'hint', 'types/*': 'hint' },
} as const;
const span = { start: 0, end: 1 };
const candidate = { text: 'x', after: 'x', spans: [span], findings: [] };
const finding = { path: '/m.py', span, message: 'no', fixes: [] };

test('an example that failed has failed, also where that is told as a hint', () => {
  const question = { ...asked, examples: [{ form: 'session', code: 'f(1)', expected: '2', span }] } as const;
  for (const unloadable of [{}, { unloadable: 'no such module' }]) {
    const results = [{ outcome: 'failed', actual: '1' }] as const;
    const { findings, records } = examplesOutcome(question, candidate, { results, ...unloadable });
    expect(findings.map(({ severity }) => severity)).toEqual(['hint']);
    expect(records).toMatchObject([{ name: 'examples/failed', outcome: 'failed' }]);
  }
});

test("a judge's fault is one, also where it is told as a hint; its own advice is none unless the user says so", () => {
  const report = (severity: 'error' | 'hint') => ({
    tool: 'judge',
    milliseconds: 1,
    findings: [{ ...finding, check: 'types/judge', severity } as const],
  });
  const outcome = (own: 'error' | 'hint', set: 'error' | 'hint' | undefined) => {
    const severities = set === undefined ? {} : ({ 'types/judge': set } as const);
    const { faults, findings, records } = judgesOutcome({ ...asked, severities }, [report(own)]);
    return [faults, findings[0]!.severity, records[0]!.outcome];
  };
  expect(outcome('error', 'hint')).toEqual([1, 'hint', 'failed']);
  expect(outcome('hint', undefined)).toEqual([0, 'hint', 'passed']);
  expect(outcome('hint', 'error')).toEqual([1, 'error', 'failed']);
});
