// Assertions that compare a call with a value, of the usual libraries.
import type { DocLine } from '../documentation.ts';
import { span } from '../span.ts';
import { closingBracket, type ExampleCall, readCall } from './call.ts';
import { type Example, wholeCall } from './example.ts';
import { exampleOf } from './line.ts';
import { readValue } from './value.ts';

/** Names of assertions that compare, by which of their two arguments is the value that is expected. */
const comparing: Readonly<Record<string, 'first' | 'second'>> = {
  'assert_eq!': 'second',
  assertEqual: 'second',
  assertEquals: 'first',
  'assert.equal': 'second',
  'assert.strictEqual': 'second',
  'assert.deepEqual': 'second',
  'assert.deepStrictEqual': 'second',
};

/** Names of assertions of a truth. */
const truths: Readonly<Record<string, string>> = {
  'assert!': 'true',
  assertTrue: 'true',
  assertFalse: 'false',
};

/** `assert f(1) == 2`, `assert_eq!(f(1), 2)`, `expect(f(1)).toBe(2)`. */
export function readAssertion({ text, start }: DocLine): Example | undefined {
  const indent = /^\s*(?:#\s)?/.exec(text)![0].length;
  const at = (local: number): number => start + local;
  const plain = /^(?:assert!?[ (]\s*)(?=.)/.exec(text.slice(indent));
  if (plain) {
    const begin = indent + plain[0].length;
    const call = readCall(text, begin);
    const mark = call && /^\s*===?\s*/.exec(text.slice(call.span.end));
    const value = mark && readValue(text.slice(call.span.end + mark[0].length));
    if (call && mark && value?.literal) {
      return exampleOf('assertion', text, start, call, call.span.end + mark[0].length + value.end, {
        expected: value.text,
      });
    }
  }
  const outer = readCall(text, indent);
  if (!outer) return undefined;
  const name = [outer.receiver, outer.name].filter(Boolean).join('.');
  const order = Object.hasOwn(comparing, name) ? comparing[name] : undefined;
  if (order && outer.arguments.length >= 2) {
    const [first, second] = outer.arguments;
    const [tested, expected] =
      order === 'second' || readCall(first!.text, 0) ? [first!, second!] : [second!, first!];
    return asserted(text, at, outer, tested.text, expected.text);
  }
  const truth = Object.hasOwn(truths, name) ? truths[name] : undefined;
  if (truth && outer.arguments.length >= 1) {
    const { text: tested } = outer.arguments[0]!;
    const denied = tested.startsWith('!') && truth === 'true' ? tested.slice(1).trim() : '';
    return wholeCall(denied, 0, true)
      ? asserted(text, at, outer, denied, 'false')
      : asserted(text, at, outer, tested, truth);
  }
  const matcher =
    outer.name === 'expect'
      ? /^\.(?:to(?:Be|Equal|StrictEqual)|to\.(?:be\.)?(?:equal|eql|deep\.equal))\(/.exec(
          text.slice(outer.span.end),
        )
      : null;
  if (matcher && outer.arguments.length === 1) {
    const opening = outer.span.end + matcher[0].length - 1;
    const close = closingBracket(text, opening);
    if (close !== undefined) {
      return asserted(
        text,
        at,
        { span: span(outer.span.start, close + 1) },
        outer.arguments[0]!.text,
        text.slice(opening + 1, close).trim(),
      );
    }
  }
  return undefined;
}

function asserted(
  text: string,
  at: (local: number) => number,
  outer: Pick<ExampleCall, 'span'>,
  tested: string,
  expected: string,
): Example | undefined {
  const offset = text.indexOf(tested, outer.span.start);
  if (offset < 0 || tested === '') return undefined;
  const call = wholeCall(tested, at(offset), true);
  return {
    form: 'assertion',
    span: span(at(outer.span.start), at(outer.span.end)),
    code: tested,
    expected,
    ...(call && { call }),
  };
}
