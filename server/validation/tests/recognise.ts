// Which runner a project's tests are for, by its files and by the tests themselves.
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestMark, TestRules, TestRunner } from '../../core/test-rules.ts';

/** Bytes of a manifest or test file that are looked at. */
const maxText = 512 * 1024;

/**
 * Runners that may run the tests, likeliest first: those that the project names, then those that the tests are written for.
 * @param paths absolute, of test files.
 * @param unsaved texts by absolute path of those that are not on disk.
 */
export async function recogniseRunners(
  rules: TestRules,
  root: string,
  paths: readonly string[],
  unsaved: Readonly<Record<string, string>> = {},
): Promise<readonly TestRunner[]> {
  const texts = await Promise.all(paths.map((path) => unsaved[path] ?? textOf(path)));
  const named: TestRunner[] = [];
  const written: TestRunner[] = [];
  for (const runner of rules) {
    if (await holdsOne(runner.marks ?? [], root)) named.push(runner);
    else if (runner.written !== undefined && isWrittenFor(runner.written, texts)) written.push(runner);
  }
  return [...named, ...written];
}

function isWrittenFor(pattern: string, texts: readonly string[]): boolean {
  const regex = new RegExp(pattern, 'mu');
  return texts.some((text) => regex.test(text));
}

async function holdsOne(marks: readonly TestMark[], root: string): Promise<boolean> {
  for (const { file, text } of marks) {
    const path = join(root, file);
    if (text === undefined ? await isFile(path) : new RegExp(text, 'mu').test(await textOf(path)))
      return true;
  }
  return false;
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );

/** Empty where there is none, or it is far too large for what it should be. */
async function textOf(path: string): Promise<string> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isFile() && facts.size <= maxText ? readFile(path, 'utf8') : '';
}
