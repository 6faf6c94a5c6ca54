// A function that is declared but not written: its body is a placeholder, empty, only comments, or not there at all.
import type { SymbolFact } from '../../core/facts.ts';
import { contains, type Span, span, spanText } from '../../core/span.ts';
import { headerSpan } from '../header.ts';
import { plainComment } from '../prose.ts';
import { marker } from './marker.ts';
import {
  extent,
  firstText,
  functionAt,
  isBlankBelow,
  isOpen,
  type Place,
  qualifiedName,
  symbolOf,
  trimmed,
  type Way,
  wholeLines,
} from './place.ts';

export const stubSignature: Way = (place) => {
  const symbol = functionAt(place);
  const target = symbol && stubTarget(place, symbol);
  if (!symbol || !target) return [];
  const { text } = place.file;
  return [
    {
      kind: 'implement',
      title: `Implement \`${qualifiedName(place, symbol)}\``,
      target,
      subject: wholeLines(text, extent(symbol)),
      prose: proseOf(place, symbol),
      symbol: symbolOf(place, symbol),
    },
  ];
};

/** What the implementation replaces; `undefined` for a function that is written already. */
export function stubTarget(place: Place, symbol: SymbolFact): Span | undefined {
  const { text } = place.file;
  const declared = headerSpan(text, place.file.facts, symbol);
  const whole = wholeDeclaration(place, symbol, declared);
  if (!symbol.body) return isBareSignature(place, symbol) ? whole : undefined;

  // Comments between signature and body are part of what is replaced.
  const body = trimmed(text, span(bodyStart(place, symbol, declared), symbol.body.end));
  const docEnd = symbol.doc && contains(body, symbol.doc) ? symbol.doc.end : body.start;
  const rest = trimmed(text, span(docEnd, body.end));
  const code = withoutComments(place, rest);
  if (code !== '' && !isPlaceholder(place, code) && !isPlaceholder(place, spanText(text, rest)))
    return undefined;
  // Text of its own is replaced by itself; a body without lines of its own is written together with its header.
  const onHeaderLine = place.language.indented && firstText(text, body.start) !== body.start;
  if (onHeaderLine) return whole;
  if (rest.start < rest.end) return rest;
  return body.start < body.end ? body : whole;
}

/** From the first text of its line, so that `export` and its like are replaced with it, to its end or the cursor below. */
function wholeDeclaration({ file: { text }, span: here }: Place, symbol: SymbolFact, declared: Span): Span {
  const { end } = trimmed(text, span(declared.start, symbol.span.end));
  const below = isOpen(symbol) && isBlankBelow(text, wholeLines(text, symbol.span).end, here);
  return span(firstText(text, declared.start), below ? here.end : end);
}

/** Where the body begins, comments between it and the header included. */
export function bodyStart({ file }: Place, symbol: SymbolFact, declared: Span): number {
  const first = file.facts.comments.find(
    ({ span: comment }) => comment.start >= declared.end && comment.end <= symbol.body!.start,
  );
  return first ? first.span.start : symbol.body!.start;
}

const isPlaceholder = ({ language }: Place, code: string): boolean =>
  language.placeholders.some((pattern) => new RegExp(pattern).test(code.trim()));

function withoutComments({ file }: Place, where: Span): string {
  let code = '';
  let at = where.start;
  for (const { span: comment } of file.facts.comments) {
    if (!contains(where, comment)) continue;
    code += file.text.slice(at, comment.start);
    at = comment.end;
  }
  return (code + file.text.slice(at, where.end)).trim();
}

// Kinds of declarations that have no body by intent, by the words for it and by what they stand in.
const bodiless = /\b(?:abstract|declare|extern|native)\b/;
const holdsSignatures = new Set(['interface', 'type']);

/** A signature that waits for its body, other than one that is complete without. */
function isBareSignature({ file, snapshot }: Place, symbol: SymbolFact): boolean {
  const { symbols } = file.facts;
  const line = spanText(file.text, wholeLines(file.text, symbol.span));
  if (line.trimEnd().endsWith(';') || bodiless.test(line) || /\.d\.\w+$/.test(snapshot.path)) return false;
  const holder = symbol.container === undefined ? undefined : symbols[symbol.container];
  if (holder && holdsSignatures.has(holder.kind)) return false;
  // An overload is followed by its implementation.
  return !symbols.some(
    (other) => other !== symbol && other.name === symbol.name && other.container === symbol.container,
  );
}

/** What documentation and comments say of it. */
function proseOf({ file }: Place, symbol: SymbolFact): string {
  const inside = file.facts.comments
    .filter(({ span: comment, doc }) => !doc && contains(symbol.span, comment))
    .map(({ span: comment }) => plainComment(spanText(file.text, comment)).replace(marker, ''));
  const doc = symbol.doc ? plainComment(spanText(file.text, symbol.doc)) : '';
  return [doc, ...inside].filter((each) => each !== '').join('\n');
}
