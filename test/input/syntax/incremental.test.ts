// What is known of a text does not depend on how it came about: edited step by step, or parsed at once; and what is kept
// from one version to the next is what would be read anew.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FileFacts } from '../../../server/core/facts.ts';
import { applyEdits, contains, type Edit, type Span } from '../../../server/core/span.ts';
import { type Reading, underRoot } from '../../../server/input/syntax/chunk-facts.ts';
import { type Chunk, splitIntoChunks, updateChunks } from '../../../server/input/syntax/chunks.ts';
import { treeEdits } from '../../../server/input/syntax/edits.ts';
import type { Grammar, SyntaxTree } from '../../../server/input/syntax/engine.ts';
import { assembleFacts } from '../../../server/input/syntax/file-facts.ts';
import { createSyntax, type ParsedFile, type Syntax } from '../../../server/input/syntax/index.ts';
import { readLanguages } from '../../../server/input/syntax/languages.ts';
import { readQueries } from '../../../server/input/syntax/queries.ts';
import { findResources } from '../../../server/input/syntax/resources.ts';
import { loadWasmGrammar } from '../../../server/input/syntax/wasm.ts';

/** Milliseconds for one parse: no test waits that long. */
const patience = 60_000;

let syntax: Syntax;
const grammars: Record<string, Reading & { readonly grammar: Grammar }> = {};
beforeAll(async () => {
  const { grammars: folder, parserWasm, grammarWasm } = findResources();
  for (const language of readLanguages(folder)) {
    if (language.id !== 'python' && language.id !== 'typescript') continue;
    const path = grammarWasm(language.id, language.grammar.package, language.grammar.wasm);
    const grammar = await loadWasmGrammar(parserWasm, path);
    const queries = readQueries(folder, language.id, grammar);
    grammars[language.id] = { language, grammar, queries, builtins: new Set(language.builtins) };
  }
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
    field: int = LIMIT

    def method(self, x: list, /, *rest, key=None, **more) -> list:
        self.kept, (self.last, first) = x, (1, 2)
        if hasattr(x, "maybe") and (n := x.maybe()):
            x.count += n
        with open(p) as self.file, key as (a, b):
            del self.kept[0], self.last
        return [y for y, z in x if unknown(y, *rest, key=z)]

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
  constructor(readonly held: T, ...rest: string[]) { super(...rest); this.found = held?.x; }
  overloaded(a: string,
    b?: number): void;
  @decorate() method(x: T): A { return \`\${this.field} \${unknown(x)} 🎉\`; }
}

export { c as d }; export * from './n';
const { p, q: [r = 1] } = def(new Map, ...twice);
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

const inverse = (text: string, { span, newText }: Edit): Edit => ({
  span: { start: span.start, end: span.start + newText.length },
  newText: text.slice(span.start, span.end),
});

/**
 * A text without errors says the same however it came about. Of a broken one only that it is broken is certain: where
 * the parser takes it up again after an error depends on what it has to reuse.
 */
function expectAsFresh(file: ParsedFile): void {
  const fresh = syntax.parse(file.languageId, file.text)!;
  if (fresh.facts.errors.length === 0) expect(everything(file)).toEqual(everything(fresh));
  else expect(file.facts.errors).not.toEqual([]);
  fresh.release();
}

function readTree(languageId: string, chunks: readonly Chunk[], tree: SyntaxTree, text: string): unknown {
  const { facts } = assembleFacts(chunks, grammars[languageId]!, text, tree.root, (use) =>
    use(() => ({ tree, text })),
  );
  return { ...facts };
}

/** All that a file says, places included. */
function everything(file: ParsedFile): unknown {
  const { facts, text } = file;
  const places = Array.from({ length: 20 }, (_, index) => Math.floor((index * text.length) / 20));
  return {
    symbols: facts.symbols,
    imports: facts.imports,
    calls: facts.calls,
    members: facts.members,
    assignments: facts.assignments,
    functions: facts.functions,
    forbidden: facts.forbidden,
    references: facts.references,
    exports: facts.exports,
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
  const start = repeated(source, 12).replaceAll('\n', lineEnd);

  test('edited step by step and back, it says what it said, and on the way what sound texts say', () => {
    fc.assert(
      fc.property(steps, fc.boolean(), (list, readBetween) => {
        let file = syntax.parse(languageId, start)!;
        const before = everything(file);
        const change = (edit: Edit): void => {
          file = syntax.parse(languageId, applyEdits(file.text, [edit]), { file, edits: [edit] })!;
          if (readBetween) everything(file);
        };
        const back: Edit[] = [];
        for (const step of list) {
          const edit = editOf(file.text, step);
          back.unshift(inverse(file.text, edit));
          change(edit);
        }
        expectAsFresh(file);
        for (const edit of back) change(edit);
        expect(everything(file)).toEqual(before);
        file.release();
      }),
      { numRuns: 12 },
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
        expectAsFresh(next);
        next.release();
      }),
      { numRuns: 5 },
    );
  });

  test('a branch is what its text says, and its trunk stays as it was', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const file = syntax.parse(languageId, start)!;
        const before = everything(file);
        const branch = file.branch([editOf(start, list[0]!)]);
        expectAsFresh(branch);
        branch.release();
        expect(everything(file)).toEqual(before);
        file.release();
      }),
      { numRuns: 5 },
    );
  });

  test('what is used again of an earlier version is what reading the tree anew would find', () => {
    fc.assert(
      fc.property(steps, (list) => {
        let text = start;
        let tree = grammars[languageId]!.grammar.parse(text, undefined, patience)!;
        let chunks = splitIntoChunks(tree, text);
        const root = (): string => tree.root.type;
        for (const step of list) {
          readTree(languageId, chunks, tree, text);
          const edit = editOf(text, step);
          const after = applyEdits(text, [edit]);
          const edits = treeEdits(text, after, [edit]);
          for (const one of edits) tree.edit(one);
          const next = grammars[languageId]!.grammar.parse(after, tree, patience)!;
          const versions = { before: tree, after: next, textBefore: text, textAfter: after };
          chunks = updateChunks(chunks, { ...versions, edits, sound: undefined });
          tree.delete();
          tree = next;
          text = after;
          chunks = underRoot(chunks, grammars[languageId]!, root());
        }
        expect(readTree(languageId, chunks, tree, text)).toEqual(
          readTree(languageId, splitIntoChunks(tree, text), tree, text),
        );
        tree.delete();
      }),
      { numRuns: 12 },
    );
  });
});

/** Every span in a value, with the way to it. */
function* spansIn(value: unknown, path = ''): Generator<readonly [path: string, span: Span]> {
  if (typeof value !== 'object' || value === null) return;
  const { start, end } = value as { start?: unknown; end?: unknown };
  if (typeof start === 'number' && typeof end === 'number') yield [path, { start, end }];
  else for (const [key, inner] of Object.entries(value)) yield* spansIn(inner, `${path}.${key}`);
}

/** Pairs of spans of which the first must hold the second. */
function* nestedSpans({ calls, members, assignments, symbols }: FileFacts): Generator<readonly [Span, Span]> {
  for (const call of calls) {
    for (const { span, value } of call.arguments) yield* [[call.span, span] as const, [span, value] as const];
  }
  for (const { span, receiver, nameSpan } of members) {
    yield* [[span, receiver] as const, [{ start: receiver.end, end: span.end }, nameSpan] as const];
  }
  for (const { span, target } of assignments) yield [span, target];
  for (const { span, nameSpan, parameters = [] } of symbols) {
    for (const inner of [nameSpan, ...parameters.map((parameter) => parameter.span)]) yield [span, inner];
  }
}

test.each([
  ['python', python],
  ['typescript', typescript],
])('%s: however broken, spans lie in the text, and parts in what they are parts of', (languageId, source) => {
  fc.assert(
    fc.property(steps, (list) => {
      let text = source;
      for (const step of list) text = applyEdits(text, [editOf(text, step)]);
      const file = syntax.parse(languageId, text)!;
      const whole = { start: 0, end: text.length };
      for (const [path, inner] of spansIn({ ...file.facts })) {
        expect([path, inner.start <= inner.end && contains(whole, inner)]).toEqual([path, true]);
      }
      for (const [outer, inner] of nestedSpans(file.facts)) expect(contains(outer, inner)).toBe(true);
      file.release();
    }),
    { numRuns: 60 },
  );
});

test('what is declared at the top level is declared again once the text is mended', () => {
  const text = Array.from(
    { length: 80 },
    (_, index) =>
      `export const value${index} = 1;\nconst other${index} = ["a", "b"];\nfunction f${index}() { g(); }\n`,
  ).join('');
  let broken = 0;
  for (const piece of ['f(["', 'a = [', '({', '`', 'class {', '/*', '}', 'if (']) {
    for (const at of [0, text.indexOf('const other40'), text.indexOf('g(); }\n', 4_000)]) {
      const start = syntax.parse('typescript', text)!;
      const declared = start.facts.symbols;
      const edit = { span: { start: at, end: at }, newText: piece };
      const middle = syntax.parse('typescript', applyEdits(text, [edit]), { file: start, edits: [edit] })!;
      if (middle.facts.symbols.length < declared.length) broken++;
      const back = { span: { start: at, end: at + piece.length }, newText: '' };
      const end = syntax.parse('typescript', text, { file: middle, edits: [back] })!;
      expect(end.facts.symbols).toEqual(declared);
      end.release();
    }
  }
  expect(broken).toBeGreaterThan(0);
});

test('pieces of the same text, which share what is known of it, are each told where they stand', () => {
  const piece = `function f(a: T) {\n${'  g(a.b, () => "x"); // c\n'.repeat(90)}}\n`;
  let file = syntax.parse('typescript', piece.repeat(4))!;
  everything(file);
  const insertions = [piece.length * 3, piece.length * 2, 0].flatMap((at) => [
    { span: { start: at, end: at }, newText: '({' },
    { span: { start: at, end: at + 2 }, newText: '' },
    { span: { start: at, end: at }, newText: 'h();\n' },
  ]);
  for (const edit of insertions) {
    file = syntax.parse('typescript', applyEdits(file.text, [edit]), { file, edits: [edit] })!;
    expectAsFresh(file);
  }
  expect(file.facts.calls.length).toBe(4 * 90 + 3);
  file.release();
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
