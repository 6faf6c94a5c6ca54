// How many patterns a query has, and where each ends: by that it is known which of several queries in one has found a match.
import { expect, test } from 'vitest';
import { patternsOf } from '../../../server/input/syntax/query-patterns.ts';

test.each([
  ['(call) @a (name) @b', ['(call) @a ', '(name) @b']],
  ['(call (name)+ @a)+ @b\n["x" (y)] @c', ['(call (name)+ @a)+ @b\n', '["x" (y)] @c']],
  ['((a) @a . (b) (#eq? @a ")"))', ['((a) @a . (b) (#eq? @a ")"))']],
  ['"del" @a "\\"" @b', ['"del" @a ', '"\\"" @b']],
  ['; (none)\n(a) ; and "none', ['\n(a) ']],
  ['; nothing', []],
])('%s', (source, patterns) => {
  expect(patternsOf(source)).toEqual(patterns);
});
