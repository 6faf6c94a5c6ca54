// Examples within a line: a call, a mark or a word, and a value.
import type { DocLine } from '../documentation.ts';
import { span } from '../span.ts';
import { readAssertion } from './assertion.ts';
import { callsIn, type ExampleCall } from './call.ts';
import { type Example, type ExampleForm, maximumLine, moved } from './example.ts';
import { readValue } from './value.ts';

/** The mark between a call and its value, which needs none of its own to be seen. */
const arrows = /^\s*`?\}?\s*;?\s*(?:(?:\/\/|#|--|;;)\s*)?(?:=>|==>|→|->|➞|⇒|⟶|⟹|↦)\s*/;
const equals = /^\}?\s*(===?|≡|=(?=\s))\s*/;
/** In code a comment behind a call says its value; in prose, words do. */
const remark = /^\s*;?\s*(?:\/\/|#)\s*(?:returns?:?\s+|evaluates to\s+|is\s+|=\s*)?/;
const words =
  /^`?\}?\s*(?:should return|returns|must return|return|gives|yields|evaluates to|is equal to|equals|produces|results in)\s*:?\s+/;
const raisesWords =
  /^`?\}?\s*(?:raises|throws|panics with|must raise|should raise|should throw)\s+(?:an?\s+)?`?([\p{ID_Start}_][\p{ID_Continue}.]*)/u;

export function readLine({ text, start }: DocLine, where: 'prose' | 'code'): Example[] {
  if (text.length > maximumLine) return [];
  const asserted = readAssertion({ text, start });
  if (asserted) return [asserted];
  const examples: Example[] = [];
  let after = 0;
  for (const call of callsIn(text)) {
    if (call.span.start < after) continue;
    const rest = text.slice(call.span.end);
    const raised = raisesWords.exec(rest);
    if (raised) {
      const end = call.span.end + raised[0].length;
      examples.push(exampleOf('words', text, start, call, end, { raises: raised[1]! }));
      after = end;
      continue;
    }
    const found = valueAfter(rest, where, text, call);
    if (!found) continue;
    const end = call.span.end + found.end;
    examples.push(exampleOf(found.form, text, start, call, end, { expected: found.value }));
    after = end;
  }
  return examples;
}

function valueAfter(
  rest: string,
  where: 'prose' | 'code',
  line: string,
  call: ExampleCall,
): { form: ExampleForm; value: string; end: number } | undefined {
  for (const [form, pattern, sure] of [
    ['arrow', arrows, true],
    ['equality', equals, false],
    ['words', words, false],
    ...(where === 'code' ? [['arrow', remark, false] as const] : []),
  ] as const) {
    const mark = pattern.exec(rest);
    if (!mark) continue;
    // `->` and `=>` behind a declaration say its type, behind a parameter list its body.
    if (/\b(?:def|func|fn|function|fun|async)\s+$|=\s*$/.test(line.slice(0, call.span.start)))
      return undefined;
    const value = readValue(rest.slice(mark[0].length));
    if (value && (value.literal || (sure && !/^\s*`?\s*->/.test(mark[0]) && value.text !== ''))) {
      return { form, value: value.text, end: mark[0].length + value.end };
    }
    if (form !== 'words') continue;
  }
  return undefined;
}

export function exampleOf(
  form: ExampleForm,
  text: string,
  start: number,
  call: ExampleCall,
  end: number,
  outcome: Pick<Example, 'expected' | 'raises'>,
): Example {
  return {
    form,
    span: span(start + call.span.start, start + end),
    code: text.slice(call.span.start, call.span.end),
    ...outcome,
    call: moved(call, start),
  };
}
