// Properties of functions as findings and records: what is told, what was so before, and what is not worth a line.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { assess } from '../../../server/orchestration/trials/assess.ts';
import { createMemory } from '../../../server/orchestration/trials/memory.ts';
import { propertiesOf } from '../../../server/orchestration/trials/properties.ts';
import type { TrialQuestion } from '../../../server/orchestration/trials/trials.ts';
import type { Judges } from '../../../server/validation/oracles/judge.ts';
import { has, language, run, sandbox, unit } from '../../validation/execution/kit.ts';

const here = join(fileURLToPath(new URL('../../../', import.meta.url)));
const path = join(here, 'made-up.ts');
const question: Pick<TrialQuestion, 'path' | 'severities'> = { path, severities: {} };
const tools = { language: language('typescript'), sandbox: async () => sandbox! };
const span = { start: 0, end: 1 };
const units = ['first(names: string[])', 'last(names: string[])', 'size(node: Node)'].map((signature) => ({
  unit: { ...unit(signature, path), languageId: 'typescript', root: here, returns: 'string' },
  span,
}));

const old = `
export const first = (names: string[]): string => names[0]!.trim();
export const last = (names: string[]): string => names.join('');
export const size = (node: Node): string => '';
`;
const now = old.replace("names.join('')", 'names.pop()!.trim()');

describe.skipIf(!(await has('node')))('what does not hold', () => {
  test('is a finding with the smallest call, and a record with the tool', async () => {
    const [first, last, size] = await propertiesOf(run, tools, question, units, now);
    expect(first!.findings).toEqual([
      {
        check: 'properties/failed',
        severity: 'warning',
        path,
        span,
        message: expect.stringMatching(
          /^`first\(\[\]\)` raises TypeError: .*; fast-check [\d.]+ found no smaller input$/,
        ),
        fixes: [],
      },
    ]);
    expect(first!.records).toEqual([
      {
        name: 'properties/failed',
        outcome: 'failed',
        note: '3 of 4 properties hold',
        tool: expect.stringMatching(/^fast-check [\d.]+$/),
      },
    ]);
    expect(last!.findings).toHaveLength(1);
    expect(size).toEqual({ findings: [], records: [] });
  });

  test('did not hold before: only what is new counts', async () => {
    const [first, last] = await propertiesOf(run, tools, question, units, now, old);
    expect(first!.findings).toEqual([]);
    expect(first!.records).toMatchObject([{ outcome: 'passed', note: '3 of 3 properties hold' }]);
    expect(last!.findings).toHaveLength(1);
  });
});

test.skipIf(!(await has('node')))('an answer that breaks goes behind one that does not', async () => {
  const head = 'export function start(name: string | null): string {\n';
  const bodies = ['  return name!.slice(0, 1);', "  return (name ?? '').slice(0, 1);"];
  const judges: Judges = {
    available: async () => [],
    described: async () => [],
    judge: async () => [],
    facts: async () => [],
    warm: async () => undefined,
    filesChanged: () => undefined,
    dispose: async () => undefined,
  };
  const start = unit('start(name: string | null)', path);
  const { choice, outcomes } = await assess(
    run,
    { ...tools, judges, memory: createMemory(), evenBestEffort: false },
    {
      ...{ folder: here, path, languageId: 'typescript', examples: [], tests: [], severities: {} },
      ...{ unsaved: [], dependents: [], assertions: [], remaining: 0, unwritten: true, another: false },
      unit: { ...start, languageId: 'typescript', root: here, returns: 'string' },
      before: `${head}}\n`,
      candidates: bodies.map((text) => ({
        text,
        after: `${head}${text}\n}\n`,
        spans: [{ start: head.length, end: head.length + text.length }],
        findings: [],
      })),
    },
  );
  expect(choice).toMatchObject({ chosen: 1, verdict: 'checked' });
  expect(outcomes[0]!.findings).toMatchObject([
    { check: 'properties/failed', span: { start: head.length + 2 } },
  ]);
});

test('off, or without the library, nothing is started', async () => {
  const never = {
    ...tools,
    sandbox: async (): Promise<never> => {
      throw new Error('something was started');
    },
  };
  const off = { ...question, severities: { 'properties/failed': 'off' as const } };
  expect(await propertiesOf(run, never, off, units, now)).toEqual(
    units.map(() => ({ findings: [], records: [] })),
  );
  const elsewhere = units.map((one) => ({ ...one, unit: { ...one.unit, path: '/a/b.ts', root: '/a' } }));
  const [first] = await propertiesOf(run, never, question, elsewhere, now);
  expect(first!.records).toEqual([
    { name: 'properties/failed', outcome: 'not-run', note: 'fast-check is not installed in this project' },
  ]);
});
