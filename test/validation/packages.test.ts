// What the checks of packages say of an import, and the fix that they offer: over small trees, as the product sees them.
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Finding } from '../../server/core/finding.ts';
import { applyEdits } from '../../server/core/span.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { createProject } from '../../server/input/workspace/project.ts';
import { tree } from '../input/workspace/tree.ts';
import { asMarks, checkFile, loadSyntax, readMarks } from './kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'typescript', 'javascript', 'go', 'rust', 'java');
});

/** Findings of the last file. */
function findingsIn(files: Readonly<Record<string, string>>): {
  folder: string;
  findings: readonly Finding[];
} {
  const folder = tree(files);
  const [path, text] = Object.entries(files).at(-1)!;
  const project = createProject({
    log: () => undefined,
    syntax,
    folders: [{ path: folder, exclude: [] }],
    openText: () => undefined,
    environment: { HOME: folder },
  });
  const { findings } = checkFile(syntax, join(folder, path), text, project);
  return { folder, findings: findings.filter(({ check }) => check.startsWith('imports/')) };
}

const pyproject = '[project]\nname = "app"\ndependencies = ["requests"]\n';
const manifest = '{\n  "name": "app",\n  "dependencies": {\n    "react": "19"\n  }\n}\n';

const cases: Record<string, [files: Record<string, string>, path: string, marked: string]> = {
  'a package that nobody has': [
    {},
    'a.py',
    `
import os, zzqwv_sums
           ^^^^^^^^^^ imports/unknown-package
import numpy as np
from sklearn import svm
`,
  ],
  'not even where it may fail by intent: an invention stays one': [
    {},
    'a.py',
    `
import importlib
try:
    import zzqwv_sums
           ^^^^^^^^^^ imports/unknown-package
except ImportError:
    zzqwv_sums = None
try:
    import urllib2
except ImportError:
    urllib2 = None
fast = importlib.import_module("zzqwv_fast")
                                ^^^^^^^^^^ imports/unknown-package
`,
  ],
  'a package that exists and is not declared': [
    { 'pyproject.toml': pyproject },
    'app/main.py',
    `
import requests
import numpy.linalg
       ^^^^^^^^^^^^ imports/undeclared-package
from numpy import array
`,
  ],
  'nothing is undeclared without a manifest, or beside the package': [
    { 'pyproject.toml': pyproject },
    'examples/show.py',
    `
import numpy
`,
  ],
  'the same for packages of another registry': [
    { 'package.json': manifest },
    'src/a.ts',
    `
import React from 'react';
import chalk from 'chalk';
                   ^^^^^ imports/undeclared-package
import type { Root } from 'mdast';
import { x } from '@zz-nobody/nothing';
                   ^^^^^^^^^^^^^^^^^^ imports/unknown-package
import { readFile } from 'node:fs/promises';
import pages from 'virtual:pages';
`,
  ],
  'a module that no requirement provides': [
    {
      'go.mod': 'module example.org/app\n\ngo 1.22\n\nrequire github.com/a/b v1.0.0\n',
      'store/s.go': 'package store\n',
    },
    'main.go',
    `
package main

import (
	"encoding/jsn"
	 ^^^^^^^^^^^^ imports/unknown-package
	"example.org/app/store"
	"github.com/a/b/c"
	"github.com/zz-nobody/nothing"
	 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ imports/unknown-package
)

var _ = store.X
`,
  ],
  'a crate that the manifest does not name, beside names of the file itself': [
    { 'Cargo.toml': '[package]\nname = "app"\nedition = "2021"\n\n[dependencies]\nanyhow = "1"\n' },
    'src/main.rs',
    `
use anyhow::Result;
use serde::Serialize;
    ^^^^^ imports/undeclared-package
use zz_no_such::thing;
    ^^^^^^^^^^ imports/unknown-package
mod inner { pub struct A; }
use inner::A;
fn main() {}
`,
  ],
  'a package of the JDK that is none': [
    {},
    'A.java',
    `
import java.utils.List;
       ^^^^^^^^^^ imports/unknown-package
import java.util.Map;
import com.nobody.nothing.Thing;
class A {}
`,
  ],
};

for (const [title, [files, path, marked]] of Object.entries(cases)) {
  test(title, () => {
    const { text, marks } = readMarks(marked);
    const { findings } = findingsIn({ ...files, [path]: text });
    expect(asMarks(text, findings)).toEqual(marks);
  });
}

test('a misspelt package is put right', () => {
  const text = 'import reqeusts\nreqeusts.get("/")\n';
  const { findings } = findingsIn({ 'a.py': text });
  const fix = findings[0]!.fixes.find(({ title }) => title === 'Change to `requests`')!;
  expect(applyEdits(text, fix.edits[0]!.edits)).toBe('import requests\nreqeusts.get("/")\n');
});

test('a package is declared in the manifest, with the version that is installed', () => {
  const { folder, findings } = findingsIn({
    'package.json': manifest,
    'node_modules/chalk/package.json': '{"name": "chalk", "version": "5.3.0"}',
    'a.js': "import chalk from 'chalk';\n",
  });
  const [fix] = findings[0]!.fixes;
  expect(fix).toMatchObject({ title: 'Declare `chalk` in package.json', certain: false });
  expect(fix!.edits[0]!.path).toBe(join(folder, 'package.json'));
  expect(applyEdits(manifest, fix!.edits[0]!.edits)).toBe(
    manifest.replace('    "react"', '    "chalk": "^5.3.0",\n    "react"'),
  );
});

test('a submodule that an installed package does not have', () => {
  const { findings } = findingsIn({
    'package.json': manifest,
    'node_modules/react/package.json':
      '{"exports": {".": "./index.js", "./jsx-runtime": "./jsx-runtime.js"}}',
    'a.js': "import { jsx } from 'react/jsx-runtim';\n",
  });
  expect(findings).toMatchObject([{ check: 'imports/unknown-module' }]);
  expect(findings[0]!.message).toContain('did you mean `react/jsx-runtime`?');
});
