// Inputs for a unit: where they come from, and that they are the same every time.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputsFor, roundTrips } from '../../../server/validation/execution/index.ts';
import { readLiteral, type Value, writeLiteral } from '../../../server/validation/execution/inputs/value.ts';
import { examples, language, unit } from './kit.ts';

const python = language('python');
const rules = python.execution!.values;

const shown = (signature: string, doc: string, tests: readonly string[] = [], most = 12): string[] => {
  const file = unit(signature);
  return inputsFor(python, file, examples(doc, file), tests, most).map(
    ({ source, arguments: values }) => `${source}: ${values.join(', ')}`,
  );
};

describe('sources', () => {
  test('examples come first, then tests, mutants of both, and values of the same types', () => {
    const found = shown('f(a, b)', '>>> f([1, 2], "x")\n3\n', ['assert f([5], "y") == 1']);
    expect(found.slice(0, 2)).toEqual(['example: [1, 2], "x"', 'test: [5], "y"']);
    const sources = found.map((line) => line.split(':')[0]);
    expect(new Set(sources)).toEqual(new Set(['example', 'test', 'mutant', 'synthesised']));
    for (const line of found) expect(line).toMatch(/: \[.*\], ".*"$/);
  });
  test('written types, where nothing was seen', () => {
    for (const line of shown('f(a: Dict[str, int], b: Optional[bool])', '')) {
      expect(line).toMatch(/^synthesised: \{.*\}, (True|False|None)$/);
    }
  });
  test('names of parameters, where there are no types', () => {
    for (const line of shown('f(words, n)', '')) expect(line).toMatch(/^synthesised: \[(".*")?\], -?\d+$/);
  });
  test('none where a parameter takes a class of the project', () => {
    expect(shown('f(order: Order)', '')).toEqual([]);
  });
  test('keywords are put where their parameters stand, and what is no literal is left out', () => {
    expect(shown('f(a, b)', 'f(b=2, a=1) == 3\nf(x, 1) == 2\n', [], 1)).toEqual(['example: 1, 2']);
  });
  test('the same every time, and never twice', () => {
    const once = shown('f(a: List[int])', 'f([1]) == 1', [], 100);
    expect(shown('f(a: List[int])', 'f([1]) == 1', [], 100)).toEqual(once);
    expect(new Set(once).size).toBe(once.length);
  });
  test('edges of what a parameter takes, beside values that were seen', () => {
    const found = shown('f(n: int, text: str)', '>>> f(3, "seen")\n1\n', [], 120);
    expect(found).toContainEqual(expect.stringMatching(/: (99999|1000003), "seen"$/));
    expect(found).toContainEqual(expect.stringMatching(/: 3, "straße"$|: 3, "é"$/));
  });
  test('the instances that a method is asked of are those of its examples', () => {
    const file = unit('Stack.push(n)');
    const [first] = inputsFor(python, file, examples('>>> Stack([1]).push(2)\n3\n', file), []);
    expect(first).toMatchObject({ receiver: 'Stack([1])', arguments: ['2'] });
  });
});

test('a literal that is written and read again is the same', () => {
  const scalar: fc.Arbitrary<Value> = fc.oneof(
    fc.constant<Value>({ kind: 'nothing' }),
    fc.boolean().map((value): Value => ({ kind: 'boolean', value })),
    fc.integer().map((value): Value => ({ kind: 'number', value, float: false })),
    fc.stringMatching(/^[ -~\n\t]*$/).map((value): Value => ({ kind: 'text', value })),
  );
  const value = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc
        .array(tie('value'), { maxLength: 3 })
        .chain((items) => fc.constantFrom<Value>({ kind: 'list', items }, { kind: 'tuple', items })),
      fc
        .array(fc.tuple(scalar, tie('value')), { maxLength: 3 })
        .map((entries): Value => ({ kind: 'map', entries })),
    ),
  })).value;
  fc.assert(
    fc.property(value, (made) => {
      const written = writeLiteral(rules, made)!;
      const again = readLiteral(rules, written);
      // Deeper than anybody writes, nothing is read.
      if (again) expect(writeLiteral(rules, again)).toBe(written);
    }),
  );
});

test('whatever stands in a test, reading it does not fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (noise) => {
      inputsFor(python, unit('f(a)'), [], [`assert f(${noise}) == 1`, noise], 20);
      readLiteral(rules, noise);
    }),
  );
});

describe('functions that undo each other', () => {
  const both = 'def encode_shift(s: str):\n    return s\n\ndef decode_shift(s: str):\n';
  test('each is asked to take back what the other makes', () => {
    for (const name of ['encode_shift', 'decode_shift']) {
      const [first] = roundTrips(python, unit(`${name}(s: str)`), both);
      expect(first).toMatchObject({ code: 'decode_shift(encode_shift("a"))', expected: '"a"' });
    }
  });
  test('none without the other one, or for what takes no text', () => {
    expect(roundTrips(python, unit('decode_other(s: str)'), both)).toEqual([]);
    expect(roundTrips(python, unit('decode_shift(s: int)'), both)).toEqual([]);
    expect(roundTrips(python, unit('shift(s: str)'), both)).toEqual([]);
  });
});
