// What a function without a written result gives back: the expressions behind its `return`s, where all of them are seen.
import type { FileFacts, SymbolFact } from '../../core/facts.ts';
import { matches } from '../../core/inheritance.ts';
import type { Span } from '../../core/span.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import { isInside } from './text.ts';

/** Functions with more of them give back whatever it is. */
const maxReturns = 6;

/** Longer bodies are not searched. */
const maxBody = 20_000;

/**
 * @param isOwn whether an offset is in the function itself, not in one that it declares.
 * @returns `undefined` where it is not certain that these are all.
 */
export function returnedBy(
  { body }: Pick<SymbolFact, 'body'>,
  text: string,
  { strings, comments }: FileFacts,
  { returns, otherReturns }: TypeRules,
  isOwn: (offset: number) => boolean,
): readonly Span[] | undefined {
  if (!body || returns === undefined || otherReturns === undefined || body.end - body.start > maxBody)
    return undefined;
  const source = text.slice(body.start, body.end);
  if (matches(otherReturns, source)) return undefined;
  const found: Span[] = [];
  for (const { index, 0: word } of source.matchAll(wholeWord(returns))) {
    const at = body.start + index;
    if (isInside(at, strings) || comments.some(({ span }) => span.start <= at && at < span.end)) continue;
    if (!isOwn(at)) continue;
    const span = expressionAt(text, at + word.length, body.end, strings);
    if (!span || found.length === maxReturns) return undefined;
    if (span.end > span.start) found.push(span);
  }
  return found.length > 0 ? found : undefined;
}

const wholeWord = (word: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_$.])${word}(?![\\p{L}\\p{N}_$])`, 'gu');

const endsOf = new WeakMap<readonly Span[], ReadonlyMap<number, number>>();

/** Where strings end, by where they start: of those that start together the first. */
function endsByStart(strings: readonly Span[]): ReadonlyMap<number, number> {
  const known = endsOf.get(strings);
  if (known) return known;
  const made = new Map<number, number>();
  for (const { start, end } of strings) if (!made.has(start)) made.set(start, end);
  endsOf.set(strings, made);
  return made;
}

/** From after a `return` to the end of its line, or of the brackets that are open there. */
function expressionAt(text: string, from: number, end: number, strings: readonly Span[]): Span | undefined {
  let start = from;
  while (text[start] === ' ' || text[start] === '\t') start++;
  const ends = endsByStart(strings);
  let depth = 0;
  for (let at = start; at <= end; at++) {
    const stringEnd = ends.get(at);
    if (stringEnd !== undefined) {
      at = stringEnd - 1;
      continue;
    }
    const unit = text[at] ?? '\n';
    if ('([{'.includes(unit)) depth++;
    else if (')]}'.includes(unit) && --depth < 0) return { start, end: at };
    else if (at < end && (depth > 0 || !';\n'.includes(unit))) continue;
    else return unit === '\n' && goesOn(text, at) ? undefined : { start, end: at };
  }
  return undefined;
}

/** Whether the next line goes on with a member or an operator. */
const goesOn = (text: string, at: number): boolean =>
  /^\s*(?:\?|\.|&|\||\+|-|\*|:)/.test(text.slice(at, at + maxLead));

/** White space before the next line's first word. */
const maxLead = 80;
