// A file's facts in the order and by the keys that the tracker asks for.
import type { CallFact, FileFacts, MemberFact, SymbolFact } from '../../core/facts.ts';
import { lineAt, lineStarts } from '../../core/lines.ts';
import { findByPlace } from '../../core/places.ts';
import type { Span } from '../../core/span.ts';
import type { CompiledRules } from './compile.ts';
import { type Definition, definitionsIn } from './definitions.ts';
import { createItems, firstFrom, type Item } from './items.ts';

export interface Code {
  readonly text: string;
  readonly facts: FileFacts;
  /** Items that lie in a span and in no other item of it, in order. */
  itemsIn(span: Span): readonly Item[];
  /** The call that is written in exactly this place. */
  callAt(span: Span): CallFact | undefined;
  memberAt(span: Span): MemberFact | undefined;
  /** Functions around an offset, innermost first. */
  functionsAt(offset: number): readonly SymbolFact[];
  /** Functions that begin from one offset on and before another, in order. */
  functionsBetween(from: number, to: number): readonly SymbolFact[];
  /** By the target as written, in order. */
  definitionsOf(target: string): readonly Definition[];
  isDeclared(name: string): boolean;
  /** The smallest indentation of the lines from one offset to another, the latter's included. */
  leastIndentation(from: number, to: number): number;
}

export function createCode(text: string, facts: FileFacts, rules: CompiledRules): Code {
  // Each when it is first asked for: most files have nothing in them for which a value must be followed.
  const definitions = once(() => definitionsIn(text, facts, rules));
  const items = once(() => createItems(text, facts));
  const functions = once(() => functionsIn(facts));
  const around = once(() => functionsAround(functions()));
  const declared = once(() => {
    const declares = facts.symbols.filter(({ kind }) => kind === 'function' || kind === 'class');
    return new Set(declares.map(({ name }) => name));
  });
  return {
    text,
    facts,
    itemsIn: (span) => items()(span),
    callAt: findByPlace(facts.calls),
    memberAt: findByPlace(facts.members),
    functionsAt: (offset) => around()(offset),
    functionsBetween: (from, to) =>
      functions().slice(firstFrom(functions(), from), firstFrom(functions(), to)),
    definitionsOf: (target) => definitions().get(target) ?? [],
    isDeclared: (name) => declared().has(name),
    leastIndentation: indentationIn(text),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** By place, the longer first. */
const functionsIn = ({ symbols }: FileFacts): readonly SymbolFact[] =>
  symbols
    .filter(({ kind }) => kind === 'function' || kind === 'method' || kind === 'constructor')
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);

function functionsAround(functions: readonly SymbolFact[]): Code['functionsAt'] {
  /** Each with those around it, innermost first. */
  const chains: (readonly SymbolFact[])[] = [];
  let open: readonly SymbolFact[] = [];
  for (const one of functions) {
    while (open.length > 0 && open[0]!.span.end <= one.span.start) open = open.slice(1);
    open = [one, ...open];
    chains.push(open);
  }
  const byPlace = new Map<number, readonly SymbolFact[]>();
  return (offset) => {
    const known = byPlace.get(offset);
    if (known) return known;
    const chain = chains[firstFrom(functions, offset + 1) - 1] ?? [];
    const inner = chain.findIndex(({ span }) => offset < span.end);
    const around = inner < 0 ? [] : chain.slice(inner);
    byPlace.set(offset, around);
    return around;
  };
}

function indentationIn(text: string): Code['leastIndentation'] {
  let starts: readonly number[] | undefined;
  const known: (number | undefined)[] = [];
  const indentation = (line: number, start: number): number => {
    known[line] ??=
      /^[ \t]*(?=\S)/.exec(text.slice(start, start + 200))?.[0].length ?? Number.POSITIVE_INFINITY;
    return known[line];
  };
  return (from, to) => {
    starts ??= lineStarts(text);
    let least = Number.POSITIVE_INFINITY;
    const last = lineAt(starts, to);
    for (let line = lineAt(starts, from); line <= last; line++) {
      least = Math.min(least, indentation(line, starts[line]!));
    }
    return least;
  };
}
