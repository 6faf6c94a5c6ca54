// Expressions whose type is seen at a glance.
import { matches } from '../../core/inheritance.ts';
import type { Span } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import type { Subject } from '../check.ts';
import { openingOf } from './text.ts';

/** Of words, by the rules of their language: most expressions are names, and the same ones again and again. */
const ofWords = new WeakMap<TypeRules, Map<string, string | undefined>>();
const maxWords = 20_000;

/** The builtin type of a literal; `undefined` where it is none. */
export function literalType(
  { text, facts }: Subject,
  rules: TypeRules,
  written: string,
  place: Span,
): string | undefined {
  if (isWord(written)) return wordType(rules, written);
  if (/^\w{0,3}["'`]/.test(written) && !isString(place, facts.strings)) return undefined;
  return rules.literals.find(
    (one) =>
      matches(one.text, written) && (!one.enclosed || openingOf(text, place, facts.strings) === place.start),
  )?.type;
}

const isWord = (written: string): boolean => written.length <= 64 && /^[A-Za-z_]\w*$/.test(written);

/** Words have no brackets, so that what they are depends on nothing else. */
function wordType(rules: TypeRules, word: string): string | undefined {
  let known = ofWords.get(rules);
  if (!known || known.size > maxWords) {
    known = new Map();
    ofWords.set(rules, known);
  }
  if (known.has(word)) return known.get(word);
  const type = rules.literals.find((one) => !one.enclosed && matches(one.text, word))?.type;
  known.set(word, type);
  return type;
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
