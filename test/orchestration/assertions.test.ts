// Assertions that a model writes beside a task: they end with it, and cost it nothing where it ends first.
import { expect, test } from 'vitest';
import { Cancelled, detachedRun, type Run } from '../../server/core/run.ts';
import { defaultSettings } from '../../server/core/settings.ts';
import { beginAssertions, readAssertions } from '../../server/orchestration/assertions.ts';
import type { Task } from '../../server/orchestration/attempts.ts';
import { unit } from '../validation/execution/kit.ts';

const grounds = {
  folder: '/project',
  path: '/project/orders.py',
  languageId: 'python',
  unit: unit('double(number)'),
  examples: [],
  tests: [],
};

/** A task with so many samples that assertions are asked for, of a model that never comes to an end. */
function endlessTask(run: Run) {
  const asked: AbortSignal[] = [];
  const model = {
    async *stream({ signal }: Run) {
      asked.push(signal);
      yield { type: 'text', text: 'assert ' };
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
  };
  const workshop = {
    settings: { ...defaultSettings, budget: { ...defaultSettings.budget, samples: 100 } },
    language: { execution: {} },
    roles: { model: async () => model },
    analysis: { prompt: async () => ({ prompt: { messages: [], tokens: 0 } }) },
  };
  const task = { run, workshop, snapshot: { uri: 'file:///a.py', version: 1 }, requirement: {} };
  return { task: task as unknown as Task, asked };
}

test('end with the task, whichever way it ends', async () => {
  const { task, asked } = endlessTask(detachedRun(() => undefined));
  {
    using _ = beginAssertions(task, { grounds: Promise.resolve({ grounds, refusal: undefined }) });
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    expect(asked.every(({ aborted }) => aborted)).toBe(false);
  }
  expect(asked.every(({ aborted }) => aborted)).toBe(true);
});

test('that nobody waits for any more fail for nobody', async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown): void => void unheard.push(reason);
  process.on('unhandledRejection', hear);
  const { task } = endlessTask(detachedRun(() => undefined));
  const cancelled = Promise.reject(new Cancelled('client'));
  using assertions = beginAssertions(task, { grounds: cancelled });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
  await expect(assertions.written).rejects.toThrow('cancelled');
});

test('are lines that assert something of a call of the function', () => {
  const answer = '```python\nimport os\nassert double(2) == 4\nassert True\ndouble(3)\n```';
  expect(readAssertions(answer, 'double')).toEqual(['assert double(2) == 4']);
});
