// What is remembered of candidates between two batches of answers.
import { describe, expect, test } from 'vitest';
import { createMemory } from '../../../server/orchestration/trials/memory.ts';
import type { AssertionResult } from '../../../server/validation/execution/index.ts';

/** Rows of one result each, and the texts that they were made for. */
function asked(result: (text: string) => AssertionResult) {
  const made: string[][] = [];
  const make = async (texts: readonly string[]): Promise<readonly (readonly AssertionResult[])[]> => {
    made.push([...texts]);
    return texts.map((text) => [result(text)]);
  };
  return { made, make };
}

describe('rows of candidates', () => {
  test('are made for what is new, once for equal texts', async () => {
    const { assertions } = createMemory();
    const { made, make } = asked((text) => (text === 'b' ? 'failed' : 'passed'));
    await assertions.of('q', ['a', 'a', 'b'], make);
    expect(await assertions.of('q', ['c', 'b', 'a'], make)).toEqual([['passed'], ['failed'], ['passed']]);
    expect(made).toEqual([['a', 'b'], ['c']]);
  });
  test('are made again for another question, and where there was no time left', async () => {
    const { assertions } = createMemory();
    const { made, make } = asked(() => 'not-run');
    await assertions.of('q', ['a'], make);
    await assertions.of('q', ['a'], make);
    await assertions.of('r', ['a'], make);
    expect(made).toHaveLength(3);
  });
  test('are forgotten with the second question after theirs, and when a file changes', async () => {
    const memory = createMemory();
    const { made, make } = asked(() => 'passed');
    for (const question of ['q', 'r', 's', 'q']) await memory.assertions.of(question, ['a'], make);
    expect(made).toHaveLength(4);
    memory.forget();
    await memory.assertions.of('q', ['a'], make);
    expect(made).toHaveLength(5);
  });
});
