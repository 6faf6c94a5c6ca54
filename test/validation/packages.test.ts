// What the checks of packages say of an import, and the fix that they offer: over small trees, as the product sees them.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Finding } from '../../server/core/finding.ts';
import { applyEdits } from '../../server/core/span.ts';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { tree } from '../input/workspace/tree.ts';
import { asMarks, checkFile, loadSyntax, projectIn, readMarks } from './kit.ts';

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
  const project = projectIn(syntax, folder);
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

const said = (files: Readonly<Record<string, string>>): string =>
  findingsIn(files)
    .findings.map(({ message, fixes }) => [message, ...fixes.map(({ title }) => title)].join(' | '))
    .join('\n');

describe('what was meant', () => {
  const python = (text: string, dependencies: string, files: Record<string, string> = {}): string =>
    said({
      'pyproject.toml': `[project]\nname = "app"\ndependencies = [${dependencies}]\n`,
      ...files,
      'main.py': text,
    });

  test('a package of a namespace, not the namespace', () => {
    expect(python('import google.protobuf\n', '"requests"')).toContain('`protobuf` is not declared');
    expect(python('from google.cloud import storage\n', '"requests"')).not.toContain('`google`');
    expect(python('import google.cloud.storage\n', '"requests"')).toContain('`google-cloud-storage` is not');
  });

  test('a declared or standard name before one that hardly anybody uses', () => {
    const manifest = '{"name": "a", "dependencies": {"express": "4"}}';
    expect(said({ 'package.json': manifest, 'a.js': "import e from 'expres';\n" })).toContain(
      'did you mean `express`? | Change to `express`',
    );
    expect(python('import jsn\n', '"requests"')).toContain('did you mean `json`? | Change to `json`');
  });

  test('a typo is not taken for a module of the package whose name it contains', () => {
    expect(python('import numpyy\n', '"numpy"')).toContain('did you mean `numpy`?');
    expect(python('import flask_magic_helpers\n', '"flask"')).toContain('There is no package');
    expect(python('import pydantic_utilz\n', '"pydantic"')).toContain('There is no package');
    expect(python('import nump\n', '"numpy"')).toContain('did you mean `numpy`?');
  });

  test('a module of the project itself', () => {
    expect(python('import a_bb\n', '', { 'a_b.py': '' })).toContain('did you mean `a_b`?');
    const helpers = { 'helpers/io_utils.py': 'one = 1\n' };
    expect(python('from helprs import io_utils\n', '', helpers)).toContain('did you mean `helpers`?');
    expect(python('from helpers.io_util import one\n', '', helpers)).toContain(
      'did you mean `helpers.io_utils`?',
    );
  });

  test('a module of the standard library', () => {
    const wrong = 'import os.pth\nimport json.decodr\nimport xml.etree.ElementTre\nimport email.mime.txt\n';
    expect(python(wrong, '').split('\n')).toMatchObject([
      expect.stringContaining('did you mean `os.path`?'),
      expect.stringContaining('did you mean `json.decoder`?'),
      expect.stringContaining('did you mean `xml.etree.ElementTree`?'),
      expect.stringContaining('did you mean `email.mime.text`?'),
    ]);
    expect(python('import os.path, json.decoder, email.mime.text, concurrent.futures.thread\n', '')).toBe('');
  });
});
