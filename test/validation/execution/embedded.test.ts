// Interpreters in WebAssembly: the same harness, where nothing is installed or nothing closes code in. Run where the packages
// are installed beside Node (or on NODE_PATH); they are no part of vouch.
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findEmbedded } from '../../../server/validation/execution/embedded.ts';
import { observe, runExamples } from '../../../server/validation/execution/index.ts';
import { findSandbox } from '../../../server/validation/sandbox/index.ts';
import { examples, language, run, unit } from './kit.ts';

// Where something closes code in, the installed program is taken.
const sandbox = await findSandbox(() => undefined, ['restricted']).catch(() => undefined);
const installed = (id: string): boolean =>
  sandbox !== undefined && findEmbedded(language(id).execution!.embedded!) !== undefined;

async function verdicts(id: string, path: string, doc: string, candidates: readonly string[]) {
  const file = unit('f(x)', path);
  const rows = await runExamples(run, sandbox!, language(id), file, candidates, examples(doc, file));
  return rows.map(({ results }) =>
    results.map((one) =>
      one.outcome === 'failed' ? one.actual : one.outcome === 'not-run' ? `? ${one.why}` : one.outcome,
    ),
  );
}

test('without the package the reason names it', async () => {
  const nothing = {
    ...language('python'),
    execution: { ...language('python').execution!, programs: ['no-such-python'] },
  };
  if (installed('python') || !sandbox) return;
  const [row] = await runExamples(
    run,
    sandbox,
    nothing,
    unit('f(x)'),
    ['def f(x): pass'],
    examples('>>> f(1)\n1\n', unit('f(x)')),
  );
  expect(row!.results).toEqual([{ outcome: 'not-run', why: expect.stringContaining('pyodide') }]);
});

describe.skipIf(!installed('python'))('Python', () => {
  test('values, errors, no end, too much memory; a file that needs more is not held against it', async () => {
    expect(
      await verdicts(
        'python',
        '/project/a.py',
        '>>> f(1)\n2\n>>> f(0)\nTraceback (most recent call last):\nValueError\n',
        [
          'def f(x):\n    if x == 0: raise ValueError\n    return x + 1\n',
          'import math\n\n\ndef f(x):\n    return math.floor(x)\n',
          'async def f(x):\n    if x == 0: raise ValueError\n    return x + 1\n',
          'def f(x):\n    while True:\n        try:\n            x += 1\n        except BaseException:\n            pass\n',
          'def f(x):\n    return len(bytearray(1024 ** 3)) * 0 + 2\n',
          'import numpy\n\n\ndef f(x):\n    return 2\n',
        ],
      ),
    ).toEqual([
      ['passed', 'passed'],
      ['1', '0'],
      ['passed', 'passed'],
      ['does not end', 'does not end'],
      [expect.stringContaining('MemoryError'), expect.stringContaining('MemoryError')],
      [expect.stringContaining('? '), expect.stringContaining('? ')],
    ]);
  });

  test('nothing of the machine can be reached', async () => {
    let visitors = 0;
    await using server = createServer((socket) => {
      visitors++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const tries = [
      'import js; js.fetch',
      'import pyodide_js',
      'from pyodide.code import run_js; run_js("process.pid")',
      'import os; os.listdir("/usr")',
      'open("/etc/hostname").read()',
      'import subprocess; subprocess.run(["true"])',
      `import socket; socket.create_connection(("127.0.0.1", ${port}), 1).send(b"hello")`,
      'import os; os.fork()',
    ];
    const candidate = `def f(x):\n    try:\n        exec(x)\n        return "reached"\n    except Exception:\n        return "kept"\n`;
    const inputs = tries.map((code) => ({ arguments: [JSON.stringify(code)], source: 'test' as const }));
    const [row] = await observe(run, sandbox!, language('python'), unit('f(x)'), [candidate], inputs);
    expect(row!.filter((one) => one.kind === 'value' && one.value !== "'kept'")).toEqual([]);
    expect(row!.filter(({ kind }) => kind === 'not-run')).toEqual([]);
    expect(visitors).toBe(0);
  });
});

describe.skipIf(!installed('javascript'))('JavaScript', () => {
  test('values, errors, no end, too much memory; a file that needs more is not held against it', async () => {
    expect(
      await verdicts('javascript', '/project/a.js', 'f(1) => 2\nf(0) throws RangeError\n', [
        'export function f(x) { if (x === 0) throw new RangeError("x"); return x + 1; }',
        'function f(x) { return x; }\nmodule.exports = { f };',
        'const f = async (x) => { if (x === 0) throw new RangeError("x"); return x + 1; };',
        'function f(x) { for (;;) { try { for (;;); } catch {} } }',
        'function f(x) { const all = []; for (;;) all.push(new Array(1000).fill(x)); }',
        'import { readFileSync } from "node:os";\nexport const f = (x) => x + 1;',
      ]),
    ).toEqual([
      ['passed', 'passed'],
      ['1', '0'],
      ['passed', 'passed'],
      ['does not end', 'does not end'],
      [expect.anything(), expect.anything()],
      [expect.stringContaining('? '), expect.stringContaining('? ')],
    ]);
  });

  test('nothing of the machine can be reached', async () => {
    const tries = [
      'process.pid',
      'require("fs")',
      'fetch',
      'std',
      'os',
      'import("node:child_process")',
      'new WebSocket("ws://127.0.0.1")',
    ];
    const candidate =
      'const f = async (x) => { try { await eval(x); return "reached"; } catch { return "kept"; } };';
    const inputs = tries.map((code) => ({ arguments: [JSON.stringify(code)], source: 'test' as const }));
    const [row] = await observe(
      run,
      sandbox!,
      language('javascript'),
      unit('f(x)', '/project/a.js'),
      [candidate],
      inputs,
    );
    expect(row!.slice(0, 5)).toEqual(tries.slice(0, 5).map(() => ({ kind: 'value', value: '"kept"' })));
    expect(row!.slice(5)).not.toContainEqual({ kind: 'value', value: '"reached"' });
    expect(existsSync(join('/project', '.a.vouch-0.cjs'))).toBe(false);
  });
});
