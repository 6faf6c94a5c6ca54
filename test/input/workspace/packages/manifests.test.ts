// The readers of manifests and of the list of names: whatever stands in a file, they answer, and what was put in is found.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readCrateManifest } from '../../../../server/input/workspace/packages/manifests/cargo-toml.ts';
import { readModuleManifest } from '../../../../server/input/workspace/packages/manifests/go-mod.ts';
import { readPackageManifest } from '../../../../server/input/workspace/packages/manifests/package-json.ts';
import { readPyproject } from '../../../../server/input/workspace/packages/manifests/pyproject.ts';
import { readRequirement } from '../../../../server/input/workspace/packages/manifests/requirement.ts';
import { declareInRequirements } from '../../../../server/input/workspace/packages/manifests/requirements-file.ts';
import {
  readConda,
  readSetupConfig,
  readSetupScript,
} from '../../../../server/input/workspace/packages/manifests/setup.ts';
import { readCatalogue, readGradle, readPom } from '../../../../server/input/workspace/packages/maven.ts';
import { readFilter } from '../../../../server/input/workspace/packages/name-filter.ts';

const readers = [
  readPyproject, readRequirement, readSetupConfig, readSetupScript, readConda, readPackageManifest,
  readModuleManifest, readCrateManifest, readPom, readGradle, readCatalogue,
]; // biome-ignore format: a table

test('no text makes a reader throw', () => {
  const pieces = fc.constantFrom(
    '[project]\n', 'dependencies', ' = [', '"a>=1"', ']', '\n', '{', '}', ':', 'require (', '<project>', '&a;', '- x', '*a', '&a ', '#', "'", '"""', 'a.b', '\\', '\0', '﻿',
  ); // biome-ignore format: a table
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((parts) => parts.join('')),
      ),
      (text) => {
        for (const read of readers) read(text);
      },
    ),
  );
});

describe('one requirement', () => {
  test.each([
    ['rich', { name: 'rich' }],
    ['rich >= 13.0 ; python_version < "4"', { name: 'rich', version: '>= 13.0' }],
    ['rich[jupyter]~=13.0', { name: 'rich', version: '~=13.0' }],
    ['rich (>=13)', { name: 'rich', version: '>=13' }],
    ['rich @ https://example.org/rich.whl', { name: 'rich' }],
    ['-e .', undefined],
    ['./local', undefined],
    ['a sentence of words', undefined],
  ])('%s', (text, wanted) => {
    expect(readRequirement(text)).toEqual(wanted);
  });
});

test('what is declared in a list of requirements is read back, and nothing else changes', () => {
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  fc.assert(
    fc.property(fc.uniqueArray(name), name, (names, added) => {
      const before = names.map((each) => `${each}\n`).join('');
      const { span, newText } = declareInRequirements(before, added);
      const after = before.slice(0, span.start) + newText + before.slice(span.end);
      expect(after.split('\n').filter(Boolean).sort()).toEqual([...names, added].sort());
    }),
  );
});

test('a filter knows every name that it was made from, and few others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-names-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const names = Array.from({ length: 2000 }, (_, index) => `package-${index}`);
  writeFileSync(join(folder, 'list'), names.join('\n'));
  const script = join(import.meta.dirname, '../../../../scripts/package-names.ts');
  execFileSync(process.execPath, ['--import', 'tsx', script, join(folder, 'list'), folder]);
  const filter = readFilter(readFileSync(join(folder, 'names.bin')));
  expect(names.every((name) => filter.has(name))).toBe(true);
  const strangers = Array.from({ length: 2000 }, (_, index) => `stranger-${index}`);
  expect(strangers.filter((name) => filter.has(name)).length).toBeLessThan(40);
  expect(() => readFilter(new Uint8Array(8))).toThrow('not a file of package names');
});
