// What is asked of the engine and what it answers, and a request taken apart into the tokens around the cursor.
import { indentationAt, lineSpanAt } from '../../../core/lines.ts';
import type { Span } from '../../../core/span.ts';
import { beginsPair, isWordAt } from './characters.ts';
import type { Lexer, Token } from './lexer.ts';
import { maxDocumentLength } from './limits.ts';

export interface CompletionRequest {
  /** Names the document: its indexed version is replaced by `text`. */
  readonly path: string;
  readonly text: string;
  readonly offset: number;
  /** Whether the text after the cursor may be used. It may, unless that is what is measured. */
  readonly after?: boolean;
  /** More than one allows blocks of lines. */
  readonly lines?: number;
  readonly alternatives?: number;
  /** Suggestions less sure than this are kept back; absent means the threshold that is right for showing. */
  readonly threshold?: number;
  /** Milliseconds that may be used at most. */
  readonly patience?: number;
  /** Names that can be used at the cursor without importing them, where a parser has told. */
  readonly names?: readonly UsableName[] | undefined;
  /** Members of the value before the cursor (`value.`), where its type is certain. */
  readonly members?: readonly string[] | undefined;
}

export interface UsableName {
  readonly name: string;
  readonly kind: 'parameter' | 'variable' | 'function' | 'class' | 'import' | 'type';
}

/** Text to insert at the cursor. */
export interface Suggestion {
  readonly text: string;
  /** How likely it is that the user means exactly this, 0 to 1. */
  readonly confidence: number;
  readonly tokens: number;
  /** Whether it goes to the end of its line, or is only the part that is certain. */
  readonly whole: boolean;
}

/** The tokens around a cursor. */
export interface Place {
  readonly before: Int32Array;
  /** From the end of the cursor's line on, its line break first. */
  readonly after: Int32Array;
  /** The beginning of a word or operator that stands right before the cursor. */
  readonly typed: string;
  /** Whether a space stands before the typed word, or before the cursor where there is none. */
  readonly space: boolean;
  /** What stands between the cursor and the end of its line, without spaces around it. */
  readonly rest: string;
  /** The first token of `rest`. */
  readonly stop: Token | undefined;
  readonly indentation: string;
  readonly lineBreak: string;
  /** What stands before the cursor on its line, without the indentation. */
  readonly lineStart: string;
  /** The next lines that are not blank, without the spaces around them. */
  readonly linesBelow: readonly string[];
  /** The one before the cursor's, the same way. */
  readonly lineAbove: string;
  /** How often such a line stands in the document, apart from the cursor's own; counted up to three before it and after it. */
  readonly timesLine: (line: string) => number;
}

export function placeOf(lexer: Lexer, { text, offset, after = true }: CompletionRequest): Place {
  const line = lineSpanAt(text, offset);
  const from = startOfWindow(text, offset);
  let typedStart = offset;
  while (typedStart > from && isWordAt(text, typedStart - 1)) typedStart--;
  let before = lexer.lex(text, from, typedStart);
  if (
    typedStart === offset &&
    offset > from &&
    beginsPair(text, offset - 1) &&
    before.lastStart === offset - 1
  ) {
    // An operator may be half typed as a word may.
    typedStart--;
    before = lexer.lex(text, from, typedStart);
  }
  const indentation = indentationAt(text, offset).slice(0, offset - line.start);
  const restOfLine = after ? text.slice(offset, line.end) : '';
  const rest = restOfLine.trim();
  // Blank lines at the end of the document say nothing of what is to come before them.
  const isLast = !after || text.slice(line.end).trim() === '';
  const until = isLast ? line.end : Math.min(text.length, line.end + maxDocumentLength);
  return {
    before: before.tokens,
    after: lexer.lex(text, line.end, until, indentation).tokens,
    typed: text.slice(typedStart, offset),
    space: before.pendingSpace,
    rest,
    stop: rest === '' ? undefined : lexer.lex(rest, 0, rest.length, '').tokens[0],
    indentation,
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
    lineStart: text.slice(line.start, offset).trimStart(),
    lineAbove: lastLine(text, line.start),
    timesLine: timesLineIn(text, from, line, after ? until : line.end),
    linesBelow: after ? linesAfter(text, line.end) : [],
  };
}

/** The start of the line from which a very long document is looked at. */
function startOfWindow(text: string, offset: number): number {
  if (offset <= maxDocumentLength) return 0;
  return text.indexOf('\n', offset - maxDocumentLength) + 1;
}

/** The last line before an offset that is not blank, without the spaces around it. */
function lastLine(text: string, end: number): string {
  const near = text.slice(Math.max(0, end - maxLineLength), end).trimEnd();
  return near.slice(near.lastIndexOf('\n') + 1).trim();
}

/** Lines below the cursor that are compared with what is proposed, and characters in which they are looked for. */
const maxLinesBelow = 12;
const reachBelow = 4_000;

const linesAfter = (text: string, end: number): string[] =>
  text
    .slice(end, end + reachBelow)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, maxLinesBelow);

const maxLineLength = 1_000;
const maxTimes = 3;

/** How often a line stands in the parts of a text before and after one line, whatever its indentation. */
function timesLineIn(text: string, from: number, without: Span, until: number): (line: string) => number {
  // Counted at the first question, and then for all of them.
  let parts: ReadonlyMap<string, number>[] | undefined;
  return (wanted) => {
    parts ??= [linesIn(text, from, without.start), linesIn(text, without.end, until)];
    return parts.reduce((sum, part) => sum + Math.min(maxTimes, part.get(wanted) ?? 0), 0);
  };
}

function linesIn(text: string, from: number, until: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let start = from; start < until; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 || found > until ? until : found;
    const line = text.slice(start, end).trim();
    counts.set(line, (counts.get(line) ?? 0) + 1);
    start = end + 1;
  }
  return counts;
}
