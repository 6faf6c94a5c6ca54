// Expressions that are one of several others: a condition between two values, a value with another one in its stead.
import type { Span } from '../../core/span.ts';
import { spanText } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import type { Subject } from '../check.ts';
import { outside } from './text.ts';

export interface Choice {
  readonly values: readonly Span[];
  /** Whether all but the last count only where they are something. */
  readonly instead: boolean;
}

/** Longer expressions are not looked through. */
const maxLength = 2_000;

/** @returns `undefined` where the expression is no choice. */
export function choiceIn({ text, facts }: Subject, place: Span, rules: TypeRules): Choice | undefined {
  const { conditional, otherwise } = rules;
  if (place.end - place.start > maxLength) return undefined;
  const written = spanText(text, place);
  if (conditional?.words.every((word) => written.includes(word))) {
    const parts = partsAt(text, place, conditional.words, facts.strings);
    if (parts.length === conditional.words.length + 1)
      return { values: conditional.values.map((index) => parts[index]!), instead: false };
  }
  const word = otherwise.find((each) => written.includes(each));
  const parts = word === undefined ? [] : partsAt(text, place, [word], facts.strings);
  return parts.length === 2 ? { values: parts, instead: true } : undefined;
}

/** What stands between words, each at its first place outside of brackets and strings after the one before it. */
function partsAt(
  text: string,
  place: Span,
  words: readonly string[],
  strings: readonly Span[],
): readonly Span[] {
  const parts: Span[] = [];
  let from = place.start;
  for (const at of outside(text, place, strings)) {
    const word = words[parts.length];
    if (word === undefined) break;
    if (at < from || !text.startsWith(word, at) || !isApart(text, at, word)) continue;
    parts.push({ start: from, end: at });
    from = at + word.length;
  }
  return [...parts, { start: from, end: place.end }];
}

const isApart = (text: string, at: number, word: string): boolean =>
  /\s/.test(text[at - 1] ?? '') && /[\s([{]/.test(text[at + word.length] ?? '');
