// What the text says of a suggestion: taken, typed, or not wanted.
import { describe, expect, test } from 'vitest';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import { createEngineOutcomes } from '../../server/orchestration/engine-outcomes.ts';

const uri = 'file:///a.py';

/** Each change is `[offset, text]`, or `[offset, text, length]` where it replaces something. */
function told(...changes: readonly (readonly [number, string, number?])[]): boolean[] {
  const found: boolean[] = [];
  const outcomes = createEngineOutcomes((_, __, cameTrue) => found.push(cameTrue));
  let text = 'a = 1\nb = \nc = 3\n';
  outcomes.offered(uri, { start: 10, text: 'load(path)', confidence: 0.8 });
  for (const [start, newText, length = 0] of changes) {
    const edit: Edit = { span: { start, end: start + length }, newText };
    text = applyEdits(text, [edit]);
    outcomes.changed(uri, [edit], text);
  }
  return found;
}

describe('it came true', () => {
  test('taken at once', () => expect(told([10, 'load(path)'])).toEqual([true]));
  test('taken with what follows it', () => expect(told([10, 'load(path)\n'])).toEqual([true]));
  test('typed letter by letter', () =>
    expect(told(...[...'load(path)'].map((letter, at) => [10 + at, letter] as const))).toEqual([true]));
  test('typed while the editor closes brackets', () =>
    expect(told([10, 'load'], [14, '()'], [15, 'path'])).toEqual([true]));
  test('taken after a line was added above', () =>
    expect(told([0, 'import x\n'], [19, 'load(path)'])).toEqual([true]));
});

describe('it did not', () => {
  test('something else was typed', () => expect(told([10, 'l'], [11, 'i'])).toEqual([false]));
  test('the line was left', () => expect(told([10, '\n'])).toEqual([false]));
});

describe('nothing is known', () => {
  test('only its beginning stands there', () => expect(told([10, 'load'])).toEqual([]));
  test('elsewhere was written', () => expect(told([0, 'x'])).toEqual([]));
  test('its place was deleted', () => expect(told([6, '', 6])).toEqual([]));
});
