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
