// What the checks that start programs are called and find, for the reference: they judge no facts, so they are run by
// whoever may start programs and not among the others.
import type { Severity } from '../../core/finding.ts';
import type { Language } from '../../core/language.ts';
import type { Check } from '../check.ts';

export interface ProgramCheck extends Pick<Check, 'summary' | 'example' | 'judges'> {
  /** A family, `types/*`, has one page. */
  readonly name: string;
  readonly severity: Severity;
}

export const programChecks: readonly ProgramCheck[] = [
  {
    name: 'types/*',
    severity: 'error',
    summary:
      'What a language server or compiler of yours finds in the code: `types/pyright`, `types/tsc`, `types/rust-analyzer`, … Of generated code, only what is new counts; its warnings are warnings.',
    example: { languageId: 'python', code: 'def area(width: int) -> int:\n    return width * "2"' },
    judges: (language: Language) => (language.judges ?? []).length > 0,
  },
  {
    name: 'examples/failed',
    severity: 'error',
    summary: 'An example of a doc comment that the code, run in a sandbox, does not do as it says.',
    example: {
      languageId: 'python',
      code: 'def double(number: int) -> int:\n    """\n    >>> double(2)\n    4\n    """\n    return number + 1',
    },
    judges: (language: Language) => language.execution !== undefined,
  },
  {
    name: 'properties/failed',
    severity: 'warning',
    summary:
      "What holds whatever the right answer is, and does not: at inputs that a library of your project (`hypothesis`, `fast-check`) makes of the written types, a function raises an error that only a mistake raises, gives what is not of its type, something else the second time, or changes its arguments and gives back another; or a function of the file whose name undoes it does not take its result back. Errors that the code raises itself or that a comment names are meant; an index, key or count that is wrong may be the caller's. The smallest such call is shown. Of generated code, what did not hold before does not count. Without the library, or a sandbox that closes them in, nothing is run; functions that need an instance are not checked.",
    example: {
      languageId: 'python',
      code: 'def first(words: list[str]) -> str:\n    return words[0]  # first([]) raises IndexError',
    },
    judges: (language: Language) => language.execution?.properties !== undefined,
  },
  {
    name: 'tests/failed',
    severity: 'error',
    summary:
      "A test of the project that names the function and fails with it, run in a sandbox by the project's own runner. Of generated code, a test that failed before in the same way does not count.",
    example: {
      languageId: 'python',
      code: 'def test_double():\n    assert double(2) == 4  # and double gives 3',
    },
    judges: (language: Language) => (language.testRunners ?? []).length > 0,
  },
];
