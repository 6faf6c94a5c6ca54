// JavaScript and TypeScript candidates.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { observe, runExamples } from '../../../server/validation/execution/index.ts';
import { examples, has, language, run, sandbox, unit } from './kit.ts';

const installed = (await has('node')) && sandbox !== undefined;
const here = join(fileURLToPath(new URL('../../../', import.meta.url)));

async function verdicts(id: string, path: string, doc: string, candidates: readonly string[]) {
  const file = { ...unit('f(x)', path), root: here };
  const rows = await runExamples(run, sandbox!, language(id), file, candidates, examples(doc, file));
  return rows.map(({ results }) =>
    results.map((one) => (one.outcome === 'failed' ? one.actual : one.outcome)),
  );
}

describe.skipIf(!installed)('JavaScript', () => {
  test('modules of both kinds and scripts are run; a hanging or dying one costs only itself', async () => {
    const doc = 'f(1) => 2\nf(0) throws RangeError\n';
    expect(
      await verdicts('javascript', join(here, 'made-up.js'), doc, [
        'export function f(x) { if (x === 0) throw new RangeError("x"); return x + 1; }',
        'function f(x) { if (x === 0) throw new TypeError("x"); return x; }\nmodule.exports = { f };',
        'const f = async (x) => { if (x === 0) throw new RangeError("x"); return x + 1; };',
        'function f(x) { for (;;); }',
        'function f(x) { process.exit(1); }',
        'function f(x) { return',
      ]),
    ).toEqual([
      ['passed', 'passed'],
      ['1', 'TypeError: x'],
      ['passed', 'passed'],
      ['does not end', 'does not end'],
      ['ends its own process', 'ends its own process'],
      [expect.stringContaining('cannot be loaded'), expect.stringContaining('cannot be loaded')],
    ]);
  });

  test('objects are compared by what they hold', async () => {
    expect(
      await verdicts('javascript', join(here, 'made-up.js'), 'f(1) => { a: [1], b: null }', [
        'function f(x) { return { b: null, a: [x] }; }',
        'function f(x) { return { b: null, a: [x], c: 1 }; }',
      ]),
    ).toEqual([['passed'], ['{"a":[1],"b":null,"c":1}']]);
  });

  test('behaviours', async () => {
    const [row] = await observe(
      run,
      sandbox!,
      language('javascript'),
      unit('f(x)', '/project/a.js'),
      [
        'export const f = (x) => { if (x.length === 0) throw new TypeError(); x.push(1); return new Set(x); };',
      ],
      ['[2]', '[]'].map((value) => ({ arguments: [value], source: 'test' as const })),
    );
    expect(row).toEqual([
      { kind: 'value', value: 'Set{1,2}', changed: expect.stringContaining('[2,1]') },
      { kind: 'raised', error: 'TypeError' },
    ]);
  });
});

describe.skipIf(!installed)('TypeScript', () => {
  test('is run with what the project has to compile it', async () => {
    const text =
      'interface A { readonly n: number }\nexport function f(x: number): A { return { n: x as number }; }';
    expect(await verdicts('typescript', join(here, 'made-up.ts'), 'f(1) => { n: 1 }', [text])).toEqual([
      ['passed'],
    ]);
  });

  test('where there is nothing, the reason is told', async () => {
    const file = unit('f(x)', '/project/a.ts');
    const [row] = await runExamples(
      run,
      sandbox!,
      language('typescript'),
      file,
      ['export const f = (x: number) => x;'],
      examples('f(1) => 1', file),
    );
    expect(row!.results).toEqual([
      { outcome: 'not-run', why: 'no compiler of the project turns TypeScript into JavaScript' },
    ]);
  });
});
