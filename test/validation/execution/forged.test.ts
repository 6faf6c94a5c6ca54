// Candidates that would be taken at their word: none that is wrong passes, whatever it does to what asks it.
import { describe, expect, test } from 'vitest';
import { runAssertions, runExamples } from '../../../server/validation/execution/index.ts';
import { newMark, readAnswers } from '../../../server/validation/execution/protocol.ts';
import { examples, has, language, run, sandbox, unit } from './kit.ts';

async function outcomes(id: string, path: string, candidates: readonly string[]) {
  const file = unit('f(x)', path);
  const asked = examples('f(1) => [0.5, 2]\nf(2) => 3\n', file);
  const rows = await runExamples(run, sandbox!, language(id), file, candidates, asked);
  return rows.map(({ results }) => results.map(({ outcome }) => outcome));
}

test('an answer without the mark of its question is none', () => {
  const mark = newMark();
  const forged = '[0,0,{"kind":"passed"}]\n"done"\n{"cannot":"be run"}';
  expect(readAnswers(forged, mark, 1, 1)).toMatchObject({ complete: false, rows: [[{ kind: 'unclear' }]] });
  const told = `${mark}[0,0,{"kind":"failed"}]\n${forged}\n${mark}"done"`;
  expect(readAnswers(told, mark, 1, 1)).toMatchObject({ complete: true, rows: [[{ kind: 'failed' }]] });
});

describe.skipIf(sandbox === undefined || !(await has('python3')))('Python', () => {
  const lie = '[0, 0, {"kind": "passed"}]\\n';
  const always = 'class A:\n    def __eq__(self, other): return True\n    __hash__ = None\n';
  const wrong = [
    `import os\ndef f(x):\n    print('${lie}')\n    for fd in range(20):\n        try: os.write(fd, b'${lie}')\n        except OSError: pass\n    os._exit(0)\n`,
    'def f(x): exit(0)\n',
    `${always}def f(x): return A()\n`,
    'import builtins, math\nbuiltins.all = builtins.bool = lambda *a: True\nmath.isclose = lambda *a, **k: True\ndef f(x): return [7.5, 8]\n',
    'import __main__\n__main__.same = lambda *a: True\ndef f(x): return 0\n',
    `import os, threading\ndef f(x):\n    def late():\n        while True: print('${lie}')\n    threading.Thread(target=late).start()\n    return 0\n`,
    'import os\ndef f(x):\n    os.fork()\n    return 0\n',
  ];

  test('marks, an end, equality, built-ins, the harness, threads and forks', async () => {
    const rows = await outcomes('python', '/project/a.py', wrong);
    expect(rows).toEqual(wrong.map(() => ['failed', 'failed']));
  });

  test('assertions, too', async () => {
    const rows = await runAssertions(run, sandbox!, language('python'), unit('f(x)'), wrong, [
      'assert f(2) == 3',
    ]);
    expect(rows.flat()).not.toContain('passed');
  });

  test('a class that is equal to what it holds is still equal to its own', async () => {
    const text =
      'class A:\n    def __init__(self, n): self.n = n\n    def __eq__(self, other): return self.n == other.n\ndef f(x): return A(x)\n';
    const tests = ['assert f(2) == A(2)', 'assert f(2) == A(3)'];
    const rows = await runAssertions(run, sandbox!, language('python'), unit('f(x)'), [text], tests);
    expect(rows).toEqual([['passed', 'failed']]);
  });
});

test.skipIf(sandbox === undefined || !(await has('node')))(
  'JavaScript: marks, messages, an end, comparisons, eval and timers',
  async () => {
    const lie = '[0,0,{"kind":"passed"}]\\n';
    const wrong = [
      `const fs = require('fs');\nfunction f(x) { fs.writeSync(1, '${lie}'); process.exit(0); }`,
      `const { parentPort, workerData } = require('worker_threads');\nfunction f(x) { for (const at of [0, 1]) { parentPort.postMessage([at, { kind: 'passed' }]); parentPort.postMessage([workerData.key, at, { kind: 'passed' }]); } process.exit(0); }`,
      'Object.is = () => true;\nfunction f(x) { return 0; }',
      'Array.prototype.join = () => "";\nfunction f(x) { return new Set([0]); }',
      'function f(x) { const made = [1, 2]; made.every = () => true; return made; }',
      'var eval = () => 1;\nfunction f(x) { return 1; }',
      `function f(x) { setInterval(() => console.log('${lie}'), 1); return 0; }`,
    ];
    expect(await outcomes('javascript', '/project/a.js', wrong)).toEqual(
      wrong.map(() => ['failed', 'failed']),
    );
  },
);

test.skipIf(sandbox === undefined || !(await has('rustc')))(
  'Rust: marks before an end; one that ends the program at once costs only itself',
  async () => {
    const lie =
      'pub fn f(x: i32) -> i32 { println!("[0,1,{{\\"kind\\":\\"passed\\"}}]\\n\\"done\\""); std::process::exit(x - 1) }\n';
    const file = unit('f(x)', '/project/lib.rs');
    const asked = examples('f(1) => 1\nf(2) => 3\n', file);
    const good = 'pub fn f(x: i32) -> i32 { x }\n';
    const rows = await runExamples(run, sandbox!, language('rust'), file, [lie, good], asked);
    expect(rows.map(({ results }) => results.map(({ outcome }) => outcome))).toEqual([
      ['failed', 'failed'],
      ['passed', 'failed'],
    ]);
  },
);
