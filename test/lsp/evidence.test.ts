// Evidence in a message, which is cut: what speaks against the code comes before what passed.
import { expect, test } from 'vitest';
import { evidenceMessage, validationLine } from '../../server/lsp/evidence.ts';
import { evidence } from '../kit/scripted-workbench.ts';

const passed = ['syntax/error', 'names/unresolved', 'calls/arguments', 'leaks/unclosed'].map((name) => ({
  name,
  outcome: 'passed' as const,
}));
const checks = [
  ...passed,
  { name: 'examples/failed', outcome: 'passed', note: '3 of 3 examples passed' },
  { name: 'types/pyright', outcome: 'failed', note: '1 finding', tool: 'pyright 1.1' },
  { name: 'tests/failed', outcome: 'not-run', note: 'no test names it' },
] as const;

test('failures, findings and reasons come first, what programs passed last, the rest is counted', () => {
  const finding = {
    check: 'types/pyright',
    severity: 'error',
    path: '/project/a.py',
    span: { start: 0, end: 1 },
    message: 'Type "str" is not\nassignable to "Item"',
    fixes: [],
  } as const;
  const known = evidence({ verdict: 'doubtful', checks, findings: [finding], reasons: ['3 of 5 agree'] });
  expect(evidenceMessage(known)).toBe(
    [
      'Doubtful: 5 checks passed, 1 failed, 1 not run',
      'failed: types/pyright (1 finding)',
      'not run: tests/failed (no test names it)',
      'found: Type "str" is not assignable to "Item"',
      'chosen because 3 of 5 agree',
      'passed: examples/failed (3 of 3 examples passed)',
      'written by coder @ localhost',
    ].join('; '),
  );
});

test('one long note or finding hides none of the others', () => {
  const note = 'it cannot be loaded '.repeat(30);
  const message = evidenceMessage(
    evidence({ checks: [{ name: 'examples/failed', outcome: 'failed', note }, ...checks.slice(-1)] }),
  );
  expect(message.indexOf('tests/failed')).toBeGreaterThan(0);
  expect(message.indexOf('tests/failed')).toBeLessThan(300);
});

test('of a validation, what failed and what was not run come before what passed', () => {
  expect(validationLine({ version: 1, findings: [], checks })).toBe(
    'Nothing found; failed: types/pyright (1 finding); not run: tests/failed (no test names it); ' +
      'passed: syntax/error, names/unresolved, calls/arguments, leaks/unclosed, ' +
      'examples/failed (3 of 3 examples passed)',
  );
});
