// Declarations as a reader needs them to call them: signatures as written, each with its documentation's first line.
import type { FileFacts, SymbolFact } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import { indentationAt, lineSpanAt } from '../../core/lines.ts';
import { contains, type Span, span, spanText } from '../../core/span.ts';
import { headerSpan } from '../header.ts';
import { plainComment } from '../prose.ts';
import { maxDocLine, maxMembers, maxMembersAside, maxSignature } from './limits.ts';

/** A text and the facts made from it. */
export interface Text {
  readonly text: string;
  readonly facts: FileFacts;
}

const holdsMembers = new Set(['class', 'interface', 'enum', 'module', 'type']);

/** Signatures with and without their documentation, kept as long as the facts that they are read from. */
const signatures = new WeakMap<SymbolFact, string>();
const documented = new WeakMap<SymbolFact, string>();

function keptIn(kept: WeakMap<SymbolFact, string>, symbol: SymbolFact, make: () => string): string {
  const known = kept.get(symbol);
  if (known !== undefined) return known;
  const made = make();
  kept.set(symbol, made);
  return made;
}

/** The signature of a symbol, with its indentation. */
export const signatureOf = (source: Text, symbol: SymbolFact): string =>
  keptIn(signatures, symbol, () => readSignature(source, symbol));

function readSignature({ text, facts }: Text, symbol: SymbolFact): string {
  const whole = spanText(text, headerSpan(text, facts, symbol)).trimEnd();
  const shown =
    whole.length > maxSignature ? `${whole.slice(0, whole.lastIndexOf('\n', maxSignature) + 1)}…` : whole;
  return `${indentationAt(text, symbol.signature.start)}${modifiers(text, symbol)}${shown}`;
}

/** The signature with the first line of its documentation as a comment behind it. */
const documentedSignature = (source: Text, symbol: SymbolFact, language: Language): string =>
  keptIn(documented, symbol, () => {
    const doc = docLine(source.text, source.facts, symbol);
    const comment = doc === '' ? '' : `  ${asComment(doc, language)}`;
    return signatureOf(source, symbol) + comment;
  });

/**
 * The signature, and for what holds members theirs: those first that `rate` puts high where there are too many, in the
 * order of the file.
 */
export function skeletonOf(
  source: Text,
  symbol: SymbolFact,
  language: Language,
  rate: (name: string) => number,
): string {
  const lines = [documentedSignature(source, symbol, language)];
  if (!holdsMembers.has(symbol.kind)) return lines[0]!;
  const members = membersOf(source, symbol, rate);
  const limit = rate(symbol.name) > 0 ? maxMembers : maxMembersAside;
  if (members.length === 0 && symbol.body && spanText(source.text, symbol.span).length <= maxSignature) {
    // A type or an enumeration whose members are no declarations of their own is best told by all of it.
    const whole = spanText(source.text, span(symbol.signature.start, symbol.span.end));
    return indentationAt(source.text, symbol.signature.start) + modifiers(source.text, symbol) + whole;
  }
  const kept = [...members].sort((a, b) => rate(b.name) - rate(a.name)).slice(0, limit);
  for (const member of members)
    if (kept.includes(member)) lines.push(documentedSignature(source, member, language));
  return lines.join('\n');
}

/** Members declared in a symbol itself that a reader of it may use. */
function membersOf({ text, facts }: Text, symbol: SymbolFact, rate: (name: string) => number): SymbolFact[] {
  const index = facts.symbols.indexOf(symbol);
  return facts.symbols.filter((member) => {
    if (member.container !== index || goesOn(text, member)) return false;
    const beforeName = text.slice(lineSpanAt(text, member.nameSpan.start).start, member.nameSpan.start);
    const hidden = /\bprivate\b/.test(beforeName) || /^[_#](?!_)/.test(member.name);
    return !hidden || rate(member.name) > 0;
  });
}

/** A variable whose value takes further lines: its first says nothing and all of them too much. */
export const goesOn = (text: string, { signature }: SymbolFact): boolean =>
  /[([{]$/.test(spanText(text, signature).trimEnd());

/** The first top-level declaration of a name. */
export const topLevelSymbol = ({ facts }: Text, name: string): SymbolFact | undefined =>
  facts.symbols.find((symbol) => symbol.name === name && symbol.container === undefined);

/** What stands before the signature on its line: `export`, `pub`, `public static`. Part of how it may be used. */
const modifiers = (text: string, { signature }: SymbolFact): string => {
  const { start } = lineSpanAt(text, signature.start);
  const before = text.slice(start, signature.start).trimStart();
  return /^[\w \t()]*$/.test(before) ? before : '';
};

function docLine(text: string, facts: FileFacts, symbol: SymbolFact): string {
  if (!symbol.doc) return '';
  // A class's docstring is not that of its first field.
  const owner = facts.symbols.find(
    ({ doc }) => doc && contains(doc, symbol.doc!) && contains(symbol.doc!, doc),
  );
  if (owner !== symbol) return '';
  const first = plainComment(spanText(text, symbol.doc)).split('\n', 1)[0]!;
  // A line of tags tells nothing without the rest.
  if (/^[:@\\]/.test(first)) return '';
  return first.length > maxDocLine ? `${first.slice(0, maxDocLine)}…` : first;
}

export function asComment(line: string, { comment }: Language): string {
  if (comment.line) return `${comment.line} ${line}`;
  return comment.block ? `${comment.block[0]} ${line} ${comment.block[1]}` : '';
}

/** The span from the first to the last of several. */
export const covering = (spans: readonly Span[]): Span =>
  span(Math.min(...spans.map(({ start }) => start)), Math.max(...spans.map(({ end }) => end)));
