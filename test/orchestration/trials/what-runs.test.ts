// What the question says of code that would run: what closes it in, and what does not.
import { expect, test } from 'vitest';
import { whatRuns } from '../../../server/orchestration/trials/what-runs.ts';

const none = { name: 'restricted', isolation: 'best-effort' } as const;

test('a sandbox is named, whatever else is installed', () => {
  for (const name of ['bubblewrap', 'container'] as const) {
    const closed = { name, isolation: 'closed' } as const;
    expect(whatRuns(closed, ['examples', 'tests'], 'pyodide')).toEqual([
      `examples and tests in a sandbox (${name})`,
    ]);
    expect(whatRuns(closed, [], undefined)).toEqual([]);
  }
});

test('where there is none that is said, also where nothing would run yet', () => {
  const said = ['examples and tests, with limits but without a sandbox, since none works here'];
  expect(whatRuns(none, ['examples'], undefined)).toEqual(said);
  expect(whatRuns(none, [], undefined)).toEqual(said);
});

test('an interpreter in WebAssembly closes in what stands alone, and nothing else', () => {
  expect(whatRuns(none, ['examples'], 'pyodide')).toEqual([
    'examples in WebAssembly (pyodide), which reaches nothing of the machine',
    'tests, and examples that need the project, with limits but without a sandbox, since none works here',
  ]);
});
