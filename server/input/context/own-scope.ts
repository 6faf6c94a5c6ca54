// The file's own scope around the place: what the enclosing declarations offer, what else the file declares, its imports.
import type { SymbolFact } from '../../core/facts.ts';
import { contains, overlaps, type Span, span, spanText } from '../../core/span.ts';
import type { Snippet } from '../../core/task.ts';
import { maxSiblings } from './limits.ts';
import { covering, goesOn, signatureOf, skeletonOf, type Text } from './skeleton.ts';
import type { ContextQuestion, Nearby, Source } from './source.ts';

export const ownScope: Source = (_run, question, nearby) => [
  ...enclosing(question, nearby),
  ...siblings(question, nearby),
  ...imports(question),
];

/** The class around the place with all of its members: what `self` and `this` have. */
function enclosing({ snapshot, file, language, offset }: ContextQuestion, nearby: Nearby): Snippet[] {
  const source: Text = file;
  return source.facts.symbols
    .filter(({ kind, span: whole }) => kind !== 'function' && kind !== 'method' && inside(whole, offset))
    .map((symbol) => ({ symbol, text: skeletonOf(source, symbol, language, nearby.closeness) }))
    .filter(({ text }) => text.includes('\n'))
    .map(({ symbol, text }) => ({
      path: snapshot.path,
      span: symbol.span,
      text,
      reason: `members of \`${symbol.name}\`, around this place`,
      score: 0.85,
    }));
}

/** What the file declares at its top level, nearest by name first; shown in the order of the file. */
function siblings(question: ContextQuestion, nearby: Nearby): Snippet[] {
  const { file, offset, subject } = question;
  const here = subject ?? span(offset, offset);
  const others = file.facts.symbols.filter(
    (symbol) =>
      symbol.container === undefined &&
      !overlaps(symbol.span, here) &&
      isDeclaration(symbol) &&
      !goesOn(file.text, symbol),
  );
  const rated = others.map((symbol) => ({ symbol, close: nearby.closeness(symbol.name) }));
  rated.sort((a, b) => b.close - a.close);
  const used = rated.filter(({ close }) => close > 0.7);
  const rest = rated.filter(({ close }) => close <= 0.7).slice(0, maxSiblings);
  return [
    ...used.map(({ symbol, close }) => ({
      path: question.snapshot.path,
      span: symbol.span,
      text: skeletonOf(file, symbol, question.language, nearby.closeness),
      reason: 'in this file, named here',
      score: 0.6 + close * 0.3,
    })),
    ...together(
      question,
      rest.map(({ symbol }) => symbol),
    ),
  ];
}

/** One snippet for all that the place does not name: each alone is worth too little. */
function together({ snapshot, file }: ContextQuestion, symbols: readonly SymbolFact[]): Snippet[] {
  if (symbols.length === 0) return [];
  const ordered = [...symbols].sort((a, b) => a.span.start - b.span.start);
  return [
    {
      path: snapshot.path,
      span: covering(ordered.map((symbol) => symbol.span)),
      text: ordered.map((symbol) => signatureOf(file, symbol)).join('\n'),
      reason: 'also declared in this file',
      score: 0.4,
    },
  ];
}

// A variable's whole statement is its signature, which may be any expression: constants and types tell more.
const isDeclaration = ({ kind }: SymbolFact): boolean => kind !== 'variable' && kind !== 'field';

function imports({ snapshot, file }: ContextQuestion): Snippet[] {
  const spans: Span[] = [];
  for (const { span: statement, optional } of file.facts.imports) {
    const known = spans.some((each) => contains(each, statement));
    if (!known && !optional) spans.push(statement);
  }
  if (spans.length === 0) return [];
  return [
    {
      path: snapshot.path,
      span: covering(spans),
      text: spans.map((each) => spanText(file.text, each)).join('\n'),
      reason: 'imports of this file',
      score: 0.7,
    },
  ];
}

const inside = (whole: Span, offset: number): boolean => contains(whole, span(offset, offset));
