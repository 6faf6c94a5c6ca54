// Which places of a text an edit puts in doubt: those that it changed, and those with a name that may now be another thing.
//
// A name is in doubt when what binds it was edited, is gone or is new, or has itself a name in it that is in doubt. So what a
// place means can only have changed where it has such a name in it, or stands in a class of which that is so.
import { declaredIn, ownMembersOf } from '../../core/declared.ts';
import type { FileFacts, ImportFact, SymbolFact } from '../../core/facts.ts';
import { contains, overlaps, type Span, spanText } from '../../core/span.ts';
import type { Subject } from '../check.ts';
import {
  type Binding,
  type Bindings,
  bindingsOf,
  isOwner,
  namesOf,
  outermostBodies,
  type Source,
  spanAt,
} from './bindings.ts';
import { type Change, changeOf, placeAfter, startAfter } from './change.ts';
import { anyWithin, createNames, follow } from './follow.ts';

/** A text with what it binds. */
export interface Version extends Source {
  readonly bindings: Bindings;
  /** Names of what has members that are not all known; '' where the text may have names that nobody sees. */
  readonly vague: ReadonlySet<string>;
}

/** Compares a text with the one before it. */
export interface Doubt {
  /** Where a place was before; `undefined` where the text is new. */
  before(offset: number): number | undefined;
  /** Whether what stands there may mean something else than before. */
  isIn(span: Span): boolean;
}

/** The same text. */
export const noDoubt: Doubt = { before: (offset) => offset, isIn: () => false };

export function versionOf({ text, facts, path, language: { types: rules } }: Subject): Version {
  const source: Source = { text, facts, rules, bodies: outermostBodies(facts) };
  const { at } = declaredIn({ text, facts, module: '', path, rules });
  const vague = new Set(facts.opaque ? [''] : []);
  for (const [index, symbol] of facts.symbols.entries())
    if (isOwner(symbol) && ownMembersOf(at(index))?.complete !== true) vague.add(symbol.name);
  return { ...source, bindings: bindingsOf(source), vague };
}

/** @returns `undefined` where anything may be otherwise. */
export function doubtAfter(before: Version, after: Version): Doubt | undefined {
  if (before.text === after.text) return noDoubt;
  const change = changeOf(before.text, after.text);
  const doubted = createNames();
  for (const [kind, old] of before.bindings.entries())
    addChanged(old, after.bindings[kind]!, change, doubted.add);
  for (const [version, span] of [
    [before, change.old],
    [after, change.now],
  ] as const) {
    if (version.facts.imports.some((one) => bringsMore(one) && overlaps(one.span, span))) return undefined;
    for (const symbol of [...ownersTouched(version, span), ...ownersNamed(version, span)])
      doubted.add({ span, names: namesOf(symbol, version.facts) });
  }
  const places = follow(after, doubted);
  if (!places) return undefined;
  const classes = classesNamed(after.facts, doubted.everywhere);
  return {
    before(offset) {
      if (offset < change.now.start) return offset;
      return offset >= change.now.end ? offset + change.old.end - change.now.end : undefined;
    },
    isIn: (span) =>
      overlaps(span, change.now) || anyWithin(places, span) || classes.some((one) => contains(one, span)),
  };
}

/** Adds what is bound otherwise than before, or by text that the change is in. */
function addChanged(
  old: readonly Binding[],
  now: readonly Binding[],
  change: Change,
  add: (binding: Binding) => void,
): void {
  const isSame = (a: Binding | undefined, b: Binding | undefined): boolean =>
    a !== undefined && b !== undefined && isMoved(a, b, change);
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && isSame(old[start], now[start])) start++;
  let tail = 0;
  while (tail < shorter - start && isSame(old.at(-1 - tail), now.at(-1 - tail))) tail++;
  for (const [index, { within, ...binding }] of old.entries()) {
    if (index >= start && index < old.length - tail) {
      const moved = within && startAfter(within.start, change);
      add(moved === undefined ? binding : { ...binding, within: { start: moved, end: moved } });
    }
  }
  for (const [index, binding] of now.entries())
    if ((index >= start && index < now.length - tail) || overlaps(binding.span, change.now)) add(binding);
}

const isMoved = (a: Binding, b: Binding, change: Change): boolean =>
  isMovedTo(a.span, b.span, change) &&
  a.names.length === b.names.length &&
  a.names.every((name, index) => name === b.names[index]) &&
  (a.within && b.within ? isMovedTo(a.within, b.within, change) : a.within === b.within);

const isMovedTo = (a: Span, b: Span, change: Change): boolean =>
  startAfter(a.start, change) === b.start && placeAfter(a.end, change) === b.end;

/** Whether it brings names that it does not say. */
const bringsMore = ({ wildcard, names, namespace }: ImportFact): boolean =>
  wildcard || (names.length === 0 && namespace === undefined);

/** What has members, where a span is in it and in none of them, nor in a comment. */
function ownersTouched({ facts, text }: Version, { start, end }: Span): SymbolFact[] {
  const { symbols, comments } = facts;
  const written = text.slice(start, end);
  const inside = {
    start: start + written.length - written.trimStart().length,
    // What ends a member is not always a part of it.
    end: start + written.replace(/[\s;,]+$/, '').length,
  };
  if (inside.end <= inside.start || comments.some(({ span }) => contains(span, inside))) return [];
  return symbols.filter(
    (symbol, index) =>
      isOwner(symbol) &&
      overlaps(symbol.span, inside) &&
      !symbols.some(({ container, span }) => container === index && contains(span, inside)),
  );
}

/** What has members and is named there, outside of bodies: a line apart can give it more (`impl Deref for Cart`). */
function ownersNamed({ facts, text, bodies }: Version, span: Span): SymbolFact[] {
  if (spanAt(bodies, span.start)) return [];
  const written = spanText(text, span);
  return facts.symbols.filter((symbol) => isOwner(symbol) && written.includes(symbol.name));
}

/** What has members and such a name, with those of its members that stand elsewhere. */
function classesNamed({ symbols }: FileFacts, names: ReadonlySet<string>): readonly Span[] {
  const isNamed = (symbol: SymbolFact | undefined): boolean =>
    symbol !== undefined && isOwner(symbol) && names.has(symbol.name);
  return symbols
    .filter(
      (symbol) =>
        isNamed(symbol) ||
        (symbol.owner !== undefined && names.has(symbol.owner)) ||
        (symbol.container !== undefined && isNamed(symbols[symbol.container])),
    )
    .map(({ span }) => span);
}
