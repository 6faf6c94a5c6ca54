// The tracker on files that nobody wrote by hand: it ends, and says what it still sees.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Syntax } from '../../../server/input/syntax/index.ts';
import { analyse } from '../../../server/validation/security/analyse.ts';
import { loadSyntax } from '../kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'javascript');
});

function weaknessesIn(languageId: string, text: string): number[] {
  const file = syntax.parse(languageId, text)!;
  try {
    return analyse(languageId, text, file.facts).map(({ sink }) => sink.cwe);
  } finally {
    file.release();
  }
}

describe('a file with thousands of', () => {
  it('assignments of each to the next', () => {
    const chain = Array.from({ length: 1000 }, (_, at) => `a${at + 1} = a${at} + a${at}`).join('\n');
    expect(weaknessesIn('python', `import os\na0 = input()\n${chain}\nos.system("ls " + a3)\n`)).toContain(
      78,
    );
  });

  it('additions to one name, with a use after each', () => {
    const text = `import os\ndef f(a):\n    q = "ls"\n${'    q += a\n    os.system(q)\n'.repeat(400)}`;
    expect(weaknessesIn('python', text).length).toBeGreaterThan(1);
  });

  it('nested calls', () => {
    expect(weaknessesIn('python', `x = ${'f('.repeat(1000)}input()${')'.repeat(1000)}\n`)).toEqual([]);
  });

  it('names that are made of themselves', () => {
    expect(
      weaknessesIn('python', 'import os\ndef f():\n    a = b\n    b = a\n    os.system(a + b)\n'),
    ).toBeDefined();
  });
});

it('does not throw for any mixture of what code is made of', () => {
  const piece = fc.constantFrom(
    'request.args', 'os.system(', ')', '(', '"select * from a where b=\'', '%s', '"', "'", '%', '+', ' = ', '\n', '    ',
    'def f(a):', 'f"', '{', '}', 'a', '[', ']', ',', '.format(', 'shell=True', 'return ', '#', 'x.y', 'eval(', '/',
  ); // biome-ignore format: a table
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      for (const languageId of ['python', 'javascript']) weaknessesIn(languageId, pieces.join(''));
    }),
    { numRuns: 150 },
  );
});
