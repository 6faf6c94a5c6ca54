// Tests of small projects, run for real: what passed and failed before a candidate, and with it.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { detachedRun } from '../../../server/core/run.ts';
import { readLanguages } from '../../../server/input/syntax/languages.ts';
import { findSandbox } from '../../../server/validation/sandbox/index.ts';
import type { Sandbox } from '../../../server/validation/sandbox/sandbox.ts';
import { testFindings, worseWith } from '../../../server/validation/tests/findings.ts';
import { openTests } from '../../../server/validation/tests/index.ts';
import type { TestReport } from '../../../server/validation/tests/result.ts';

const run = detachedRun(() => undefined);
const sandbox = await findSandbox(() => undefined);
const top = resolve(import.meta.dirname, '../../..');
const languages = readLanguages(join(top, 'grammars'));
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

const has = (program: string, ...parameters: string[]): boolean => {
  try {
    execFileSync(program, parameters, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

interface Project {
  readonly language: string;
  readonly runner: string;
  readonly installed: boolean;
  readonly files: Readonly<Record<string, string>>;
  readonly tests: readonly (readonly [path: string, name: string])[];
  /** The file under check, a text that is wrong, and one that nothing can be made of. */
  readonly subject: string;
  readonly wrong: string;
  readonly broken: string;
  /** How a failure is told; where in the tests, from 0. */
  readonly message: RegExp;
  readonly line?: number;
  /** Folders of this project's own packages that it has. */
  readonly modules?: boolean;
  /** Whether every start of it takes seconds. */
  readonly slow?: boolean;
}

const add = {
  python: 'def add(a, b):\n    return a + b\n',
  script: 'export const add = (a, b) => a + b;\n',
};

const projects: readonly Project[] = [
  {
    language: 'python',
    runner: 'pytest',
    installed: has('python3', '-m', 'pytest', '--version'),
    files: {
      'pyproject.toml': '[tool.pytest.ini_options]\npythonpath = ["."]\n',
      'calc.py': add.python,
      'tests/test_calc.py': `import pytest
from calc import add

def test_add():
    print("noise")
    assert add(1, 2) == 3

@pytest.mark.parametrize("a", [1, 2])
def test_zero(a):
    assert add(a, 0) == a

def test_known_wrong():
    assert add(1, 1) == 3

def test_later():
    pytest.skip("not now")

def test_unrelated():
    assert False
`,
    },
    tests: ['test_add', 'test_zero', 'test_known_wrong', 'test_later'].map(
      (name) => ['tests/test_calc.py', name] as const,
    ),
    subject: 'calc.py',
    wrong: 'def add(a, b):\n    return a - b\n',
    broken: 'def add(a, b:\n',
    message: /assert -1 == 3/,
    line: 5,
  },
  {
    language: 'python',
    runner: 'unittest',
    installed: has('python3', '--version'),
    files: {
      'calc.py': add.python,
      'tests/__init__.py': '',
      'tests/test_calc.py': `import unittest
from calc import add

class AddTest(unittest.TestCase):
    def test_add(self):
        print("noise")
        self.assertEqual(add(1, 2), 3)
    def test_zero(self):
        """Adding nothing."""
        self.assertEqual(add(1, 0), 1)
    def test_known_wrong(self):
        self.assertEqual(add(1, 1), 3)
    @unittest.skip("not now")
    def test_later(self):
        pass
    def test_unrelated(self):
        self.fail()
`,
    },
    tests: ['test_add', 'test_zero', 'test_known_wrong', 'test_later'].map(
      (name) => ['tests/test_calc.py', name] as const,
    ),
    subject: 'calc.py',
    wrong: 'def add(a, b):\n    return a - b\n',
    broken: 'def add(a, b:\n',
    message: /AssertionError: -1 != 3/,
    line: 6,
  },
  {
    language: 'javascript',
    runner: 'node:test',
    installed: true,
    files: {
      'package.json': '{ "type": "module" }',
      'calc.js': add.script,
      'calc.test.js': `import assert from 'node:assert';
import { describe, it, test } from 'node:test';
import { add } from './calc.js';

test('test_add', () => {
  console.log('noise');
  assert.equal(add(1, 2), 3);
});
describe('a group', () => {
  it('test_zero', () => assert.equal(add(1, 0), 1));
  it('test_known_wrong', () => assert.equal(add(1, 1), 3));
  it.skip('test_later', () => {});
});
`,
    },
    tests: [['calc.test.js', 'add']],
    subject: 'calc.js',
    wrong: 'export const add = (a, b) => a - b;\n',
    broken: 'export const add = (a, b => a;\n',
    message: /-1 == 3/,
    line: 6,
  },
  {
    language: 'typescript',
    runner: 'vitest',
    installed: true,
    modules: true,
    files: {
      'package.json': '{ "type": "module", "devDependencies": { "vitest": "*" } }',
      'calc.ts': add.script,
      'calc.test.ts': `import { describe, expect, it, test } from 'vitest';
// @ts-ignore
import { add } from './calc.ts';

test('test_add', () => {
  console.log('noise');
  expect(add(1, 2)).toBe(3);
});
describe('a group', () => {
  it('test_zero', () => expect(add(1, 0)).toBe(1));
  it('test_known_wrong', () => expect(add(1, 1)).toBe(3));
  it.skip('test_later', () => {});
});
`,
    },
    tests: [['calc.test.ts', 'add']],
    subject: 'calc.ts',
    wrong: 'export const add = (a: number, b: number) => a - b;\n',
    broken: 'export const add = (a, b => a;\n',
    message: /expected -1 to be 3/,
    line: 6,
  },
  {
    language: 'go',
    runner: 'go test',
    installed: has('go', 'version'),
    files: {
      'go.mod': 'module example.org/calc\n\ngo 1.20\n',
      'sum/sum.go': 'package sum\n\nfunc Add(a, b int) int { return a + b }\n',
      'sum/sum_test.go': `package sum

import "testing"

func test_equal(t *testing.T, got, want int) {
	t.Helper()
	if got != want {
		t.Fatalf("got %d, want %d", got, want)
	}
}

func Test_add(t *testing.T) {
	test_equal(t, Add(1, 2), 3)
}
func Test_zero(t *testing.T) {
	t.Run("one", func(t *testing.T) { test_equal(t, Add(1, 0), 1) })
}
func Test_known_wrong(t *testing.T) { test_equal(t, Add(1, 1), 3) }
func Test_later(t *testing.T)       { t.Skip("not now") }
func Test_unrelated(t *testing.T)   { t.Fatal("never") }
`,
    },
    tests: ['Test_add', 'Test_zero', 'Test_known_wrong', 'Test_later'].map(
      (name) => ['sum/sum_test.go', name] as const,
    ),
    subject: 'sum/sum.go',
    wrong: 'package sum\n\nfunc Add(a, b int) int { return a - b }\n',
    broken: 'package sum\n\nfunc Add(a, b int) int { return "x" }\n',
    message: /got -1, want 3/,
    line: 12,
  },
  {
    language: 'rust',
    runner: 'cargo test',
    installed: has('cargo', '--version'),
    files: {
      'Cargo.toml': '[package]\nname = "calc"\nversion = "0.1.0"\nedition = "2021"\n',
      'src/lib.rs': 'pub fn add(a: i32, b: i32) -> i32 { a + b }\n',
      'tests/calc.rs': `use calc::add;

#[test]
fn test_add() {
    println!("noise");
    assert_eq!(add(1, 2), 3);
}
#[test]
fn test_zero() { assert_eq!(add(1, 0), 1); }
#[test]
fn test_known_wrong() { assert_eq!(add(1, 1), 3); }
#[test]
#[ignore]
fn test_later() {}
#[test]
fn test_unrelated() { panic!(); }
`,
    },
    tests: ['test_add', 'test_zero', 'test_known_wrong', 'test_later'].map(
      (name) => ['tests/calc.rs', name] as const,
    ),
    subject: 'src/lib.rs',
    wrong: 'pub fn add(a: i32, b: i32) -> i32 { a - b }\n',
    broken: 'pub fn add(a: i32, b: i32) -> i32 { "x" }\n',
    message: /left == right/,
    line: 5,
  },
  {
    language: 'java',
    runner: 'Maven',
    slow: true,
    // Maven is asked without a network: what it needs must have been used on this machine before.
    installed:
      has('mvn', '--version') &&
      ['junit/junit/4.12', 'org/apache/maven/surefire/surefire-junit4'].every((part) =>
        existsSync(join(homedir(), '.m2/repository', part)),
      ),
    files: {
      'pom.xml': `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>calc</artifactId><version>1</version>
<properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
<dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.12</version><scope>test</scope></dependency></dependencies></project>`,
      'src/main/java/org/example/Calc.java':
        'package org.example;\npublic class Calc { public static int add(int a, int b) { return a + b; } }\n',
      'src/test/java/org/example/CalcTest.java': `package org.example;
import static org.junit.Assert.assertEquals;
import org.junit.Ignore;
import org.junit.Test;
public class CalcTest {
    @Test
    public void test_add() {
        System.out.println("noise");
        assertEquals(3, Calc.add(1, 2));
    }
    @Test public void test_zero() { assertEquals(1, Calc.add(1, 0)); }
    @Test public void test_known_wrong() { assertEquals(3, Calc.add(1, 1)); }
    @Ignore @Test public void test_later() { }
}
`,
    },
    tests: ['test_add', 'test_zero', 'test_known_wrong', 'test_later'].map(
      (name) => ['src/test/java/org/example/CalcTest.java', name] as const,
    ),
    subject: 'src/main/java/org/example/Calc.java',
    wrong:
      'package org.example;\npublic class Calc { public static int add(int a, int b) { return a - b; } }\n',
    broken: 'package org.example;\npublic class Calc { public static int add(int a, int b) { return x; } }\n',
    message: /expected:<3> but was:<-1>/,
    line: 8,
  },
];

function write(files: Readonly<Record<string, string>>, modules = false): string {
  const root = mkdtempSync(join(tmpdir(), 'vouch-tests-'));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  if (modules) symlinkSync(join(top, 'node_modules'), join(root, 'node_modules'));
  return root;
}

const short = (title: string): string =>
  /[Tt]est_[a-z_]+(?:\[\d\])?(?=$|\/|\))/.exec(title)?.[0].toLowerCase() ?? title;
const states = ({ results }: TestReport): Record<string, string> =>
  Object.fromEntries(results.map(({ name, state }) => [short(name), state]));

describe.each(projects.map((project) => [project.runner, project] as const))('%s', (_, project) => {
  it.runIf(project.installed && sandbox.isolation === 'closed')(
    'tells what passed and failed, and holds against a candidate only what it made worse',
    async () => {
      const root = write(project.files, project.modules);
      const language = languages.find(({ id }) => id === project.language)!;
      const tests = project.tests.map(([path, name]) => ({ path: join(root, path), name }));
      const readable = project.modules ? [join(top, 'node_modules')] : [];
      const seeing: Sandbox = {
        ...sandbox,
        open: (own, contents) =>
          sandbox.open(own, { ...contents, readable: [...(contents.readable ?? []), ...readable] }),
      };
      await using bench = await openTests(run, seeing, { root, language, tests });
      const before = await bench.before(run);
      expect(before).toMatchObject({ runner: project.runner, outcome: 'ran' });
      const expected = {
        test_add: 'passed',
        test_zero: 'passed',
        test_known_wrong: 'failed',
        test_later: 'skipped',
      };
      expect(states(before)).toEqual(expected);

      const subject = { root, path: join(root, project.subject), span: { start: 0, end: 1 } };
      const wrong = await bench.with(run, { [subject.path]: project.wrong });
      expect(states(wrong)).toEqual({ ...expected, test_add: 'failed' });
      const findings = testFindings(worseWith(before, wrong), subject);
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({ check: 'tests/failed', path: subject.path, severity: 'error' });
      expect(findings[0]!.message).toMatch(/[Tt]est_add/);
      expect(findings[0]!.message).toMatch(project.message);
      const failed = wrong.results.find(({ name }) => short(name) === 'test_add');
      expect(failed?.place).toEqual({ path: tests[0]!.path, line: project.line });

      const broken = await bench.with(run, { [subject.path]: project.broken });
      expect(broken.outcome).toBe('unbuilt');
      expect(testFindings(worseWith(before, broken), subject)[0]?.message).toMatch(
        /^With this, the tests cannot be run/,
      );

      // What a candidate put there is gone with the next.
      if (!project.slow) expect(states(await bench.with(run, {}))).toEqual(expected);
      expect(readFileSync(subject.path, 'utf8')).toBe(project.files[project.subject]);
    },
    // Compilers are started several times, and may have nothing of the last time.
    600_000,
  );
});
