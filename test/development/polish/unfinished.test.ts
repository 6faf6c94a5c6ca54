// What is left of an answer that stops in the middle of a line, as the parser sees it.
import { beforeAll, expect, test } from 'vitest';
import { polish } from '../../../server/development/polish/index.ts';
import type { Syntax } from '../../../server/input/syntax/index.ts';
import { loadSyntax } from '../../validation/kit.ts';

let syntax: Syntax;
beforeAll(async () => {
  syntax = await loadSyntax('python', 'javascript');
});

function polished(path: string, answer: string, mode: 'insert' | 'replace' = 'replace'): string {
  const language = syntax.languageFor(path)!;
  const snapshot = { uri: `file:///${path}`, path, languageId: language.id, version: 1, text: '' };
  const context = {
    ...{ language, before: '', after: '', replaced: '', mode },
    errorsWith: (text: string) => syntax.parse(language.id, text)!.facts.errors.length,
  };
  return polish({ text: answer, snapshot, target: { start: 0, end: 0 } }, context).text;
}

const area = 'def area(width, height):\n    return width * height\n\n\n';
const cut = `${area}assert area(1, 2) == 2\nassert area([0.1, 0.`;

test.each([
  ['a line that was cut off is left out', 'a.py', cut, `${area}assert area(1, 2) == 2`],
  [
    'a line that belongs to what stands before it stays',
    'a.js',
    'f(() => {\n  go(1);\n});',
    'f(() => {\n  go(1);\n});',
  ],
  [
    'a body that was cut off stays, to be repaired',
    'a.py',
    'def area(a):\n    return (a',
    'def area(a):\n    return (a',
  ],
  ['so does what is the only line', 'a.py', 'area(1', 'area(1'],
])('%s', (_, path, answer, left) => {
  expect(polished(path, answer).trim()).toBe(left.trim());
});

test('a completion goes on behind the cursor', () => {
  expect(polished('a.py', cut, 'insert')).toContain('assert area([0.1, 0.');
});
