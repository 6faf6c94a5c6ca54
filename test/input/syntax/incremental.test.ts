// What is known of a text does not depend on how it came about: edited step by step, or parsed at once.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyEdits, type Edit } from '../../../server/core/span.ts';
import { createSyntax, type ParsedFile, type Syntax } from '../../../server/input/syntax/index.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await createSyntax({ log: (_, message) => expect.unreachable(message) });
  for (const id of ['python', 'typescript']) expect(await syntax.load(id)).toBe(true);
});

const python = `# héllo 🎉
"""Module."""
from os import path as p
import a.b

LIMIT = 3

@decorated
class Thing(Base):
    """Doc 𝒳."""
    field = LIMIT

    def method(self, x):
        return [y for y in x if unknown(y)]

    async def other(self):
        try:
            import maybe
        except ImportError:
            pass


def free(a, *, b="x"):
    def inner():
        return a + missing
    return f"{inner()} {{}} {b!r}"

if __name__ == "__main__":
    print(free(1), Thing().method([LIMIT]))
`;

const typescript = `// 😀 header
import def, { type A, b as c } from './m';
/** Doc 𝒳. */
export class Thing<T> extends Base {
  private field = c;
  method(x: T): A { return \`\${this.field} \${unknown(x)} 🎉\`; }
}

export const twice = (n: number) => n * factor;
function free({ a, b = 2 }: Options): void {
  for (const x of [a, b]) { if (x > 1) { break; } else { def(x); } }
}
/** Last. */
declare const G: { readonly s: string };
`;

/** Pieces that open, close, break and mend things. */
const pieces = fc.constantFrom(
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '`',
    '"""',
    '\n',
    '\r\n',
    '\r',
    '    ',
    ' ',
    '#',
    '//',
    '/*',
    '*/',
  ],
  ...[
    'def f():\n    pass\n',
    'class C {}\n',
    'x',
    '🎉',
    'é',
    ':',
    ',',
    '= 1\n',
    'import z\n',
    'return ',
    '@',
    '${',
  ],
  ...['\0', '\ud83d', '\t', ';', '', 'export ', '\n\n\n', 'from m import *\n', 'if x:\n'],
);

interface Step {
  readonly at: number;
  readonly removed: number;
  readonly piece: string;
}

const steps = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 200 })),
    piece: pieces,
  }),
  { minLength: 1, maxLength: 6 },
);

function editOf(text: string, { at, removed, piece }: Step): Edit {
  const start = Math.floor(at * text.length);
  return { span: { start, end: Math.min(text.length, start + removed) }, newText: piece };
}

/** All that a file says, places included. */
function everything(file: ParsedFile): unknown {
  const { facts, text } = file;
  const places = Array.from({ length: 20 }, (_, index) => Math.floor((index * text.length) / 20));
  return {
    symbols: facts.symbols,
    imports: facts.imports,
    calls: facts.calls,
    comments: facts.comments,
    strings: facts.strings,
    errors: facts.errors,
    unresolved: facts.unresolved,
    opaque: facts.opaque,
    topLevel: facts.topLevel,
    script: facts.script,
    blocks: places.map((offset) => file.blocksAt(offset)),
    kinds: places.map((offset) => file.placeAt(offset)),
    names: places.map((offset) => file.visibleNames(offset).map(({ name }) => name)),
  };
}

const repeated = (text: string, times: number): string =>
  Array.from({ length: times }, (_, index) => text.replaceAll('free', `free${index}`)).join('\n');

describe.each([
  ['python', python, '\n'],
  ['python', python, '\r\n'],
  ['typescript', typescript, '\n'],
  ['typescript', typescript, '\r\n'],
])('%s with some line ends', (languageId, source, lineEnd) => {
  const start = repeated(source, 5).replaceAll('\n', lineEnd);

  test('edited step by step, it says what it says when parsed at once', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (list, readBetween) => {
        let file = syntax.parse(languageId, start)!;
        everything(file);
        for (const step of list) {
          const edit = editOf(file.text, step);
          file = syntax.parse(languageId, applyEdits(file.text, [edit]), { file, edits: [edit] })!;
          if (readBetween) everything(file);
        }
        const fresh = syntax.parse(languageId, file.text)!;
        expect(everything(file)).toEqual(everything(fresh));
        file.release();
        fresh.release();
      }),
      { numRuns: 25 },
    );
  });

  test('edits told together are the same as edits told one by one', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const file = syntax.parse(languageId, start)!;
        everything(file);
        let text = start;
        const edits: Edit[] = [];
        for (const step of list) {
          const edit = editOf(text, step);
          edits.push(edit);
          text = applyEdits(text, [edit]);
        }
        const next = syntax.parse(languageId, text, { file, edits })!;
        const fresh = syntax.parse(languageId, text)!;
        expect(everything(next)).toEqual(everything(fresh));
        next.release();
        fresh.release();
      }),
      { numRuns: 15 },
    );
  });

  test('a branch is what its text says, and its trunk stays as it was', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const file = syntax.parse(languageId, start)!;
        const before = everything(file);
        const branch = file.branch([editOf(start, list[0]!)]);
        const fresh = syntax.parse(languageId, branch.text)!;
        expect(everything(branch)).toEqual(everything(fresh));
        branch.release();
        expect(everything(file)).toEqual(before);
        file.release();
        fresh.release();
      }),
      { numRuns: 8 },
    );
  });
});

test('edits that do not lead to the text are seen through', () => {
  const file = syntax.parse('python', 'a = 1\n')!;
  const next = syntax.parse('python', 'a = 1\nb = c\n', {
    file,
    edits: [{ span: { start: 99, end: 120 }, newText: 'zzz' }],
  })!;
  expect(next.facts.unresolved.map(({ name }) => name)).toEqual(['c']);
  next.release();
});

test('what is told as many small edits is understood as well', () => {
  const file = syntax.parse('python', python)!;
  everything(file);
  let text = python;
  const edits: Edit[] = [];
  for (let count = 0; count < 100; count++) {
    const edit = { span: { start: count * 3, end: count * 3 }, newText: 'x' };
    edits.push(edit);
    text = applyEdits(text, [edit]);
  }
  const next = syntax.parse('python', text, { file, edits })!;
  const fresh = syntax.parse('python', text)!;
  expect(everything(next)).toEqual(everything(fresh));
  next.release();
  fresh.release();
});
