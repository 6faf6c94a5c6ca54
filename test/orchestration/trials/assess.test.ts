// Candidates before judges: which are shown, what counts against them, and which of them may be chosen.
import { expect, test } from 'vitest';
import type { Severity } from '../../../server/core/finding.ts';
import { detachedRun } from '../../../server/core/run.ts';
import { assess } from '../../../server/orchestration/trials/assess.ts';
import { createMemory } from '../../../server/orchestration/trials/memory.ts';
import type { TrialQuestion } from '../../../server/orchestration/trials/trials.ts';
import type { JudgedChange, Judges } from '../../../server/validation/oracles/judge.ts';
import { language } from '../../validation/execution/kit.ts';

const run = detachedRun(() => undefined);
const head = 'def f(a):\n';

const question = (bodies: readonly string[]): TrialQuestion => ({
  folder: '/project',
  path: '/project/x.py',
  languageId: 'python',
  examples: [],
  tests: [],
  unsaved: [],
  dependents: [],
  before: `${head}    ...\n`,
  unwritten: true,
  another: false,
  assertions: [],
  remaining: 0,
  severities: {},
  candidates: bodies.map((text) => ({
    text,
    after: `${head}${text}\n`,
    spans: [{ start: head.length, end: head.length + text.length }],
    findings: [],
  })),
});

/** @param names of those that are installed. @param faults how many the first of them finds in a text. */
function assessed(names: readonly string[], faults: (text: string) => number, asked: TrialQuestion) {
  const shown: JudgedChange[] = [];
  const judges: Judges = {
    available: async () => names,
    described: async () => [],
    judge: async (_run, _root, change) => {
      shown.push(change);
      const { path, after, spans } = change;
      const severity: Severity = 'error';
      const finding = {
        check: 'types/one',
        severity,
        path,
        span: spans[0]!,
        message: 'no',
        fixes: [],
      } as const;
      const findings = Array.from({ length: faults(after) }, () => finding);
      return names.map((tool) => ({ tool, findings, milliseconds: 1 }));
    },
    facts: async () => [],
    warm: async () => undefined,
    filesChanged: () => undefined,
    dispose: async () => undefined,
  };
  const sandbox = async (): Promise<never> => {
    throw new Error('nothing is run here');
  };
  const tools = {
    language: language('python'),
    judges,
    sandbox,
    memory: createMemory(),
    evenBestEffort: true,
  };
  return assess(run, tools, asked).then((assessment) => ({ ...assessment, shown }));
}

test('one that no judge was shown is never chosen over those that were', async () => {
  const bodies = [0, 1, 2, 3, 4, 5].map((value) => `    return ${value}`);
  const { choice, shown, outcomes } = await assessed(
    ['one'],
    (text) => (text.includes('2') ? 1 : 3),
    question(bodies),
  );
  expect(shown).toHaveLength(4);
  expect([choice.chosen, choice.verdict]).toEqual([2, 'doubtful']);
  expect(outcomes[5]!.records).toContainEqual({
    name: 'types/*',
    outcome: 'not-run',
    note: 'others came first',
  });
});

test('where no judge is installed the evidence says so', async () => {
  const { outcomes } = await assessed([], () => 0, question(['    return 1']));
  expect(outcomes[0]!.records).toContainEqual({
    name: 'types/*',
    outcome: 'not-run',
    note: 'no language server or compiler was found',
  });
});

test('what is wrong with an answer that is not wanted does not excuse the next', async () => {
  const first = question(['    return 1']);
  const { shown } = await assessed(['one'], () => 0, first);
  expect(shown[0]!.before).toBe(first.before);
  const again = await assessed(['one'], () => 0, { ...first, another: true });
  expect(again.shown[0]!.before).toBeUndefined();
});

test('no judge is asked as long as more answers come in any case', async () => {
  const { shown, outcomes } = await assessed(['one'], () => 0, {
    ...question(['    return 1']),
    remaining: 5,
  });
  expect(shown).toEqual([]);
  expect(outcomes[0]!.records).toContainEqual({
    name: 'types/*',
    outcome: 'not-run',
    note: 'more answers came',
  });
});
