// Tests that were just written: which they are, and which of a report's results are theirs.
import type { TestRules } from '../../core/test-rules.ts';
import type { TestResult, WantedTest } from './result.ts';

/**
 * @param code what was written.
 * @returns one without a name where the language's runners run files and ask for no names.
 */
export function testsIn(rules: TestRules, path: string, code: string): readonly WantedTest[] {
  const names = rules.flatMap((runner) =>
    runner.names === undefined
      ? []
      : [...code.matchAll(new RegExp(runner.names, 'gmu'))].flatMap(([, name]) => name ?? []),
  );
  return names.length > 0 ? [...new Set(names)].map((name) => ({ name, path })) : [{ name: '', path }];
}

/** Those whose names stand in the code; all of them where the runner calls them otherwise. */
export function resultsOf(results: readonly TestResult[], code: string): readonly TestResult[] {
  const own = results.filter(({ name }) => code.includes(name.replace(/[[(].*$/s, '').trim()));
  return own.length > 0 ? own : results;
}
