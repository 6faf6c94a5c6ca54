// The outermost nodes of a query's patterns get a capture of their own where they have none.
import { describe, expect, test } from 'vitest';
import { withRoots } from '../../../server/input/syntax/query-roots.ts';

describe('the outermost node of a pattern', () => {
  test.each([
    ['(call (name) @a)', '(call (name) @a) @_root'],
    ['[(b) (c (d) @a)]', '[(b) (c (d) @a)] @_root'],
    ['"del"', '"del" @_root'],
    ['(_ (name) @a)', '(_ (name) @a) @_root'],
    ['(list (item)+ @a)+', '(list (item)+ @a)+ @_root'],
  ])('%s is captured', (source, expected) => {
    expect(withRoots(source)).toBe(expected);
  });

  test.each(['(call (name) @a) @whole', '[(b) (c)] @whole', '(comment)+ @doc', '((name) @a (#eq? @a "x)"))'])(
    '%s is captured already',
    (source) => {
      expect(withRoots(source)).toBe(source);
    },
  );

  test('in a group is each of those beside each other, and no condition', () => {
    expect(withRoots('((comment) @doc . (function (name) @a) (#match? @a "\\"(") (#set! in "outer"))')).toBe(
      '((comment) @doc . (function (name) @a) @_root (#match? @a "\\"(") (#set! in "outer"))',
    );
  });

  test('is none in a comment', () => {
    expect(withRoots('; (call)\n(b) ; (c "\n(d)')).toBe('; (call)\n(b) @_root ; (c "\n(d) @_root');
  });
});
