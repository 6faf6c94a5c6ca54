// A call as an example writes it, read by brackets and quotes alone: an example stands in prose, where no parser helps.
import { type Span, span } from '../span.ts';

export interface ExampleArgument {
  /** What is passed, as written. */
  readonly text: string;
  /** The keyword it is passed by. */
  readonly keyword?: string;
  /** Stands for any number of arguments. */
  readonly spread: boolean;
}

export interface ExampleCall {
  /** The last name of the callee. */
  readonly name: string;
  /** What stands before the last dot (or `::`), `new` included. */
  readonly receiver?: string;
  readonly arguments: readonly ExampleArgument[];
  /** From the beginning of the callee to behind the closing bracket. */
  readonly span: Span;
  readonly nameSpan: Span;
}

/** Code units of one call: an example that is longer is no longer read, so that hostile text costs no time. */
export const maximumCall = 2_000;

const callee =
  /(?<![\p{ID_Continue}$.:@#\\])((?:new\s+)?(?:[\p{ID_Start}_$][\p{ID_Continue}$]*[!?]?(?:::<[^<>()]{0,40}>)?(?:\.|::|->))*)([\p{ID_Start}_$][\p{ID_Continue}$]*[!?]?)(?:::)?(?:<[^<>()]{0,60}>)?\(/uy;

/** The call that begins at `at`, or nothing. */
export function readCall(text: string, at: number): ExampleCall | undefined {
  callee.lastIndex = at;
  const found = callee.exec(text);
  if (!found) return undefined;
  const opening = at + found[0].length - 1;
  const closing = closingBracket(text, opening);
  if (closing === undefined) return undefined;
  const before = found[1]!;
  const name = found[2]!;
  const receiver = before.trim().replace(/(?:\.|::|->)$/, '');
  const nameStart = at + before.length;
  return {
    name,
    ...(receiver !== '' && { receiver }),
    arguments: splitArguments(text.slice(opening + 1, closing)),
    span: span(at, closing + 1),
    nameSpan: span(nameStart, nameStart + name.length),
  };
}

/** All outermost calls of a line, in order. */
export function* callsIn(text: string): Generator<ExampleCall> {
  const name = /[\p{ID_Start}_$]/u;
  for (let at = 0; at < text.length; at++) {
    if (!name.test(text[at]!)) continue;
    const call = readCall(text, at);
    if (call) {
      yield call;
      at = call.span.end - 1;
    } else {
      while (at + 1 < text.length && /[\p{ID_Continue}$]/u.test(text[at + 1]!)) at++;
    }
  }
}

const brackets: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Where the bracket that opens at `opening` is closed.
 * @returns `undefined` when it is not, or not within the limit.
 */
export function closingBracket(text: string, opening: number): number | undefined {
  const expected: string[] = [];
  const end = Math.min(text.length, opening + maximumCall);
  for (let at = opening; at < end; at++) {
    const unit = text[at]!;
    if (isQuote(text, at)) {
      const close = closingQuote(text, at, end);
      if (close === undefined) return undefined;
      at = close;
    } else if (brackets[unit]) expected.push(brackets[unit]!);
    else if (unit === ')' || unit === ']' || unit === '}') {
      if (expected.pop() !== unit) return undefined;
      if (expected.length === 0) return at;
    }
  }
  return undefined;
}

/** A quote that opens a text; an apostrophe within a word, or before a lifetime's name, does not. */
const isQuote = (text: string, at: number): boolean =>
  text[at] === '"' ||
  text[at] === '`' ||
  (text[at] === "'" && !/[\p{ID_Continue}]/u.test(text[at - 1] ?? ' ')) ||
  (text[at] === "'" && /(?<![\p{ID_Continue}])[rbuRBUfF]{1,2}$/u.test(text.slice(Math.max(0, at - 3), at)));

/** The quote that closes the one at `at`. */
export function closingQuote(text: string, at: number, end = text.length): number | undefined {
  const quote = text[at];
  for (let next = at + 1; next < end; next++) {
    if (text[next] === '\\') next++;
    else if (text[next] === quote) return next;
    else if (text[next] === '\n' && quote !== '`') return undefined;
  }
  return undefined;
}

/** The parts of a list between commas that stand outside of brackets and texts; nothing for a list without any. */
export function splitList(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (isQuote(text, at)) at = closingQuote(text, at) ?? at;
    else if (brackets[text[at]!]) at = closingBracket(text, at) ?? at;
    else if (text[at] === ',') {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  parts.push(text.slice(start).trim());
  // A comma at the end separates nothing.
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

function splitArguments(text: string): ExampleArgument[] {
  return splitList(text).map((part) => {
    const keyword = /^([\p{ID_Start}_][\p{ID_Continue}]*)\s*=(?![=>])\s*/u.exec(part);
    if (keyword) return { text: part.slice(keyword[0].length), keyword: keyword[1]!, spread: false };
    const spread = /^(?:\*{1,2}|\.{3})(?=.)|^\.{2,3}$|^…$|.\.{3}$/.test(part);
    return { text: part, spread };
  });
}
