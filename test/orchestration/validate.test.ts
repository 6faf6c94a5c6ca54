// Validation of a whole file: what came of a function's own examples and tests is said of that function, and of no other.
import { expect, test } from 'vitest';
import type { Finding } from '../../server/core/finding.ts';
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

/** What the workshop of a test has otherwise than one where all goes well. */
interface Otherwise {
  readonly refusal?: string;
  readonly units?: readonly unknown[];
  readonly language?: undefined;
  readonly path?: string;
  readonly before?: Evidence;
}

interface Validated {
  /** Of the two bodies, which were generated, once the file has been validated. */
  readonly evidence: readonly Evidence[];
  readonly checks: readonly CheckRecord[];
  /** Which of these checks' findings are kept from before. */
  readonly kept: (...checks: Finding['check'][]) => readonly string[];
}

async function validation(
  outcome: ValidationOutcome | Error,
  { refusal, before = known, ...otherwise }: Otherwise = {},
): Promise<Validated> {
  const regions = [spanOf('return 1'), spanOf('return 2')].map((span) => ({ span, evidence: before }));
  const renewed = new Map<number, Evidence>();
  let stays: Parameters<KnownCode['tried']>[3];
  const knownCode: Pick<KnownCode, 'versionOf' | 'regions' | 'tried' | 'renew'> = {
    versionOf: () => 1,
    regions: () => regions,
    tried: (_uri, _where, _found, asked) => {
      stays = asked;
    },
    renew: (_uri, { span }, now) => void renewed.set(span.start, now),
  };
  const workshop = {
    analysis: {
      findings: async () => [],
      withoutExcused: async (_run: unknown, _at: unknown, findings: unknown) => findings,
      units: async () => otherwise.units ?? units,
    },
    language: { id: 'python' },
    folder: '/project',
    settings: defaultSettings,
    severities: {},
    consent: { refusal: async () => refusal },
    trials: () => ({
      validate: async () => {
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
    }),
    unsaved: async () => [],
    ...otherwise,
  };
  const snapshot = { uri: `file://${path}`, version: 1, path, languageId: 'python', text, ...otherwise };
  const asked = [run, workshop as unknown as Workshop, knownCode as KnownCode, snapshot] as const;
  const { checks } = await validate(...asked, undefined);
  const about = regions[0]!.span;
  return {
    evidence: regions.map(({ span }) => renewed.get(span.start)!),
    checks,
    kept: (...names) => names.filter((check) => stays!({ finding: { ...found, check }, about })),
  };
}

const validated = async (outcome: ValidationOutcome) => (await validation(outcome)).evidence;

const found = { severity: 'error', path, span: spanOf('return 1'), message: 'gives 2', fixes: [] } as const;

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

const doubtful: Evidence = evidence({
  verdict: 'doubtful',
  checks: [
    { name: 'types/judge', outcome: 'failed', note: '1 finding' },
    { name: 'examples/failed', outcome: 'failed', note: '0 of 2 examples passed' },
  ],
  findings: [
    { ...found, check: 'examples/failed' },
    { ...found, check: 'types/judge' },
  ],
});
const notRun = (name: string, note: string): CheckRecord => ({ name, outcome: 'not-run', note });
const withExamples = units.map((one) => ({ ...one, examples: [{}] }));

test('what could not be looked at again stays known', async () => {
  for (const refused of [{ refusal: 'not allowed yet' }, { outcome: new Error('no server') }, { path: '' }]) {
    const { outcome = { findings: [], records: [], units: [] }, ...otherwise } = refused;
    const { evidence: now, kept } = await validation(outcome, { ...otherwise, before: doubtful });
    expect(now[0]).toMatchObject({ verdict: 'doubtful', findings: doubtful.findings });
    expect(now[0]!.checks.slice(0, 2)).toEqual(doubtful.checks);
    expect(now[0]!.checks.map(({ name }) => name)).not.toContain('types/*');
    expect(kept('types/judge', 'examples/failed', 'names/unknown')).toEqual([
      'types/judge',
      'examples/failed',
    ]);
  }
});

test('a judge that was late and examples that could not be run take nothing back', async () => {
  const own = [notRun('examples/failed', 'the sandbox could not be made')];
  const records = [notRun('types/judge', 'no verdict in time'), ...own];
  const { evidence: now, kept } = await validation(
    { findings: [], records, units: [own, own] },
    { before: doubtful, units: withExamples },
  );
  expect(now[0]).toMatchObject({ verdict: 'doubtful', checks: doubtful.checks });
  expect(kept('types/judge', 'examples/failed')).toEqual(['types/judge', 'examples/failed']);
});

test('where there is nothing to look at or to look with any more, what was said before is void', async () => {
  const own = [notRun('examples/failed', 'there are none')];
  const records = [notRun('types/*', 'no language server or compiler was found'), ...own];
  const { evidence: now, kept } = await validation(
    { findings: [], records, units: [own, own] },
    { before: doubtful },
  );
  expect(now[0]!.checks).toEqual(records);
  expect(now[0]!.findings).toEqual([]);
  expect(kept('types/judge', 'examples/failed')).toEqual([]);
});

test('a document that is saved nowhere and a language that is not known are told, and not called sound', async () => {
  const outcome = { findings: [], records: [], units: [] };
  const unsaved = await validation(outcome, { path: '' });
  const note = 'the document is not saved anywhere yet';
  expect(unsaved.checks).toEqual([
    { name: 'checks', outcome: 'passed' },
    ...['types/*', 'examples/failed', 'tests/failed'].map((name) => notRun(name, note)),
  ]);
  const unknown = await validation(outcome, { language: undefined, refusal: 'nothing here can be run' });
  expect(unknown.checks.map(({ outcome: came }) => came)).toEqual(Array(4).fill('not-run'));
});

test('what a judge found is a failure of its part, also where the user has it told as a hint', async () => {
  const [one, two] = await validated({
    findings: [{ ...found, severity: 'hint', check: 'types/judge' }],
    records: [{ name: 'types/judge', outcome: 'failed', note: '1 finding' }],
    units: [[], []],
  });
  expect([one!.checks.at(-1)!.outcome, two!.checks.at(-1)!.outcome]).toEqual(['failed', 'passed']);
});
