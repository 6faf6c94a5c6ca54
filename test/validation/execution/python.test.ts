// Python candidates: what examples, inputs and assertions say of them, and that none costs the others anything.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { observe, runAssertions, runExamples } from '../../../server/validation/execution/index.ts';
import { examples, has, language, run, sandbox, unit } from './kit.ts';

const python = language('python');
const installed = (await has('python3')) && sandbox !== undefined;

/** One word an example: `passed`, `failed: ACTUAL`, `not-run: WHY`. */
async function verdicts(
  signature: string,
  doc: string,
  candidates: readonly string[],
  file = unit(signature),
): Promise<string[][]> {
  const rows = await runExamples(run, sandbox!, python, file, candidates, examples(doc, file));
  return rows.map(({ results }) =>
    results.map((one) =>
      one.outcome === 'passed'
        ? 'passed'
        : one.outcome === 'failed'
          ? `failed: ${one.actual}`
          : `not-run: ${one.why}`,
    ),
  );
}

describe.skipIf(!installed)('examples', () => {
  test('sessions, arrows and errors, each against what it says', async () => {
    const doc = '>>> add(1, 2)\n3\n\nadd(2, 2) => 4\nadd(-1, 0) raises ValueError\n';
    expect(
      await verdicts('add(a, b)', doc, [
        'def add(a, b):\n    if a < 0: raise ValueError(a)\n    return a + b\n',
        'def add(a, b):\n    return a * b + 1\n',
      ]),
    ).toEqual([
      ['passed', 'passed', 'passed'],
      ['passed', 'failed: 5', 'failed: 1'],
    ]);
  });

  test('a candidate finds what it imports from its project, whatever the others import', async () => {
    const root = await mkdtemp(join(tmpdir(), 'vouch-execution-'));
    try {
      await writeFile(join(root, 'helper.py'), 'def more(a):\n    return a + 1\n');
      const path = join(root, 'a.py');
      await writeFile(path, '');
      const candidates = [
        'def f(a):\n    return a\n',
        'from helper import more\ndef f(a):\n    return more(a)\n',
      ];
      const file = { ...unit('f(a)', path), root };
      expect(await verdicts('f(a)', '>>> f(1)\n2\n', candidates, file)).toEqual([['failed: 1'], ['passed']]);
    } finally {
      await rm(root, { recursive: true });
    }
  });

  test('a session builds what its later lines use', async () => {
    const doc = '>>> stack = Stack()\n>>> stack.push(3)\n>>> stack.items\n[3]\n';
    const stack = (body: string): string =>
      `class Stack:\n    def __init__(self):\n        self.items = []\n    def push(self, item):\n        ${body}\n`;
    expect(
      await verdicts('Stack.push(item)', doc, [stack('self.items.append(item)'), stack('pass')]),
    ).toEqual([
      ['not-run: it only sets something up', 'not-run: it only sets something up', 'passed'],
      ['not-run: it only sets something up', 'not-run: it only sets something up', 'failed: []'],
    ]);
  });

  test('values are compared by what they are: sets in no order, floats nearly, None, what is printed, coroutines', async () => {
    const all = [
      ['>>> f(1)\n{3, 1, 2}', 'def f(x): return {1, 2, 3}'],
      ['f(1) == {"a": 1, "b": 2}', 'def f(x): return {"b": 2, "a": 1}'],
      ['>>> f(1)\n0.3', 'def f(x): return 0.1 + 0.2'],
      ['f(1) => 0.6667', 'def f(x): return 2 / 3'],
      ['f(1) => None', 'def f(x): return None'],
      ['f(1) => true', 'def f(x): return True'],
      ['>>> f(1)\nhello', 'def f(x): print("hello")'],
      ['>>> f(2) == 4', 'def f(x): return x * x'],
      ['f(abc) => 3', 'def f(x): return len(x)'],
      ['f(1) => 2', 'async def f(x): return x + 1'],
      ['>>> f(1)\n<...Point object at ...>', 'class Point: pass\ndef f(x): return Point()'],
    ] as const;
    for (const [doc, text] of all)
      expect([doc, await verdicts('f(x)', doc, [text])]).toEqual([doc, [['passed']]]);
  });

  test('nearly right is wrong', async () => {
    const all = [
      ['f(1) => 3.14', 'def f(x): return 3.14159', 'failed: 3.14159'],
      ['f(1) => [1, 2]', 'def f(x): return (1, 2)', 'failed: (1, 2)'],
      ['f(1) => "1"', 'def f(x): return 1', 'failed: 1'],
    ] as const;
    for (const [doc, text, told] of all) expect(await verdicts('f(x)', doc, [text])).toEqual([[told]]);
  });

  test('an example that cannot be run as it is written says nothing of the candidate', async () => {
    expect(await verdicts('f(x)', 'f(order) == 3\n', ['def f(x): return g(x)\ndef g(x): return x'])).toEqual([
      ["failed: 'order'"],
    ]);
    expect(await verdicts('f(x)', '>>> f(order)\n3\n', ['def f(x): return x'])).toEqual([
      ['not-run: it uses order, which is not defined'],
    ]);
  });

  test('one that hangs, dies, swallows everything or cannot be loaded costs only itself', async () => {
    const good = 'def f(x):\n    return x + 1\n';
    const [first, hangs, dies, stubborn, broken, last] = await verdicts(
      'f(x)',
      '>>> f(1)\n2\n>>> f(2)\n3\n',
      [
        good,
        'def f(x):\n    while True: pass\n',
        'import os\ndef f(x):\n    os._exit(0)\n',
        'def f(x):\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass\n',
        'def f(x) return x\n',
        `# another\n${good}`,
      ],
    );
    expect(first).toEqual(['passed', 'passed']);
    expect(last).toEqual(['passed', 'passed']);
    expect(hangs).toEqual(['failed: does not end', 'failed: does not end']);
    expect(dies).toEqual(['failed: ends its own process', 'failed: ends its own process']);
    expect(stubborn![0]).toBe('failed: does not end');
    expect(broken![0]).toMatch(/^failed: cannot be loaded: SyntaxError/);
  });

  test('a file that imports what lies beside it runs in a copy of its project, under its own name', async () => {
    const root = await mkdtemp(join(tmpdir(), 'vouch-execution-'));
    try {
      await mkdir(join(root, 'shop'));
      await writeFile(join(root, 'shop/__init__.py'), '');
      await writeFile(join(root, 'shop/prices.py'), 'VAT = 2\n');
      const text = 'from .prices import VAT\ndef total(x):\n    return x * VAT, __name__\n';
      const file = { ...unit('total(x)', join(root, 'shop/orders.py')), root };
      expect(await verdicts('total(x)', "total(3) => (6, 'shop.orders')", [text], file)).toEqual([
        ['passed'],
      ]);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});

describe.skipIf(!installed)('behaviours', () => {
  const behaviours = async (text: string, values: readonly string[], signature = 'f(x)') =>
    (
      await observe(
        run,
        sandbox!,
        python,
        unit(signature),
        [text],
        values.map((value) => ({
          arguments: [value],
          source: 'test' as const,
        })),
      )
    )[0];

  test('values that compare equal are told the same; errors by their kind', async () => {
    const text = 'def f(x):\n    if x == 0: raise KeyError(x)\n    return {"b": x, "a": [1.0, True]}\n';
    const same =
      'def f(x):\n    if x == 0: raise KeyError("other")\n    return {"a": [1, 1], "b": float(x)}\n';
    const one = await behaviours(text, ['0', '2']);
    expect(one).toEqual(await behaviours(same, ['0', '2']));
    expect(one![0]).toEqual({ kind: 'raised', error: 'KeyError' });
  });

  test('what becomes of the arguments and of the instance is told as well', async () => {
    expect(await behaviours('def f(x):\n    x.append(1)\n', ['[]'])).toMatchObject([
      { kind: 'value', value: 'None', changed: expect.stringContaining('[1]') },
    ]);
    const stack = 'class S:\n    def __init__(self): self.n = 0\n    def f(self, x): self.n += x\n';
    expect(await behaviours(stack, ['2'], 'S.f(x)')).toMatchObject([
      { value: 'None', changed: expect.stringContaining("'n':2") },
    ]);
  });
});

test.skipIf(!installed)('assertions hold, do not hold, or cannot be asked', async () => {
  const text = 'def f(x):\n    return x + 1\n';
  const tests = ['assert f(1) == 2', 'assert f(1) == 3, "no"', 'assert f("a") == 2', 'assert ____ == f(1)'];
  expect(await runAssertions(run, sandbox!, python, unit('f(x)'), [text], tests)).toEqual([
    ['passed', 'failed', 'error', 'error'],
  ]);
});

test('a language that is not run says so', async () => {
  const file = unit('f(x)');
  const rows = await runExamples(run, sandbox!, language('lua'), file, [''], examples('f(1) => 2', file));
  expect(rows).toEqual([{ results: [{ outcome: 'not-run', why: 'vouch does not run Lua' }] }]);
});
