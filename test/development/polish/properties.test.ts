// What holds for every answer, however odd: filters never throw, settle at once, and cut rather than write.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolishContext } from '../../../server/development/polish/index.ts';
import { filters, polish } from '../../../server/development/polish/index.ts';
import { applied, contextOf, polishCases } from './fixtures.ts';

/** Pieces that answers are made of, so that random ones look like some. */
const piece = fc.oneof(
  fc.constantFrom(
    '```', '```python\n', '<think>', '</think>', '<|endoftext|>', '</s>', '<CURSOR/>', '# <BEGIN>', '# <END>',
    '\n', '\n\n', '    ', '\t', '\r\n', '{', '}', '(', ')', '[', ']', '"', "'", '"""', '`', '\\', ':', ';', ',',
    'def f(a):', 'return a', 'function f(a) {', 'Here is the code:', 'This explains it all well.', '//', '/*', '*/',
  ), // biome-ignore format: a table
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const code = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

const languages: readonly PolishContext['language'][] = [
  undefined,
  {
    id: 'a',
    name: 'A',
    aliases: [],
    extensions: ['.a'],
    comment: { line: '#' },
    indented: true,
    indent: '    ',
  },
  {
    id: 'b', name: 'B', aliases: [], extensions: ['.b'], comment: { line: '//', block: ['/*', '*/'] },
    indented: false, indent: '\t',
  }, // biome-ignore format: as the one above
];

const context: fc.Arbitrary<PolishContext> = fc.record({
  language: fc.constantFrom(...languages),
  before: code,
  after: code,
  replaced: code,
  mode: fc.constantFrom('insert' as const, 'replace' as const),
  fenced: fc.boolean(),
});

const draft = (text: string) => ({
  text,
  snapshot: { uri: '', path: '', languageId: '', version: 0, text: '' },
  target: { start: 0, end: 0 },
});

/** Those that only lay out what they are given; all others cut, and never write. */
const layout = new Set(['unit', 'level', 'indentation']);

describe.each(filters)('$name', ({ name, apply }) => {
  test('never throws, whatever the answer and the place', () => {
    fc.assert(
      fc.property(code, context, (text, place) => typeof apply(text, place) === 'string'),
      { numRuns: 300 },
    );
  });

  const what = layout.has(name)
    ? 'changes nothing but white space'
    : 'only cuts: what is left was there, in its order';
  test(what, () => {
    const kept = (after: string, before: string): boolean =>
      layout.has(name) ? bare(after) === bare(before) : isPartOf(after, before);
    fc.assert(
      fc.property(code, context, (text, place) => kept(apply(text, place), text)),
      { numRuns: 300 },
    );
  });
});

test('what was polished is clean: polishing it again changes nothing', () => {
  for (const { cases } of polishCases())
    for (const one of cases) {
      if (one.result === undefined) continue;
      const { text } = polish(draft(one.answer), contextOf(one));
      expect(applied(one, polish(draft(text), contextOf(one)).text), one.name).toBe(one.result);
    }
});

test('what a good model would answer stays as it is', () => {
  for (const { cases } of polishCases())
    for (const one of cases) {
      if (one.result === undefined || one.mode === 'replace') continue;
      const [head, tail] = [one.text.slice(0, one.target.start), one.text.slice(one.target.end)];
      const exact = one.result.slice(head.length, one.result.length - tail.replace(/\n$/, '').length);
      expect(polish(draft(exact), contextOf(one)).text, one.name).toBe(exact);
    }
});

test('the reading that parses best is taken', () => {
  const place: PolishContext = {
    language: undefined,
    before: 'f(',
    after: ');',
    replaced: '',
    mode: 'insert',
  };
  expect(polish(draft('a);'), place).text).toBe('a');
  expect(polish(draft('a);'), { ...place, errorsWith: (text) => (text === 'a);' ? 0 : 1) }).text).toBe('a);');
});

test('an answer of any length is polished in one go', () => {
  const place: PolishContext = {
    language: languages[1],
    before: 'x\n',
    after: '',
    replaced: '',
    mode: 'insert',
  };
  expect(polish(draft('(["\n'.repeat(200_000)), place).text.length).toBeLessThanOrEqual(200_000);
});

const bare = (text: string): string => text.replace(/\s+/g, '');

function isPartOf(part: string, whole: string): boolean {
  let at = 0;
  for (const char of part) {
    at = whole.indexOf(char, at);
    if (at < 0) return false;
    at += char.length;
  }
  return true;
}
