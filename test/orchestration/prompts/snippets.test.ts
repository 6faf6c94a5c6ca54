// What of the evidence goes into a prompt when there is not room for all, and how it is shown.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import type { Snippet } from '../../../server/core/task.ts';
import { loadTokenCounter, type TokenCounter } from '../../../server/orchestration/budget.ts';
import { plainLanguage } from '../../../server/orchestration/prompts/plain-language.ts';
import {
  chooseSnippets,
  commentSnippets,
  showSnippets,
  unseen,
} from '../../../server/orchestration/prompts/snippets.ts';

let counter: TokenCounter;
beforeAll(async () => {
  counter = await loadTokenCounter();
});

const language = { ...plainLanguage('python'), comment: { line: '#' } };
const shownPath = (path: string): string => path.slice(1);
const showing = { language, shownPath };

const snippet = (text: string, score: number, more: Partial<Snippet> = {}): Snippet => ({
  path: '/shop/cart.py',
  span: { start: 0, end: text.length },
  text,
  reason: 'imported by this file',
  score,
  ...more,
});

const long = (name: string): string =>
  `class ${name}:\n${Array.from({ length: 40 }, (_, at) => `    def member_${at}(self, first: int, second: str) -> None:`).join('\n')}`;

const chosen = (snippets: readonly Snippet[], budget: number): readonly string[] =>
  chooseSnippets(snippets, counter, budget, shownPath).map(({ text }) => text);

test('with room for all, all are shown whole, best first', () => {
  const all = [snippet('def a():', 0.5, { short: 'a' }), snippet(long('B'), 0.9, { short: 'class B:' })];
  expect(chosen(all, 4000)).toEqual([long('B'), 'def a():']);
});

test('what does not fit whole is shown by its signature, so that others fit, too', () => {
  const all = [
    snippet(long('Cart'), 0.9, { short: 'class Cart:' }),
    snippet('def total(cart: Cart) -> int:', 0.6),
    snippet('def open_cart(name: str) -> Cart:', 0.5),
  ];
  expect(chosen(all, 120)).toEqual([
    'class Cart:',
    'def total(cart: Cart) -> int:',
    'def open_cart(name: str) -> Cart:',
  ]);
});

test('many small ones that may be of use give way to a large one that will be', () => {
  const may = Array.from({ length: 60 }, (_, at) =>
    snippet(`def helper_${at}(value: int, other: str) -> None:`, 0.3),
  );
  expect(chosen([...may, snippet(long('Needed'), 0.95)], 1000)).toContain(long('Needed'));
});

test('snippets of a file and a reason stand together under one heading, in the order of the file', () => {
  const all = [
    snippet('def second():', 0.9, { span: { start: 50, end: 60 } }),
    snippet('def other():', 0.8, { path: '/shop/other.py' }),
    snippet('def first():', 0.7, { span: { start: 0, end: 10 } }),
  ];
  expect(showSnippets(all, showing)).toBe(
    [
      'Code of the project that may be used:',
      '`shop/cart.py` (imported by this file):\n```python\ndef first():\ndef second():\n```',
      '`shop/other.py` (imported by this file):\n```python\ndef other():\n```',
    ].join('\n\n'),
  );
  expect(commentSnippets(all, showing)).toBe(
    '# shop/other.py\ndef other():\n\n# shop/cart.py\ndef first():\ndef second():\n',
  );
});

test('what the prompt shows of the file is not shown twice; a note about it is', () => {
  const document = { uri: '', path: '/shop/cart.py', languageId: 'python', version: 1, text: '' };
  const all = [
    snippet('copied', 0.9),
    snippet('said', 0.9, { note: true }),
    snippet('else', 0.9, { path: '/a.py' }),
  ];
  expect(unseen(all, document, { start: 0, end: 100 }).map(({ text }) => text)).toEqual(['said', 'else']);
});

test('what is shown never costs more than there is', () => {
  const name = fc.stringMatching(/^[a-z_]{1,12}$/);
  const one = fc
    .record({
      name,
      lines: fc.integer({ min: 0, max: 12 }),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      file: fc.nat(3),
    })
    .map(({ name: called, lines, score, file }) =>
      snippet(`def ${called}(x):${`\n    y = ${called}(x)`.repeat(lines)}`, score, {
        path: `/folder/file${file}.py`,
        short: `def ${called}(x):`,
      }),
    );
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), fc.integer({ min: 0, max: 600 }), (all, budget) => {
      const shown = showSnippets(chooseSnippets(all, counter, budget, shownPath), showing);
      expect(counter.count(shown)).toBeLessThanOrEqual(budget);
    }),
  );
});
