// Validation of a whole file: what came of a function's own examples and tests is said of that function, and of no other.
import { expect, test } from 'vitest';
import { detachedRun } from '../../server/core/run.ts';
import { defaultSettings } from '../../server/core/settings.ts';
import type { Span } from '../../server/core/span.ts';
import type { CheckRecord, Evidence } from '../../server/core/task.ts';
import type { KnownCode } from '../../server/orchestration/known-code.ts';
import type { Workshop } from '../../server/orchestration/propose.ts';
import type { ValidationOutcome } from '../../server/orchestration/trials/trials.ts';
import { validate } from '../../server/orchestration/validate.ts';
import { evidence } from '../kit/scripted-workbench.ts';

const run = detachedRun(() => undefined);
const path = '/project/a.py';
const text = 'def one():\n    return 1\n\n\ndef two():\n    return 2\n';
const spanOf = (part: string): Span => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
const units = ['def one():\n    return 1', 'def two():\n    return 2'].map((code) => ({
  span: spanOf(code),
  nameSpan: { start: text.indexOf(code) + 4, end: text.indexOf(code) + 7 },
  examples: [],
  tests: [],
}));
const known: Evidence = evidence({ verdict: 'checked', checks: [{ name: 'checks', outcome: 'passed' }] });

/** Evidence of the two bodies, which were generated, once the file has been validated. */
async function validated(outcome: ValidationOutcome): Promise<readonly Evidence[]> {
  const regions = [spanOf('return 1'), spanOf('return 2')].map((span) => ({ span, evidence: known }));
  const renewed = new Map<number, Evidence>();
  const knownCode: Pick<KnownCode, 'versionOf' | 'regions' | 'tried' | 'renew'> = {
    versionOf: () => 1,
    regions: () => regions,
    tried: () => undefined,
    renew: (_uri, { span }, now) => void renewed.set(span.start, now),
  };
  const workshop = {
    analysis: {
      findings: async () => [],
      withoutExcused: async (_run: unknown, _at: unknown, findings: unknown) => findings,
      units: async () => units,
    },
    language: { id: 'python' },
    folder: '/project',
    settings: defaultSettings,
    severities: {},
    consent: { refusal: async () => undefined },
    trials: () => ({ validate: async () => outcome }),
    unsaved: async () => [],
  };
  const snapshot = { uri: `file://${path}`, version: 1, path, languageId: 'python', text };
  await validate(run, workshop as unknown as Workshop, knownCode as KnownCode, snapshot, undefined);
  return regions.map(({ span }) => renewed.get(span.start)!);
}

const tests = (outcome: CheckRecord['outcome'], note: string): CheckRecord => ({
  name: 'tests/failed',
  outcome,
  note,
});

test('only the function whose tests passed is vouched for', async () => {
  const own = [[tests('not-run', 'no test names it')], [tests('passed', '3 of 3 passed')]];
  const [one, two] = await validated({ findings: [], records: [own[1]![0]!], units: own });
  expect(one).toMatchObject({ verdict: 'checked', checks: [known.checks[0], own[0]![0]] });
  expect(two).toMatchObject({ verdict: 'vouched', checks: [known.checks[0], own[1]![0]] });
});

test("another function's failure makes none doubtful, and a judge's is where it found something", async () => {
  const finding = { severity: 'error', path, message: 'wrong', fixes: [] } as const;
  const [one, two] = await validated({
    findings: [
      { ...finding, check: 'tests/failed', span: units[0]!.nameSpan },
      { ...finding, check: 'types/judge', span: spanOf('2') },
    ],
    records: [
      { name: 'types/judge', outcome: 'failed', note: '1 finding' },
      tests('failed', '1 of 2 passed'),
    ],
    units: [[tests('failed', '0 of 1 passed')], [tests('passed', '1 of 1 passed')]],
  });
  expect(one!.verdict).toBe('doubtful');
  expect(one!.findings.map(({ check }) => check)).toEqual(['tests/failed']);
  expect(one!.checks.slice(1)).toEqual([
    { name: 'types/judge', outcome: 'passed' },
    tests('failed', '0 of 1 passed'),
  ]);
  expect(two!.findings.map(({ check }) => check)).toEqual(['types/judge']);
  expect(two!.checks.slice(1)).toEqual([
    { name: 'types/judge', outcome: 'failed', note: '1 finding' },
    tests('passed', '1 of 1 passed'),
  ]);
});
