// What mends a finding: the name that was meant, or the import that is missing, in the file's own style.
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/core/span.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { nearest } from '../../server/validation/fixes/nearest.ts';
import { tree } from '../input/workspace/tree.ts';
import { checkFile, loadSyntax, project } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'typescript');
});

const from = (...modules: readonly string[]) =>
  project({
    importable: (_, __, name) =>
      name === 'Path' ? modules.map((module) => ({ name, module, certain: true })) : [],
  });

/** The text after the only finding's first fix. */
function mended(path: string, text: string, around = from('pathlib')): string {
  const [finding] = checkFile(syntax, path, text, around).findings;
  const fix = finding!.fixes[0]!;
  expect(fix.edits).toHaveLength(1);
  return applyEdits(text, fix.edits[0]!.edits);
}

describe('a missing import', () => {
  test.each([
    [
      'after the others, in their style',
      'a.py',
      'from os import sep\nimport re\n\nprint(Path, sep, re)\n',
      'from os import sep\nimport re\nfrom pathlib import Path\n\nprint(Path, sep, re)\n',
    ],
    [
      'in the import that is there',
      'a.py',
      'from pathlib import PurePath\nprint(Path, PurePath)\n',
      'from pathlib import PurePath, Path\nprint(Path, PurePath)\n',
    ],
    [
      'behind an alias',
      'a.py',
      'from pathlib import PurePath as P\nprint(Path, P)\n',
      'from pathlib import PurePath as P, Path\nprint(Path, P)\n',
    ],
    [
      'in braces, behind an alias',
      'a.ts',
      "import x, { a as b } from 'pathlib';\nx(new Path(b));\n",
      "import x, { a as b, Path } from 'pathlib';\nx(new Path(b));\n",
    ],
    [
      'beside a default import',
      'a.ts',
      "import x from 'pathlib';\nx(new Path());\n",
      "import x from 'pathlib';\nimport { Path } from 'pathlib';\nx(new Path());\n",
    ],
    [
      'behind the docstring',
      'a.py',
      '"""Doc."""\n\nprint(Path)\n',
      '"""Doc."""\nfrom pathlib import Path\n\nprint(Path)\n',
    ],
    ['at the top', 'a.py', 'print(Path)\n', 'from pathlib import Path\nprint(Path)\n'],
    [
      'behind the interpreter line',
      'a.py',
      '#!/usr/bin/env python3\nprint(Path)\n',
      '#!/usr/bin/env python3\nfrom pathlib import Path\nprint(Path)\n',
    ],
    [
      'with the file’s quotes and semicolons',
      'a.ts',
      'import { a } from "./a"\nexport const b = new Path(a)\n',
      'import { a } from "./a"\nimport { Path } from "pathlib"\nexport const b = new Path(a)\n',
    ],
    [
      'not among types',
      'a.ts',
      "import type { A } from 'pathlib';\nexport const b = (a: A) => new Path(a);\n",
      "import type { A } from 'pathlib';\nimport { Path } from 'pathlib';\nexport const b = (a: A) => new Path(a);\n",
    ],
    [
      'with the file’s line ends',
      'a.py',
      'import re\r\nprint(Path, re)\r\n',
      'import re\r\nfrom pathlib import Path\r\nprint(Path, re)\r\n',
    ],
  ])('%s', (_, path, text, after) => expect(mended(path, text)).toBe(after));

  test('is certain where there is one place to take it from', () => {
    const certain = (...modules: readonly string[]) =>
      checkFile(syntax, 'a.py', 'Path\n', from(...modules)).findings[0]!.fixes.map((fix) => fix.certain);
    expect(certain('pathlib')).toEqual([true]);
    expect(certain('pathlib', 'py.path')).toEqual([false, false]);
  });
});

describe('the name that was meant', () => {
  test('comes from what the place can see', () => {
    const text = 'def f(quantity):\n    return quantitty\n';
    expect(mended('a.py', text)).toBe('def f(quantity):\n    return quantity\n');
  });

  test.each([
    ['reqeusts', ['requests', 'respect'], 'requests', true],
    ['lenght', ['length', 'strength'], 'length', true],
    ['userName', ['user_name'], 'user_name', true],
    ['items', ['item'], 'item', false],
    ['point2', ['point1'], 'point1', false],
    ['colour', ['colours', 'color'], 'colours', false],
    ['foo', ['bar', 'quux'], undefined, undefined],
    ['ab', ['ac'], undefined, undefined],
  ])('%s of %j', (name, names, meant, certain) => {
    const found = nearest(name, names);
    expect(found?.name).toBe(meant);
    expect(found?.certain).toBe(certain);
  });
});

test('the standard library is imported from, and surely where nothing else has the name', () => {
  const folder = tree({ 'b.py': 'def partial(): pass\n' });
  const world = { log: () => undefined, syntax, folders: [{ path: folder, exclude: [] }] };
  const around = createProject({ ...world, openText: () => undefined, environment: { HOME: folder } });
  const first = (text: string) => {
    const fix = checkFile(syntax, `${folder}/a.py`, text, around).findings[0]!.fixes[0];
    return fix && { after: applyEdits(text, fix.edits[0]!.edits), certain: fix.certain };
  };
  expect(first('asyncio.sleep(1)\n')).toEqual({ after: 'import asyncio\nasyncio.sleep(1)\n', certain: true });
  expect(first('x: Optional[int]\n')).toEqual({
    after: 'from typing import Optional\nx: Optional[int]\n',
    certain: true,
  });
  expect(first('Path("a")\n')).toEqual({ after: 'from pathlib import Path\nPath("a")\n', certain: false });
  expect(first('Shape()\n')).toMatchObject({ certain: false });
  expect(first('partial()\n')).toMatchObject({ certain: false });
});
