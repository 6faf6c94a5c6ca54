// Texts that nobody wrote to be parsed: huge, binary, broken, endless. None may crash or stop the process, or leak.
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSyntax, type ParsedFile, type Syntax } from '../../../server/input/syntax/index.ts';
import { maxParsedLength } from '../../../server/input/syntax/limits.ts';

interface Memory {
  readonly buffer: ArrayBuffer;
}

/** Every WebAssembly memory of this process, to weigh them. */
const memories: Memory[] = [];
const webAssembly: { Memory: new (descriptor: unknown) => Memory } = Reflect.get(globalThis, 'WebAssembly');
webAssembly.Memory = class extends webAssembly.Memory {
  constructor(descriptor: unknown) {
    super(descriptor);
    memories.push(this);
  }
};
const parserMemory = (): number => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);

let syntax: Syntax;
const logged: string[] = [];
afterEach(() => {
  const untold = logged.splice(0).filter((message) => !message.includes('only syntax errors are told'));
  expect(untold).toEqual([]);
});
beforeAll(async () => {
  syntax = await createSyntax({ log: (_, message) => void logged.push(message) });
  for (const id of ['python', 'typescript', 'javascript', 'tsx']) expect(await syntax.load(id)).toBe(true);
});

function readAll(file: ParsedFile): number {
  const { facts } = file;
  const lists = [
    ...[facts.symbols, facts.imports, facts.exports, facts.calls, facts.members, facts.assignments],
    ...[facts.references, facts.comments, facts.strings, facts.errors],
  ];
  for (const offset of [0, 1, file.text.length, file.text.length + 5, -1]) {
    file.blocksAt(offset);
    file.placeAt(offset);
    file.visibleNames(offset);
  }
  return lists.reduce((sum, list) => sum + list.length, facts.unresolved.length + facts.topLevel.length);
}

const random = (length: number): string => {
  let state = 42;
  let text = '';
  for (let count = 0; count < length; count++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += String.fromCharCode(state % 256);
  }
  return text;
};

describe.each(['python', 'typescript', 'javascript', 'tsx'])('%s', (languageId) => {
  test.each([
    ['an empty text', ''],
    ['white space', ' \n\t\r\n '],
    ['NUL characters', 'a = 1\0\0\nb = "\0"\n'],
    ['lone surrogates', 'a = "\ud83d"\n\udc00 = 2\n'],
    ['a byte order mark', '\ufeffa = 1\n'],
    ['random bytes', random(20_000)],
    ['deep nesting', '('.repeat(3_000)],
    ['deep balanced nesting', `x = ${'['.repeat(2_000)}${']'.repeat(2_000)}\n`],
    ['a very long line', `x = "${'y'.repeat(200_000)}"\n`],
    ['an unclosed string', 'x = """\n`${`\n'],
  ])('%s is read as far as possible', (_, text) => {
    const file = syntax.parse(languageId, text)!;
    expect(file.text).toBe(text);
    expect(readAll(file)).toBeGreaterThanOrEqual(0);
    file.release();
  });
});

describe('what would keep queries busy for minutes gives its syntax errors and nothing else', () => {
  test.each([
    ['a chain of attributes', 'python', `x = a${'.b'.repeat(20_000)}\n`, 0],
    ['a chain of calls', 'python', `x = a${'.upper()'.repeat(5_000)}\n`, 0],
    ['a chain of calls with functions', 'typescript', `a${'.then(x => x)'.repeat(3_000)};\n`, 0],
    ['a long sum', 'python', `x = 1${' + 1'.repeat(20_000)}\n`, 0],
    ['blocks in blocks', 'typescript', 'if (a) {'.repeat(3_000) + '}'.repeat(3_000), 0],
    ['brackets that nobody closes', 'python', `x = ${'['.repeat(20_000)}`, 1],
    ['braces that nobody closes', 'typescript', '{'.repeat(20_000), 1],
    ['an error in the depth', 'typescript', `${'if (a) {'.repeat(3_000)} b c ${'}'.repeat(3_000)}`, 1],
  ])('%s', (_, languageId, text, errors) => {
    const file = syntax.parse(languageId, text)!;
    expect(file.limited).toBe(true);
    readAll(file);
    expect(file.facts.errors.length).toBe(errors);
    expect(file.facts.symbols).toEqual([]);
    expect(file.facts.unresolved).toEqual([]);
    expect(file.facts.opaque).toBe(true);
    expect(logged.length).toBe(1);
    expect(syntax.outline(languageId, text)).toBeDefined();
    const edited = syntax.parse(languageId, 'ok = "1"\n', {
      file,
      edits: [{ span: { start: 0, end: text.length }, newText: 'ok = "1"\n' }],
    })!;
    expect(edited.limited).toBe(false);
    expect(edited.facts.strings.length).toBe(1);
    edited.release();
  });

  test('but not what people write', () => {
    const text = `x = [\n${'    {"a": [1, (2, "b")]},\n'.repeat(5_000)}]\ny = ${'a + '.repeat(200)}b\n`;
    const file = syntax.parse('python', text)!;
    expect(file.limited).toBe(false);
    expect(file.facts.topLevel.map(({ name }) => name)).toEqual(['x', 'y']);
    file.release();
  });
});

test('a text over the size limit is not parsed, and the version before it is released', () => {
  const file = syntax.parse('python', 'a = 1\n')!;
  const huge = 'a = 1\n'.repeat(1_750_000);
  expect(huge.length).toBeGreaterThan(10_000_000);
  expect(syntax.parse('python', huge, { file, edits: [] })).toBeUndefined();
  expect('a = 1\n'.repeat(2).length).toBeLessThan(maxParsedLength);
});

test('facts outlive the tree they come from', () => {
  const file = syntax.parse('python', 'import os\n\ndef f(a):\n    return a + b\n')!;
  const { facts } = file;
  file.release();
  file.release();
  expect(facts.symbols.map(({ name }) => name)).toEqual(['f']);
  expect(facts.unresolved.map(({ name }) => name)).toEqual(['b']);
  expect(file.placeAt(3)).toBe('code');
});

test('a language that is not loaded, or not known, gives no parse', async () => {
  const fresh = await createSyntax({ log: () => undefined });
  expect(fresh.parse('python', 'a = 1')).toBeUndefined();
  expect(await fresh.load('klingon')).toBe(false);
  expect(fresh.parse('klingon', 'a = 1')).toBeUndefined();
});

test('thousands of edits take no more memory than a few', () => {
  const source = Array.from(
    { length: 50 },
    (_, index) => `def f${index}(a):\n    return a + b${index}\n\n`,
  ).join('');
  let file = syntax.parse('python', source)!;
  const edit = (count: number): void => {
    const start = (count * 37) % source.length;
    const span = { start, end: start };
    const newText = ['x', '(', '\n', '"'][count % 4]!;
    const text = source.slice(0, start) + newText + source.slice(start);
    file = syntax.parse('python', text, { file, edits: [{ span, newText }] })!;
    void file.facts.unresolved;
    const back = { span: { start, end: start + 1 }, newText: '' };
    file = syntax.parse('python', source, { file, edits: [back] })!;
  };
  for (let count = 0; count < 200; count++) edit(count);
  const before = parserMemory();
  expect(before).toBeGreaterThan(0);
  for (let count = 0; count < 1_000; count++) edit(count);
  expect(parserMemory()).toBe(before);
  file.release();
});
