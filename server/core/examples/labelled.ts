// Examples that name the parameters instead of calling: `Input: a = [1], k = 2` with `Output: 3` below, and "For a = [1] the
// output should be 3".
import type { DocLine } from '../documentation.ts';
import { span } from '../span.ts';
import { closingBracket, closingQuote, readCall, splitList } from './call.ts';
import { type Example, type ExampleSubject, type Found, type Lines, maximumLine } from './example.ts';
import { readValue } from './value.ts';

const inputLabel = /^\s*(?:[-*•]\s*)?`{0,2}inputs?`{0,2}\s*[:=]\s*/i;
const outputLabel = /^\s*(?:[-*•]\s*)?`{0,2}(?:expected\s+)?(?:outputs?|results?|returns?)`{0,2}\s*[:=]\s*/i;
const sentence = /\b(?:for|if|with|when|given)\s+(?=[\p{ID_Start}_][\p{ID_Continue}]*\s*=\s*[^=\s])/iu;
const outcome =
  /^\s*,?\s*(?:then\s+)?(?:the\s+|its\s+)?(?:(?:outputs?|results?|answer|returned value|return value|value|function|it)\s+)?(?:(?:should|must|will|would)\s+(?:be|return|equal)|is|returns|equals)\s*:?\s*/i;

/** The same behind something that is said in between: "the sum of its digits is 6, the output should be 2". */
const laterOutcome =
  /^[^.;]{1,80}?\bthe\s+(?:output|result|answer|return(?:ed)? value)\s+(?:should|must|will)\s+be\s*:?\s*/i;

/** Lines between an input and its output: a blank one, or one that goes on. */
const nearLines = 2;

/** `Input:` and the `Output:` below it. */
export function readLabelled(lines: Lines, first: number, subject?: ExampleSubject): Found | undefined {
  const { text, start } = lines[first]!;
  if (!subject || text.length > maximumLine) return undefined;
  const label = inputLabel.exec(text);
  if (!label) return undefined;
  const values = argumentsIn(text.slice(label[0].length), subject, true);
  if (!values) return undefined;
  for (let next = first + 1; next <= first + 1 + nearLines && next < lines.length; next++) {
    const below = lines[next]!;
    const shown = outputLabel.exec(below.text);
    if (!shown) {
      if (below.text.trim() === '') continue;
      return undefined;
    }
    const value = below.text.length > maximumLine ? undefined : readValue(below.text.slice(shown[0].length));
    if (!value?.literal) return undefined;
    const whole = span(start, below.start + shown[0].length + value.end);
    return { next: next + 1, examples: calling(subject, values.parts, value.text, whole) };
  }
  return undefined;
}

/** "For a = [1], k = 2 the output should be 3." */
export function readSentence({ text, start }: DocLine, subject?: ExampleSubject): readonly Example[] {
  if (!subject || text.length > maximumLine) return [];
  const begun = sentence.exec(text);
  if (!begun) return [];
  const from = begun.index + begun[0].length;
  const values = argumentsIn(text.slice(from), subject, false);
  if (!values) return [];
  const behind = from + values.end;
  const said = outcome.exec(text.slice(behind)) ?? laterOutcome.exec(text.slice(behind));
  if (!said) return [];
  const value = readValue(text.slice(behind + said[0].length));
  if (!value?.literal) return [];
  const whole = span(start + begun.index, start + behind + said[0].length + value.end);
  return calling(subject, values.parts, value.text, whole);
}

/**
 * Arguments in the order of the parameters: all of them by name, or, where `bare` ones may stand, as many as there are
 * parameters.
 */
function argumentsIn(
  text: string,
  { parameters }: ExampleSubject,
  bare: boolean,
): { parts: readonly string[]; end: number } | undefined {
  const byName = new Map<string, string>();
  let at = 0;
  for (;;) {
    const named = /^\s*(?:,|;|and\b|,\s*and\b)?\s*`?([\p{ID_Start}_][\p{ID_Continue}]*)\s*=(?!=)\s*/u.exec(
      text.slice(at),
    );
    if (!named || !parameters.includes(named[1]!)) break;
    const begin = at + named[0].length;
    const end = valueEnd(text, begin);
    if (end === undefined) break;
    byName.set(named[1]!, text.slice(begin, end));
    at = end + (text[end] === '`' ? 1 : 0);
  }
  const parts = parameters.map((name) => byName.get(name));
  if (byName.size > 0) {
    const required = parts.findLastIndex((part) => part !== undefined) + 1;
    const given = parts.slice(0, required);
    return given.includes(undefined) ? undefined : { parts: given as string[], end: at };
  }
  if (!bare) return undefined;
  const written = text.replace(/^`+|`+\s*$/g, '').trim();
  const list = splitList(written);
  const whole = list.every((part) => valueEnd(part, 0) === part.length);
  return whole && list.length === parameters.length ? { parts: list, end: text.length } : undefined;
}

/** Where the literal that begins at `at` ends. */
function valueEnd(text: string, at: number): number | undefined {
  const unit = text[at];
  if (unit === undefined) return undefined;
  if ('([{'.includes(unit)) return after(closingBracket(text, at));
  if (`"'`.includes(unit)) return after(closingQuote(text, at));
  const scalar = /^(?:[-+]?\d[\d_]*(?:\.\d+)?(?:e[-+]?\d+)?|\p{ID_Start}[\p{ID_Continue}]*)(?![\w(])/iu.exec(
    text.slice(at),
  );
  return scalar ? at + scalar[0].length : undefined;
}

const after = (close: number | undefined): number | undefined =>
  close === undefined ? undefined : close + 1;

function calling(
  subject: ExampleSubject,
  parts: readonly string[],
  expected: string,
  whole: Example['span'],
): Example[] {
  const code = `${subject.name}(${parts.join(', ')})`;
  const call = readCall(code, 0);
  return call
    ? [{ form: 'table', span: whole, code, expected, call: { ...call, span: whole, nameSpan: whole } }]
    : [];
}
