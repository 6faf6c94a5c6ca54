// Which of the names at hand is taken to be used next.
import { expect, test } from 'vitest';
import { type AtHand, nextUse } from '../../../server/input/context/next-use.ts';
import { readPlace } from '../../../server/input/context/place.ts';
import { subwords } from '../../../server/input/context/subwords.ts';

const named = (name: string, kind: AtHand['kind'] = 'function'): AtHand => ({
  name,
  kind,
  path: `/shop/${name}.py`,
  signature: [],
  text: [name],
});

/** The names in the order in which they are expected at the `$0`. */
function expected(marked: string, names: readonly AtHand[]): readonly string[] {
  const offset = marked.indexOf('$0');
  const odds = nextUse(readPlace(marked.replace('$0', ''), offset, []), '/shop/app.py', names);
  expect(odds.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1);
  return names
    .map(({ name }, at) => ({ name, odds: odds[at]! }))
    .sort((a, b) => b.odds - a.odds)
    .map(({ name }) => name);
}

test('one that was imported and is used nowhere yet comes before one that is', () => {
  const text = 'def f():\n    a = open_cart()\n    b = 1\n    $0\n    c = open_cart()\n';
  expect(expected(text, [named('open_cart'), named('close_till')])[0]).toBe('close_till');
});

test('one whose name has to do with what was written last comes first', () => {
  const text = 'def f(order):\n    price = order.price\n    discount = order.discount\n    $0';
  expect(expected(text, [named('parse_args'), named('apply_discount'), named('read_file')])[0]).toBe(
    'apply_discount',
  );
});

test('one that stood before after such lines comes first', () => {
  const text = [
    'def first(x):',
    '    value = load(x)',
    '    check(value)',
    '    return wrap(value)',
    'def other(y):',
    '    return plain(y)',
    'def second(x):',
    '    value = load(x)',
    '    check(value)',
    '    $0',
  ].join('\n');
  expect(expected(text, [named('plain'), named('wrap')])[0]).toBe('wrap');
});

test('one that begins as what is typed comes first', () => {
  expect(expected('x = ope$0', [named('close_cart'), named('open_cart'), named('cart_open')])[0]).toBe(
    'open_cart',
  );
});

test.each([
  ['readHTTPHeader_2', ['read', 'http', 'header', '2']],
  ['SHOUT_CASE', ['shout', 'case']],
  ['einfügen', ['einfügen']],
  ['_', []],
])('the parts of %s', (name, parts) => {
  expect(subwords(name)).toEqual(parts);
});
