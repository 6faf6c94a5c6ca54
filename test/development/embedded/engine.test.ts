// What the engine without weights proposes: for each case some files that it has learned, a document with the cursor at $0,
// and what should come.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createEmbeddedEngine,
  type EmbeddedEngine,
} from '../../../server/development/models/embedded/index.ts';

function engineOf(files: Readonly<Record<string, string>> = {}): EmbeddedEngine {
  const engine = createEmbeddedEngine();
  for (const [path, text] of Object.entries(files)) engine.learn(path, text);
  while (engine.work(100));
  return engine;
}

/** A test must not depend on how busy the machine is. */
const patience = 60_000;

function ask(engine: EmbeddedEngine, marked: string, more: { lines?: number; threshold?: number } = {}) {
  const offset = marked.indexOf('$0');
  const text = marked.slice(0, offset) + marked.slice(offset + 2);
  return engine.complete({ path: 'open', text, offset, patience, ...more });
}
const best = (engine: EmbeddedEngine, marked: string): string | undefined =>
  ask(engine, marked, { threshold: 0 })[0]?.text;

const users = ['users', 'orders', 'items', 'carts', 'prices'];
const handlers = Object.fromEntries(
  users.map((name) => [
    `${name}.go`,
    `package ${name}\n\nfunc Load(ctx context.Context) error {\n\trows, err := db.Query(ctx, "${name}")\n\tif err != nil {\n\t\treturn fmt.Errorf("load: %w", err)\n\t}\n\tdefer rows.Close()\n\treturn nil\n}\n`,
  ]),
);

test('a question predicts no more tokens than there is time for, whatever may come', () => {
  // Each word is followed by one of two, so that there are as many lines as one likes.
  const line = (seed: number): string =>
    Array.from({ length: 24 }, (_, at) => `word${at}${(Math.imul(seed + 1, 2654435761) >>> at) & 1}`).join(
      ' ',
    );
  const engine = engineOf({ 'a.py': Array.from({ length: 400 }, (_, seed) => line(seed)).join('\n') });
  const before = engine.stats().calls;
  ask(engine, 'begin\n$0\nend', { threshold: 0 });
  const made = engine.stats().calls - before;
  expect(made).toBeGreaterThan(50);
  expect(made).toBeLessThan(100);
});

describe('the rest of a line', () => {
  test('as other files have it', () => {
    expect(
      best(engineOf(handlers), 'package x\n\nfunc Load(ctx context.Context) error {\n\trows, err := $0'),
    ).toBe('db.Query(ctx, "x")');
    expect(best(engineOf(handlers), 'func f() error {\n\tif err != nil {\n\t\treturn fmt.$0')).toBe(
      'Errorf("load: %w", err)',
    );
  });

  test('as the same file has it, with nothing learned at all', () => {
    const text =
      'const first = await request("/a", { retries: 3 });\nconst second = await request("/b", { $0';
    expect(best(engineOf(), text)).toBe('retries: 3 });');
  });

  test('with the names of this place where the pattern is known under other names', () => {
    const files = Object.fromEntries(
      users.map((name, index) => [
        `${name}.py`,
        `def get_${name}(self):\n    v${index} = self.load()\n    return v${index}\n`,
      ]),
    );
    expect(best(engineOf(files), 'def get_boats(self):\n    fleet = self.load()\n    return $0')).toBe(
      'fleet',
    );
  });

  test('a half-typed word or operator is continued, never repeated', () => {
    const engine = engineOf(handlers);
    const start = 'func f() {\n\trows, err := db.Query(ctx, "x")\n\tif err ';
    expect(best(engine, `${start}!$0`)).toBe('= nil {');
    expect(best(engine, `${start}!= n$0`)).toBe('il {');
    expect(best(engine, `${start}!= nil {\n\t\tret$0`)).toMatch(/^urn /);
  });

  test('a space that stands before the cursor is not proposed again; one that is missing is', () => {
    const engine = engineOf(handlers);
    expect(best(engine, 'func f() {\n\tif err $0')).toBe('!= nil {');
    expect(best(engine, 'func f() {\n\tif err$0')).toBe(' != nil {');
  });
});

describe('what stands after the cursor', () => {
  test('makes nothing doubtful where it is strange behind every line: more is still to be written', () => {
    const engine = engineOf(handlers);
    const start =
      'package x\n\nfunc Load(ctx context.Context) error {\n\trows, err := db.Query(ctx, "x")\n\tif err $0';
    const [alone] = ask(engine, start, { threshold: 0 });
    const [before] = ask(engine, `${start}\n\ntype Place struct {\n\tname string\n}\n`, { threshold: 0 });
    expect(before?.text).toBe('!= nil {');
    expect(before!.confidence).toBeGreaterThan(alone!.confidence / 2);
  });

  test('is not proposed again on the line', () => {
    const text = 'print(total, end="")\nprint(total, end="")\nprint(total, end="")\nprint(total, $0)\n';
    expect(best(engineOf(), text)).toBe('end=""');
  });

  test('is not proposed again when it is the next line', () => {
    const text = 'open(a)\nclose(a)\nopen(a)\nclose(a)\nopen(a)\n$0\nclose(a)\n';
    expect(ask(engineOf(), text, { threshold: 0 }).map((one) => one.text)).not.toContain('close(a)');
  });

  test('is looked at only where that is allowed', () => {
    const text = 'alpha(1)\n\n\nomega(2)\nomega(2)\n';
    const engine = createEmbeddedEngine();
    const request = { path: 'open', text, offset: 9, threshold: 0, patience };
    expect(engine.complete({ ...request, after: false }).map((one) => one.text)).not.toContain('omega(2)');
  });
});

describe('any document', () => {
  test('CRLF and tabs are kept in blocks of lines', () => {
    const block = 'if (ok) {\r\n\trun();\r\n\tstop();\r\n}\r\n';
    const [suggestion] = ask(engineOf(), `${block.repeat(16)}if (ok) {$0`, { lines: 4 });
    expect(suggestion?.text).toBe('\r\n\trun();\r\n\tstop();\r\n}');
  });

  test('nothing is proposed where nothing is known', () => {
    expect(ask(engineOf(), '$0')).toEqual([]);
    expect(ask(engineOf(), 'zebra $0')).toEqual([]);
    expect(ask(engineOf(handlers), 'quux frob 12 $0')).toEqual([]);
  });

  test('no text and no place makes it throw or propose nothing at all', () => {
    const engine = engineOf(handlers);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(60), (text, at) => {
        const offset = Math.min(at, text.length);
        for (const { text: proposed, confidence } of engine.complete({
          path: 'open',
          text,
          offset,
          threshold: 0,
        })) {
          expect(proposed).not.toBe('');
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
        }
        engine.words({ path: 'open', text, offset });
      }),
      { numRuns: 40 },
    );
  });
});

describe('words', () => {
  const words = (engine: EmbeddedEngine, marked: string): string[] => {
    const offset = marked.indexOf('$0');
    return engine.words({ path: 'open', text: marked.replace('$0', ''), offset }).map(({ text }) => text);
  };
  test('begin as the typed one does, those that fit here first', () => {
    const engine = engineOf({ ...handlers, 'other.go': 'Quarter Question Quest Quantity' });
    const found = words(engine, 'func f() {\n\trows, err := db.Qu$0');
    expect(found[0]).toBe('Query');
    expect(found).toEqual(expect.arrayContaining(['Quarter', 'Question']));
    for (const word of found) expect(word).toMatch(/^Qu./);
  });
  test('none where no word was begun', () => expect(words(engineOf(handlers), 'a $0')).toEqual([]));
});

describe('learning', () => {
  test('a file that is forgotten or changed counts no more', () => {
    const engine = engineOf(handlers);
    const asked = 'rows, err := $0';
    expect(best(engine, asked)).toMatch(/^db\.Query\(ctx, /);
    for (const path of Object.keys(handlers))
      engine.learn(path, handlers[path]!.replaceAll('db.Query', 'pool.Fetch'));
    while (engine.work(100));
    expect(best(engine, asked)).toMatch(/^pool\.Fetch\(ctx, /);
    for (const path of Object.keys(handlers)) engine.forget(path);
    expect(ask(engine, asked)).toEqual([]);
    expect(engine.stats()).toMatchObject({ files: 0, length: 0 });
  });

  test('the open text stands for the learned version of the same file', () => {
    const engine = engineOf({ open: 'alpha = beta(1)\n' });
    expect(best(engine, 'alpha = $0')).not.toContain('beta');
  });

  test('what people do not write is left out, with the reason', () => {
    const engine = createEmbeddedEngine();
    expect(engine.learn('a.js', `var a=1;${'b(c);'.repeat(200)}`)).toBe('minified');
    expect(engine.learn('a.bin', 'a\u0000b')).toBe('binary');
    expect(engine.learn('a.pb.go', '// Code generated by protoc-gen-go. DO NOT EDIT.\npackage a\n')).toBe(
      'generated',
    );
    expect(engine.learn('b.json', '{}\n'.repeat(300_000))).toBe('too large');
    expect(engine.learn('gen.py', 'text = "generated by hand"\nx = 1\n')).toBeUndefined();
    expect(engine.stats()).toMatchObject({
      files: 1,
      leftOut: { minified: 1, binary: 1, generated: 1, 'too large': 1 },
    });
  });
});
