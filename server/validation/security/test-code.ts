// Whether code is a test's: those attack, lie and switch off on purpose.
import { dirname, relative } from 'node:path';
import { matches } from '../../core/inheritance.ts';
import { contains, type Span } from '../../core/span.ts';
import type { Subject } from '../check.ts';

const testPath =
  /(?:^|[\\/])(?:tests?|__tests__|specs?|testing|testdata|e2e|benches)[\\/](?:[^\\/]+[\\/]){0,4}[^\\/]+$|(?:^|[\\/._-])(?:tests?|spec|conftest)(?:[._-][^\\/]*)?\.\w+$|Tests?\.\w+$/;

type Tested = Pick<Subject, 'path' | 'text' | 'facts' | 'language'>;

const known = new WeakMap<Subject['facts'], boolean>();

/** Both the place and the text must say that it is one, except where the place leaves no doubt. */
export function isTest({ path, text, facts, language: { testCode } }: Tested): boolean {
  const before = known.get(facts);
  if (before !== undefined) return before;
  const isIt =
    /[\\/]src[\\/]test[\\/]/.test(path) ||
    (testCode !== undefined && testPath.test(path) && matches(testCode.text, text));
  known.set(facts, isIt);
  return isIt;
}

/** Whether a file lies where tests of its project do, be it one or what they work on. */
export function liesAmongTests({ path, language, project }: Subject): boolean {
  const manifest = project.manifestOf(path, language.id);
  return manifest !== undefined && testPath.test(relative(dirname(manifest.path), path));
}

/** Whether a place is in a test, be it all of the file or a part. */
export function isTestCode(subject: Tested, at: Span): boolean {
  const { text, facts, language } = subject;
  const mark = language.testCode?.mark;
  return (
    isTest(subject) ||
    (mark !== undefined &&
      facts.symbols.some(
        ({ span, nameSpan }) => contains(span, at) && matches(mark, text.slice(span.start, nameSpan.start)),
      ))
  );
}
