// Expressions whose type is seen at a glance.
import { matches } from '../../core/inheritance.ts';
import type { Span } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import type { Subject } from '../check.ts';
import { openingOf } from './text.ts';

/** The builtin type of a literal; `undefined` where it is none. */
export function literalType(
  { text, facts }: Subject,
  { literals }: TypeRules,
  written: string,
  place: Span,
): string | undefined {
  if (/^\w{0,3}["'`]/.test(written) && !isString(place, facts.strings)) return undefined;
  return literals.find(
    (one) =>
      matches(one.text, written) && (!one.enclosed || openingOf(text, place, facts.strings) === place.start),
  )?.type;
}

/** The written type of a value that is made by naming it: `Point{1, 2}`. */
export function composedType(
  { text, facts }: Subject,
  { composed }: TypeRules,
  written: string,
  place: Span,
): string | undefined {
  const [found, type] = (composed !== undefined && new RegExp(composed, 'u').exec(written)) || [];
  if (found === undefined || type === undefined) return undefined;
  return openingOf(text, place, facts.strings) === place.start + found.length - 1 ? type : undefined;
}

/** @param strings in order. */
function isString({ start, end }: Span, strings: readonly Span[]): boolean {
  let low = 0;
  let high = strings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (strings[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return strings[low]?.start === start && strings[low]!.end === end;
}
