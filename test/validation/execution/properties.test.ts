// What holds of a function whatever the right answer is, at inputs that the project's own library makes of its written types.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canCheckProperties,
  checkProperties,
  type ExecutionUnit,
} from '../../../server/validation/execution/index.ts';
import { typeAsCode } from '../../../server/validation/execution/properties/written-types.ts';
import { has, language, run, sandbox, unit } from './kit.ts';

const here = join(fileURLToPath(new URL('../../../', import.meta.url)));
const typescript = language('typescript');
const python = language('python');

/** `name(parameter: type): result`, with what its comment says behind `//`. */
function functionOf(id: string, path: string, written: string): ExecutionUnit {
  const [signature, comment] = written.split(' // ');
  const [, call, returns] = /^(.*\))(?:: (.*))?$/.exec(signature!)!;
  const { parameters, ...made } = unit(call!, path);
  return {
    ...made,
    languageId: id,
    root: here,
    // A mark behind the name says that it may be left out.
    parameters: parameters.map(({ name, ...one }) => ({
      ...one,
      name: name.replace('?', ''),
      optional: name.endsWith('?'),
    })),
    ...(returns && { returns }),
    ...(comment && { comment }),
  };
}

/** What does not hold, and what could not be checked of each function, asked in one go. */
async function told(
  id: 'typescript' | 'python',
  text: string,
  signatures: readonly string[],
): Promise<readonly (readonly string[])[]> {
  const path = join(here, id === 'python' ? 'made_up.py' : 'made-up.ts');
  const units = signatures.map((one) => functionOf(id, path, one));
  const checked = await checkProperties(run, async () => sandbox!, language(id), units, [text]);
  if ('cannot' in checked) throw new Error(checked.cannot);
  return checked.rows[0]!.map((results) =>
    results.flatMap((one) =>
      one.outcome === 'broken' ? [one.told] : one.outcome === 'not-run' ? [`not run: ${one.why}`] : [],
    ),
  );
}

describe.skipIf(!(await has('node')))('TypeScript with fast-check', () => {
  test('errors that only a mistake raises are told by the smallest call', async () => {
    const text = `
export const initials = (names: string[]): string => names.map((name) => name[0]!.toUpperCase()).join('');
export function trimmed(name: string | null): string { return name!.trim(); }
export function strict(name: string | null): string {
  if (name === null) throw new TypeError('no name');
  return name;
}
export function nth(names: string[], n: number): string { return names[n]!.trim(); }
export function shout(text: string, mark?: '!' | '?'): string { return text.toUpperCase() + mark!.repeat(1); }
export async function later(names: string[]): Promise<number> { return names.length; }
`;
    expect(
      await told('typescript', text, [
        'initials(names: string[]): string',
        'trimmed(name: string | null): string',
        'strict(name: string | null): string',
        // The caller may have passed a wrong index.
        'nth(names: string[], n: number): string',
        "shout(text: string, mark?: '!' | '?'): string",
        'later(names: string[]): Promise<number>',
      ]),
    ).toEqual([
      ['`initials([""])` raises TypeError: Cannot read properties of undefined (reading \'toUpperCase\')'],
      ["`trimmed(null)` raises TypeError: Cannot read properties of null (reading 'trim')"],
      [],
      [],
      ['`shout("")` raises TypeError: Cannot read properties of undefined (reading \'repeat\')'],
      [],
    ]);
  });

  test('results are of their type, the same each time, and arguments are left alone', async () => {
    const text = `
export function first(names: readonly string[]): string { return names[0]!; }
export function inOrder(numbers: number[]): number[] { numbers.sort((a, b) => a - b); return [...numbers]; }
export function sortInPlace(numbers: number[]): number[] { return numbers.sort((a, b) => a - b); }
export function clear(numbers: number[]): void { numbers.length = 0; }
export function ended(text: string): string { return text + '.'; }
export function counted(text: string): number { return (counted.calls = (counted.calls ?? 0) + 1) + text.length; }
`;
    expect(
      await told('typescript', text, [
        'first(names: readonly string[]): string',
        'first(names: readonly string[]): string // Of a non-empty list, the first.',
        'inOrder(numbers: number[]): number[]',
        'sortInPlace(numbers: number[]): number[]',
        'clear(numbers: number[]): void // Must not modify its arguments.',
        'ended(text: string): string // Ends a text with a point; is idempotent.',
        'counted(text: string): number',
      ]),
    ).toEqual([
      ['`first([])` gives undefined, which is no `string`'],
      [],
      ['`inOrder([0,-1])` changes its argument `numbers` to [-1,0]'],
      [],
      ['`clear([0])` changes its argument `numbers` to []'],
      ['`ended("")` gives ".", and of that ".."'],
      [expect.stringMatching(/^`counted\(""\)` gives \d+, and then \d+$/)],
    ]);
  });

  test('what undoes each other takes its result back, where both types say so', async () => {
    const text = `
export function toHex(bytes: number[]): string { return bytes.map((one) => one.toString(16)).join(''); }
export function fromHex(text: string): number[] { return (text.match(/../g) ?? []).map((one) => parseInt(one, 16)); }
export function encode(text: string): string { return [...text].reverse().join(''); }
export function decode(text: string): string { return [...text].reverse().join(''); }
export function toTitle(text: string): string { return text.toUpperCase(); }
export function fromTitle(text: string): string { return text; }
`;
    expect(
      await told('typescript', text, [
        'toHex(bytes: number[]): string',
        'fromHex(text: string): number[]',
        'encode(text: string): string',
        // Of one type, nothing says that nothing is lost.
        'toTitle(text: string): string',
      ]),
    ).toEqual([['`fromHex(toHex([1]))` gives []'], ['`fromHex(toHex([1]))` gives []'], [], []]);
  });
});

test('nothing is started where the library is not installed, nothing closes it in, or nothing is known of the types', async () => {
  const elsewhere = {
    ...functionOf('typescript', '/project/a.ts', 'f(x: number): number'),
    root: '/project',
  };
  const unknown = functionOf('typescript', join(here, 'a.ts'), 'f(x: Node): number');
  const never = async (): Promise<never> => {
    throw new Error('something was started');
  };
  expect(await checkProperties(run, never, typescript, [elsewhere], ['…'])).toEqual({
    cannot: 'fast-check is not installed in this project',
  });
  const open = async () => ({ name: 'restricted', isolation: 'best-effort', open: never }) as const;
  const known = { ...elsewhere, path: join(here, 'a.ts'), root: here };
  expect(await checkProperties(run, open, typescript, [known], ['…'])).toEqual({
    cannot: 'no sandbox here closes in what made inputs may do',
  });
  expect(await checkProperties(run, never, typescript, [unknown], ['…'])).toEqual({ rows: [[[]]] });
  expect(await canCheckProperties(typescript, unknown)).toBe(false);
  expect(await canCheckProperties(typescript, known)).toBe(true);
});

describe('written types', () => {
  const rules = typescript.execution!;
  const codeOf = (written: string) =>
    typeAsCode({ ...rules.properties!, types: rules.properties!.types! }, rules.values, written);
  const basic = fc.constantFrom('number', 'string', 'boolean', 'null', 'undefined', 'bigint', "'a'", '-1.5');
  const { type: anyType } = fc.letrec<{ type: string }>((tie) => ({
    type: fc.oneof(
      { depthSize: 'small' },
      basic,
      tie('type').map((one) => `(${one})[]`),
      tie('type').map((one) => `readonly (${one})[]`),
      fc.tuple(tie('type'), tie('type')).map(([a, b]) => `${a} | ${b}`),
      fc.tuple(tie('type'), tie('type')).map(([a, b]) => `[${a}, ${b}]`),
      fc.tuple(tie('type'), tie('type')).map(([a, b]) => `Map<${a}, ${b}>`),
      tie('type').map((one) => `Record<string, ${one}>`),
      tie('type').map((one) => `ReadonlySet<${one}>`),
    ),
  }));

  test('what is made of a type fits it', () => {
    fc.assert(
      fc.property(anyType, (written) => {
        const code = codeOf(written);
        // Types that are nested too deeply are not known.
        if (code?.makes === undefined) return;
        const maker = new Function('fc', `return ${code.makes};`)(fc) as fc.Arbitrary<unknown>;
        const fits = new Function('value', `return ${code.fits};`);
        for (const value of fc.sample(maker, { numRuns: 5, seed: 1 })) expect(fits(value)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('of a type with an unknown part no values are made, but what is surely none is told', () => {
    expect(codeOf('Node')).toBeUndefined();
    expect(codeOf('() => string | number')).toBeUndefined();
    expect(codeOf('Array')?.makes).toBeUndefined();
    const { makes, fits } = codeOf('string | Node[]')!;
    expect(makes).toBeUndefined();
    const tells = new Function('value', `return ${fits};`);
    expect([tells('a'), tells([1]), tells(1)]).toEqual([true, true, false]);
  });
});

const hypothesis = await canCheckProperties(python, functionOf('python', '/project/a.py', 'f(x: int): int'));

describe.skipIf(!hypothesis || sandbox === undefined)('Python with hypothesis', () => {
  test('each property, by the smallest call', async () => {
    const text = `
from dataclasses import dataclass
from typing import Literal, Optional

@dataclass
class Item:
    name: str
    price: float

class Other: pass

def first(words: list[str]) -> str: return words[0]
def nth(words: list[str], n: int) -> str: return words[n]
def label(item: Item, sign: Optional[Literal["#"]]) -> str: return sign + item.name
def checked(words: list[str]) -> str:
    if not words:
        raise TypeError("no words")
    return words[-1]
def add(word: str, words: list[str] = []) -> list[str]:
    words.append(word)
    return list(words)
def rest(words: list[str]) -> list[str]:
    del words[:1]
    return words[:]
def size(words: set[str]) -> int: return str(len(words))
async def later(words: dict[str, int]) -> int: return sum(words.values())
def encode(text: str) -> str: return text[::-1]
def decode(text: str) -> str: return text[::-1].lstrip("a")
def other(one: Other) -> int: return 1
`;
    expect(
      await told('python', text, [
        'first(words: list[str]): str',
        'nth(words: list[str], n: int): str',
        'label(item: Item, sign: Optional[Literal["#"]]): str',
        'checked(words: list[str]): str',
        'add(word: str, words?: list[str]): list[str]',
        'rest(words: list[str]): list[str]',
        'size(words: set[str]): int',
        'later(words: dict[str]): int',
        'encode(text: str): str',
        'other(one: Other): int',
      ]),
    ).toEqual([
      ['`first([])` raises IndexError: list index out of range'],
      [],
      [
        expect.stringContaining(
          "`label(Item(name='', price=0.0), None)` raises TypeError: unsupported operand",
        ),
      ],
      [],
      [expect.stringContaining("`add('')` gives ")],
      ["`rest([''])` changes its argument `words` to []"],
      ["`size(set())` gives '0', which is no `int`"],
      [],
      ["`decode(encode('a'))` gives ''"],
      expect.arrayContaining(['not run: no values are made of the type of `one`']),
    ]);
  });
});
