// Where expressions begin and end in a text, by brackets: what facts do not tell.
import { type Span, spanText } from '../../core/span.ts';

/** Longer expressions are not looked through. */
const maxLength = 20_000;

/** Nobody writes more brackets around an expression. */
const maxBrackets = 4;

/**
 * The bracket that the last character of a span closes, with strings stepped over.
 * @param strings in order.
 * @returns `undefined` where the span is not balanced, or its last character closes nothing.
 */
export function openingOf(text: string, { start, end }: Span, strings: readonly Span[]): number | undefined {
  if (end - start > maxLength || !/[)\]}]/.test(text[end - 1] ?? '')) return undefined;
  const open: number[] = [];
  let next = firstAfter(strings, start);
  for (let at = start; at < end; at++) {
    while (next < strings.length && strings[next]!.end <= at) next++;
    if (strings[next]?.start === at) {
      at = strings[next]!.end - 1;
      continue;
    }
    const unit = text.charCodeAt(at);
    if (isOpening(unit)) open.push(at);
    else if (isClosing(unit)) {
      const from = open.pop();
      if (from === undefined) return undefined;
      if (at === end - 1) return from;
    }
  }
  return undefined;
}

const isOpening = (unit: number): boolean => unit === 40 || unit === 91 || unit === 123;
const isClosing = (unit: number): boolean => unit === 41 || unit === 93 || unit === 125;

function firstAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Without white space and brackets around. */
export function inner(text: string, span: Span, strings: readonly Span[]): Span {
  let { start, end } = span;
  for (let depth = 0; ; depth++) {
    while (start < end && /\s/.test(text[start]!)) start++;
    while (end > start && /\s/.test(text[end - 1]!)) end--;
    if (depth === maxBrackets || text[start] !== '(' || text[end - 1] !== ')') return { start, end };
    const place = { start, end };
    if (openingOf(text, place, strings) !== start || isList(text, place, strings)) return place;
    start++;
    end--;
  }
}

/** Whether brackets hold a list, or nothing: then they mean something. */
function isList(text: string, { start, end }: Span, strings: readonly Span[]): boolean {
  const inside = { start: start + 1, end: end - 1 };
  if (spanText(text, inside).trim() === '') return true;
  for (const at of outside(text, inside, strings)) if (text[at] === ',') return true;
  return false;
}

/**
 * The places of an expression that are in none of its brackets and strings, one by one; brackets themselves are among them.
 * @param strings in order.
 */
export function* outside(text: string, { start, end }: Span, strings: readonly Span[]): Generator<number> {
  let next = firstAfter(strings, start);
  let depth = 0;
  for (let at = start; at < end; at++) {
    while (next < strings.length && strings[next]!.end <= at) next++;
    if (strings[next]?.start === at) {
      at = strings[next]!.end - 1;
      continue;
    }
    const unit = text.charCodeAt(at);
    if (isClosing(unit)) depth--;
    if (depth === 0) yield at;
    if (isOpening(unit)) depth++;
  }
}

/** What stands between the commas of a list without its brackets, trimmed. */
export function partsOf(text: string, list: Span, strings: readonly Span[]): readonly Span[] {
  const parts: Span[] = [];
  let start = list.start;
  const push = (end: number): void => {
    const written = text.slice(start, end);
    const from = start + written.length - written.trimStart().length;
    if (written.trim() !== '') parts.push({ start: from, end: from + written.trim().length });
    start = end + 1;
  };
  for (const at of outside(text, list, strings)) if (text[at] === ',') push(at);
  push(list.end);
  return parts;
}

/** A number for a span: texts are shorter than 2^26. */
export const keyOf = ({ start, end }: Span): number => start * 0x4000000 + end;

/** @param spans in order, apart from each other. */
export function isInside(offset: number, spans: readonly Span[]): boolean {
  const at = firstAfter(spans, offset + 1) - 1;
  return at >= 0 && offset < spans[at]!.end;
}
