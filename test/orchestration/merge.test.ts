// In what order a model's completions and the engine's are offered where both have something to say.
import { expect, test } from 'vitest';
import type { CompletionCandidate } from '../../server/core/task.ts';
import { merge as mergeBy } from '../../server/orchestration/merge.ts';
import { createModelTrust } from '../../server/orchestration/model-trust.ts';

const candidate = (
  source: CompletionCandidate['source'],
  text: string,
  confidence: number,
  verdict: CompletionCandidate['evidence']['verdict'] = 'checked',
): CompletionCandidate => ({
  text,
  replace: { start: 0, end: 0 },
  source,
  confidence,
  additionalEdits: [],
  evidence: { verdict, checks: [], findings: [], model: source, repairs: 0, milliseconds: 0 },
});
const texts = (list: readonly CompletionCandidate[]): string[] => list.map(({ text }) => text);

const trust = createModelTrust().confidence();
const merge = (model: readonly CompletionCandidate[], embedded: readonly CompletionCandidate[]) =>
  mergeBy(model, embedded, trust);

const guess = candidate('model', 'total(prices)', 0.5);

test('the model comes first where the engine is only fairly sure', () => {
  expect(texts(merge([guess], [candidate('embedded', 'sum(prices)', 0.7)]))).toEqual([
    'total(prices)',
    'sum(prices)',
  ]);
});

test('the engine comes first where it is surer', () => {
  expect(texts(merge([guess], [candidate('embedded', 'sum(prices)', 0.95)]))).toEqual([
    'sum(prices)',
    'total(prices)',
  ]);
});

test('what both say comes first, once', () => {
  const others = [candidate('embedded', 'sum(prices)', 0.85), candidate('embedded', 'total(prices)', 0.6)];
  const merged = merge([guess], others);
  expect(texts(merged)).toEqual(['total(prices)', 'sum(prices)']);
  expect(merged[0]!.confidence).toBeCloseTo(0.92);
});

test('the beginning of it is as good', () => {
  const others = [candidate('embedded', 'sum(prices)', 0.85), candidate('embedded', 'total', 0.5)];
  expect(texts(merge([guess], others))[0]).toBe('total(prices)');
});

test('what is doubtful comes last, however sure', () => {
  const doubtful = candidate('embedded', 'smu(prices)', 0.99, 'doubtful');
  expect(texts(merge([guess], [doubtful]))).toEqual(['total(prices)', 'smu(prices)']);
});

test('answers of a model that are not taken come behind sooner', () => {
  const learned = createModelTrust();
  const uri = 'file:///a.py';
  const snapshot = { uri, path: '/a.py', languageId: 'python', version: 2, text: 'x = other' };
  const edits = [{ span: { start: 4, end: 4 }, newText: 'other' }];
  for (let times = 0; times < 12; times++) {
    learned.offered(uri, { ...guess, replace: { start: 4, end: 4 } });
    learned.follow({ type: 'changed', snapshot, edits });
  }
  const engine = candidate('embedded', 'sum(prices)', 0.7);
  expect(texts(mergeBy([guess], [engine], learned.confidence()))[0]).toBe('sum(prices)');
});
