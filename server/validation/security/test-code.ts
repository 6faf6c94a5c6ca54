// Whether code is a test's: those attack, lie and switch off on purpose.
import type { FileFacts } from '../../core/facts.ts';
import { contains, type Span } from '../../core/span.ts';

const testPath =
  /(?:^|[\\/])(?:tests?|__tests__|specs?|testing|testdata|e2e|benches)[\\/](?:[^\\/]+[\\/]){0,4}[^\\/]+$|(?:^|[\\/._-])(?:tests?|spec|conftest)(?:[._-][^\\/]*)?\.\w+$|Tests?\.\w+$/;

const testText =
  /\b(?:import|from|require\(|use)\s*\(?["']?(?:pytest|unittest|node:test|vitest|jest|mocha|chai|assert|testing|org\.junit|ava|tap)\b|"testing"|\b(?:describe|it|test)\(\s*["'`]|#\[(?:tokio::)?test\]|@Test\b|\bdef test_\w+|\bself\.assert\w+\(/;

/** Both the place and the text must say that it is one, except where the place leaves no doubt. */
export const isTest = (path: string, text: string): boolean =>
  /[\\/]src[\\/]test[\\/]/.test(path) || (testPath.test(path) && testText.test(text));

/** Whether a file lies where tests do, be it one or what they work on. */
export const liesAmongTests = (path: string): boolean => testPath.test(path);

/** What stands before a declaration, in a file that is none, by which all of it is a test. */
const testMark = /#\[cfg\(test\)\]|#\[(?:\w+::)*test\b/;

/** Whether a place is in a test, be it all of the file or a part. */
export const isTestCode = (
  { path, text, facts }: { readonly path: string; readonly text: string; readonly facts: FileFacts },
  at: Span,
): boolean =>
  isTest(path, text) ||
  facts.symbols.some(
    ({ span, nameSpan }) => contains(span, at) && testMark.test(text.slice(span.start, nameSpan.start)),
  );
