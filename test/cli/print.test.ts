// What the terminal shows of evidence.
import pc from 'picocolors';
import { expect, test } from 'vitest';
import { printEvidence } from '../../server/cli/try/print.ts';
import { evidence } from '../kit/scripted-workbench.ts';

test('a check names the program that decided, and its version', () => {
  const known = evidence({
    checks: [
      { name: 'types/judge', outcome: 'failed', note: '1 finding', tool: 'judge 1.2' },
      { name: 'tests/failed', outcome: 'passed', tool: 'runner' },
      { name: 'examples/failed', outcome: 'not-run', note: 'there are none' },
    ],
  });
  expect(printEvidence(known, pc.createColors(false))).toContain(
    '  ✗ types/judge  by judge 1.2: 1 finding\n  ✓ tests/failed  by runner\n  – examples/failed  there are none',
  );
});
