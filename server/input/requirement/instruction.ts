// An instruction in a comment: `TODO: …`, or words that stand alone where code should be.
import type { SymbolFact } from '../../core/facts.ts';
import { type Span, span, spanText } from '../../core/span.ts';
import { plainComment } from '../prose.ts';
import { marker } from './marker.ts';
import {
  type CommentBlock,
  commentAt,
  extent,
  functionAt,
  isCallable,
  type Place,
  qualifiedName,
  shortened,
  symbolOf,
  type Way,
  wholeLines,
} from './place.ts';
import { stubTarget } from './stub-signature.ts';

// Comments to tools, not to people.
const directive =
  /^(?:!|@ts-|eslint|biome|prettier|istanbul|c8|v8|noqa|type:|pylint|pragma|region|endregion|go:|nolint|clippy|rustfmt|NOLINT|-\*-|vim?:|sourceMappingURL|<reference)/i;
const minWords = 3;

export const instruction: Way = (place) => {
  const block = commentAt(place);
  if (!block || block.doc) return [];
  const { text } = place.file;
  const words = plainComment(spanText(text, block.span));
  if (directive.test(words) || words.split(/\s+/).length < minWords || looksLikeCode(words)) return [];
  const around = functionAt(place);
  // In a function that is not written yet, the comment is part of what asks for it.
  if (around && stubTarget(place, around)) return [];

  const asks = marker.test(words);
  const below = declarationBelow(place, block);
  if (asks && below) return [rewriteBelow(place, block, below, words)];
  // Without a marker a comment asks only where nothing follows that it could describe.
  if (!asks && (below || codeFollows(text, block.span) || place.span.start !== place.span.end)) return [];
  if (!asks && isFileHeader(text, block.span)) return [];
  const prose = (asks ? words.replace(marker, '').trim() : '') || words;
  return [
    {
      kind: 'implement',
      title: `Write code for “${shortened(prose)}”`,
      target: block.span,
      subject: wholeLines(text, block.span),
      prose,
    },
  ];
};

function rewriteBelow(
  place: Place,
  block: CommentBlock,
  symbol: SymbolFact,
  words: string,
): ReturnType<Way>[number] {
  const { text } = place.file;
  const target = span(block.span.start, extent(symbol).end);
  const prose = words.replace(marker, '').trim() || words;
  return {
    kind: 'rewrite',
    title: `Rewrite \`${qualifiedName(place, symbol)}\`: “${shortened(prose)}”`,
    target,
    subject: wholeLines(text, target),
    prose,
    symbol: symbolOf(place, symbol),
  };
}

/** The function that begins on the line after the comment. */
function declarationBelow({ file }: Place, block: CommentBlock): SymbolFact | undefined {
  return file.facts.symbols.find((symbol) => {
    const { start } = extent(symbol);
    if (!isCallable(symbol) || start < block.span.end) return false;
    const line = wholeLines(file.text, span(start, start)).start;
    return /^[ \t]*\r?\n$/.test(file.text.slice(block.span.end, line));
  });
}

/** Whether code of the same block stands on the next line. */
function codeFollows(text: string, comment: Span): boolean {
  const after = text.slice(wholeLines(text, comment).end);
  const next = /^\r?\n([ \t]*)(\S)/.exec(after);
  if (!next) return false;
  const column = comment.start - wholeLines(text, comment).start;
  return next[1]!.length >= column && !/[})\]]/.test(next[2]!);
}

/** A comment at the very top introduces the file. */
const isFileHeader = (text: string, comment: Span): boolean =>
  text.slice(0, comment.start).replace(/^#!.*/, '').trim() === '';

/** Code that was commented out asks for nothing. */
const looksLikeCode = (words: string): boolean =>
  /[;{}]\s*$|^\s*(?:return|import|from|const|let|var|def|if|for|while)\b.*[=(:]|\w\(.*\)\s*$|^\S+\s*=\s*\S/m.test(
    words,
  );
