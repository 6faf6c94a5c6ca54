// Whether code is a test's: those attack, lie and switch off on purpose.
import { dirname, relative } from 'node:path';
import { contains, type Span } from '../../core/span.ts';
import type { Subject } from '../check.ts';

const testPath =
  /(?:^|[\\/])(?:tests?|__tests__|specs?|testing|testdata|e2e|benches)[\\/](?:[^\\/]+[\\/]){0,4}[^\\/]+$|(?:^|[\\/._-])(?:tests?|spec|conftest)(?:[._-][^\\/]*)?\.\w+$|Tests?\.\w+$/;

const testText =
  /\b(?:import|from|require\(|use)\s*\(?["']?(?:pytest|unittest|node:test|vitest|jest|mocha|chai|assert|testing|org\.junit|ava|tap)\b|"testing"|\b(?:describe|it|test)\(\s*["'`]|#\[(?:tokio::)?test\]|@Test\b|\bdef test_\w+|\bself\.assert\w+\(/;

/** Both the place and the text must say that it is one, except where the place leaves no doubt. */
export const isTest = (path: string, text: string): boolean =>
  /[\\/]src[\\/]test[\\/]/.test(path) || (testPath.test(path) && testText.test(text));

/** Whether a file lies where tests of its project do, be it one or what they work on. */
export function liesAmongTests({ path, language, project }: Subject): boolean {
  const manifest = project.manifestOf(path, language.id);
  return manifest !== undefined && testPath.test(relative(dirname(manifest.path), path));
}

/** What stands before a declaration, in a file that is none, by which all of it is a test. */
const testMark = /#\[cfg\(test\)\]|#\[(?:\w+::)*test\b/;

/** Whether a place is in a test, be it all of the file or a part. */
export const isTestCode = (
  { path, text, facts }: Pick<Subject, 'path' | 'text' | 'facts'>,
  at: Span,
): boolean =>
  isTest(path, text) ||
  facts.symbols.some(
    ({ span, nameSpan }) => contains(span, at) && testMark.test(text.slice(span.start, nameSpan.start)),
  );
