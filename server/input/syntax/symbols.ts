// Captures of symbols.scm → declarations of a chunk, with all that they say of themselves.
import type { ParameterFact, SymbolFact, SymbolKind } from '../../core/facts.ts';
import type { Span } from '../../core/span.ts';
import { insideOf } from './braces.ts';
import { captureNamed, type Match, spansNamed } from './captures.ts';
import { readParameters } from './parameters.ts';
import { unquoted } from './quotes.ts';

/** A declaration as its chunk knows it: without what only the whole file can tell. */
export interface ChunkSymbol extends Omit<SymbolFact, 'container'> {
  /** It belongs to the class around, not to the method that it stands in. */
  readonly ofClass?: boolean;
  /** The name of its type, where it does not stand inside of it. */
  readonly owner?: string;
}

export interface ChunkSymbols {
  readonly symbols: readonly ChunkSymbol[];
  /** Nodes before a declaration that belong to it. */
  readonly attributes: readonly Span[];
}

const prefix = 'symbol.';
const valued = new Set<SymbolKind>(['variable', 'constant', 'field', 'type']);
const callable = new Set<SymbolKind>(['function', 'method', 'constructor']);

interface Context {
  readonly text: string;
  /** Documentation inside of a body, by where that begins. */
  readonly docs: ReadonlyMap<number, Span>;
  /** By where their list begins. */
  readonly parameters: ReadonlyMap<number, readonly ParameterFact[]>;
}

export function readSymbols(matches: readonly Match[], text: string): ChunkSymbols {
  const docs = new Map<number, Span>();
  const byName = new Map<number, Match[]>();
  for (const match of matches) {
    const name = captureNamed(match, 'name');
    const doc = captureNamed(match, 'doc');
    const body = captureNamed(match, 'body');
    if (doc && body) docs.set(body.span.start, doc.span);
    if (!name) continue;
    const known = byName.get(name.span.start);
    if (known) known.push(match);
    else byName.set(name.span.start, [match]);
  }
  const context = { text, docs, parameters: readParameters(matches, text) };
  return {
    symbols: [...byName.values()].flatMap((of) => toSymbol(of, context)),
    attributes: spansNamed(matches, 'attribute'),
  };
}

/** @param matches all that have the same name node. */
function toSymbol(matches: Match[], { text, docs, parameters }: Context): ChunkSymbol[] {
  const latestFirst = matches.sort((a, b) => b.pattern - a.pattern);
  const best = latestFirst.find(({ captures }) => captures.some(({ name }) => name.startsWith(prefix)));
  if (!best) return [];
  const whole = best.captures.find(({ name }) => name.startsWith(prefix))!;
  const bestFirst = [best, ...latestFirst];
  const find = (wanted: string): Span | undefined => {
    for (const match of bestFirst) {
      const found = captureNamed(match, wanted);
      if (found) return found.span;
    }
    return undefined;
  };
  const nameSpan = find('name')!;
  // The kind is part of the capture's name; a test over all languages holds the names to the known kinds.
  const kind = whole.name.slice(prefix.length) as SymbolKind;
  const body = find('body');
  const doc = body && docs.get(body.start);
  const list = find('parameters');
  const owner = find('owner');
  const receiver = find('receiver');
  const from = captureNamed(best, 'signature')?.span ?? whole.span;
  const bases = distinct(spansNamed(matches, 'base'));
  const returns = find('returns');
  const type = valued.has(kind) ? find('type') : undefined;
  const value = valued.has(kind) ? find('value') : undefined;
  const isCallable = list !== undefined && callable.has(kind);
  const end = signatureEnd(text, { isCallable, from, nameSpan, body, type });
  return [
    {
      name: unquoted(text, nameSpan),
      kind,
      span: whole.span,
      nameSpan,
      signature: { start: from.start, end: from.start + text.slice(from.start, end).trimEnd().length },
      ...(body && { body: insideOf(text, body) }),
      ...(doc && { doc }),
      ...(list && { parameters: parameters.get(list.start) ?? [] }),
      ...(returns && { returns }),
      ...(type && { type }),
      ...(value && { value }),
      ...(bases.length > 0 && { bases }),
      modifiers: distinct(spansNamed(matches, 'modifier')).flatMap((span) => plainModifier(text, span)),
      ...(whole.properties?.of === 'class' && { ofClass: true }),
      ...(receiver && { receiver }),
      ...(owner && { owner: text.slice(owner.start, owner.end) }),
    },
  ];
}

/** A keyword or the name of a decorator: without its mark, arguments and what else is no word. */
const plainModifier = (text: string, { start, end }: Span): string[] =>
  /^[\s@]*([\p{L}_][^\s(]*)/u.exec(text.slice(start, end))?.slice(1, 2) ?? [];

function signatureEnd(
  text: string,
  of: { isCallable: boolean; from: Span; nameSpan: Span; body: Span | undefined; type: Span | undefined },
): number {
  if (of.body) return of.body.start;
  if (of.isCallable) return of.from.end;
  return Math.min(of.from.end, Math.max(endOfLine(text, of.nameSpan.end), of.type?.end ?? 0));
}

function distinct(spans: readonly Span[]): readonly Span[] {
  if (spans.length < 2) return spans;
  const byStart = new Map(spans.map((span) => [span.start, span]));
  return [...byStart.values()].sort((a, b) => a.start - b.start);
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}
