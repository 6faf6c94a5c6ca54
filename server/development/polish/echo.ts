// The whole function or file where only its inside was wanted: drops what stands before the target already.
import { balanceOf, scan } from './brackets.ts';
import type { Filter, PolishContext } from './context.ts';
import { isBlank, isTelling, lastLines, leadOf, linePrefix, linesOf, normal, widthOf } from './lines.ts';

/** Lines of the file that are compared; signatures and doc comments are shorter. */
const maximumLines = 80;

/** The declaration that the target is the inside of. */
interface Header {
  /** From its first line to the one that opens the block. */
  readonly lines: readonly string[];
  /** What stands between it and the target: a doc comment. */
  readonly inside: readonly string[];
}

/** A replacement is looked through for the declaration; an insertion must begin with it, on a line of its own. */
export const withoutEcho: Filter = (text, context) => {
  const lines = linesOf(text);
  const header = headerOf(context);
  if (context.mode === 'insert') {
    if (!header || !isBlank(linePrefix(context.before)) || !beginsAlike(lines, header)) return text;
    const end = endOfSame(lines, header, true) ?? endOfNamed(text, lines, header, context, true);
    return end === undefined
      ? text
      : atLevel(withoutInside(lines.slice(end), header), linePrefix(context.before));
  }
  const run = repeatedRun(lines, lastLines(context.before, maximumLines));
  if (run > 0) return lines.slice(run).join('\n');
  if (!header) return text;
  const end = endOfSame(lines, header, false) ?? endOfNamed(text, lines, header, context, false);
  return end === undefined ? text : withoutInside(lines.slice(end), header).join('\n');
};

/**
 * Whether the first line begins with the same word as the header, and the header names something with parameters: a
 * condition may well stand inside of the same condition, a declaration hardly.
 */
function beginsAlike(lines: readonly string[], { lines: header }: Header): boolean {
  const firstWord = (line: string): string => /^\s*([\p{L}_]+)/u.exec(line)?.[1] ?? '';
  const word = firstWord(header[0] ?? '');
  const first = lines.find((line) => !isBlank(line)) ?? '';
  return (
    word !== '' &&
    firstWord(first) === word &&
    /^\s*[\p{L}_]+\s[^=]*[\p{L}\p{N}_$]\s*\(/u.test(header[0] ?? '')
  );
}

/** The lines moved so that the first stands at the cursor's level. */
function atLevel(lines: readonly string[], level: string): string {
  const own = leadOf(lines.find((line) => !isBlank(line)) ?? '');
  return lines
    .map((line) => (line.startsWith(own) && !isBlank(line) ? level + line.slice(own.length) : line))
    .join('\n');
}

/** How many lines at the beginning are the last lines before the target, blank ones left out of the comparison. */
function repeatedRun(lines: readonly string[], before: readonly string[]): number {
  const said = lines.flatMap((line, at) => (isBlank(line) ? [] : [{ line: normal(line), at }]));
  for (let count = Math.min(said.length, before.length); count > 0; count--) {
    const tail = before.slice(-count).map(normal);
    if (!tail.some(isTelling)) continue;
    if (tail.every((line, index) => line === said[index]!.line)) return said[count - 1]!.at + 1;
  }
  return 0;
}

function headerOf(context: PolishContext): Header | undefined {
  const { before, language } = context;
  const lines = lastLines(before, maximumLines);
  // A target that begins within its line leaves that line's indentation behind.
  if (isBlank(linePrefix(before)) && lines.length === 0) return undefined;
  const level = widthOf(levelOf(context));
  const opens = (line: string): boolean =>
    /[{:([]\s*$|=>\s*$|\b(do|then)\s*$/.test(withoutComment(line, language));
  let end = lines.length - 1;
  while (end >= 0 && !(widthOf(leadOf(lines[end]!)) < level && opens(lines[end]!))) end--;
  if (end < 0) return undefined;
  // Back to the line where its brackets begin, as a signature may be spread over several.
  let start = end;
  const closes = (from: number): boolean =>
    balanceOf(scan(lines.slice(from, end + 1).join('\n'), language)).close.length === 0;
  while (start > 0 && !closes(start)) start--;
  return { lines: lines.slice(start, end + 1), inside: lines.slice(end + 1) };
}

/** Indentation of the target's content. */
function levelOf({ before, replaced }: PolishContext): string {
  const first = linesOf(replaced).findIndex((line) => !isBlank(line));
  if (first > 0) return leadOf(linesOf(replaced)[first]!);
  const prefix = linePrefix(before);
  if (first === 0 && isBlank(prefix)) return prefix + leadOf(replaced);
  if (prefix !== '' && isBlank(prefix)) return prefix;
  // Nothing there to tell: anything indented at all is inside of something.
  return `${leadOf(lastLines(before, 1)[0] ?? '')} `;
}

const withoutComment = (line: string, language: PolishContext['language']): string => {
  const mark = language?.comment.line;
  const at = mark === undefined ? -1 : line.lastIndexOf(` ${mark}`);
  return at < 0 ? line : line.slice(0, at);
};

/** Index of the line after the same header, whatever its layout. */
function endOfSame(lines: readonly string[], { lines: header }: Header, atOnce: boolean): number | undefined {
  const wanted = squeeze(header.join(''));
  if (!isTelling(wanted)) return undefined;
  const first = lines.findIndex((line) => !isBlank(line));
  for (let start = 0; start < (atOnce ? first + 1 : lines.length); start++) {
    let joined = '';
    for (let at = start; at < lines.length && joined.length < wanted.length; at++) {
      joined += squeeze(lines[at]!);
      if (joined === wanted) return at + 1;
      if (!wanted.startsWith(joined)) break;
    }
  }
  return undefined;
}

/** Layout and the comma after a last parameter do not count. */
const squeeze = (text: string): string => text.replace(/\s+/g, '').replace(/,([)\]}])/g, '$1');

/** Index of the line after a header of the same name, whose parameters the model has written differently. */
function endOfNamed(
  text: string,
  lines: readonly string[],
  { lines: header }: Header,
  { language }: PolishContext,
  atOnce: boolean,
): number | undefined {
  const name = nameOf(header.join('\n'));
  if (name === undefined) return undefined;
  const starts = lines.map((_, index) => lines.slice(0, index).join('\n').length + (index > 0 ? 1 : 0));
  const { brackets } = scan(text, language);
  const opens = new RegExp(`(^|[^\\p{L}\\p{N}_$.])${escaped(name)}\\s*(<[^()]*>)?\\s*\\(`, 'u');
  const first = lines.findIndex((line) => !isBlank(line));
  for (const [index, line] of lines.entries()) {
    if (atOnce && index > first) return undefined;
    const match = opens.exec(line);
    if (!match || match.index + match[0].length === 0) continue;
    const from = starts[index]! + match.index + match[0].length - 1;
    const close = closingOf(brackets, from);
    if (close === undefined) return undefined;
    const at = text.indexOf(language?.indented ? ':' : '{', close);
    if (at < 0) return undefined;
    const end = text.indexOf('\n', at);
    // A body on the header's own line stays a whole.
    if (end < 0 || !isBlank(withoutComment(text.slice(at + 1, end), language))) return undefined;
    return starts.findIndex((start) => start > end);
  }
  return undefined;
}

function closingOf(brackets: ReturnType<typeof scan>['brackets'], from: number): number | undefined {
  let depth = 0;
  for (const { at, char } of brackets) {
    if (at < from) continue;
    depth += '([{'.includes(char) ? 1 : -1;
    if (depth === 0) return at;
  }
  return undefined;
}

/** The declared name: what stands before the parameters, which are not the first word of the line. */
function nameOf(header: string): string | undefined {
  const names = [...header.matchAll(/([\p{L}_$][\p{L}\p{N}_$]*)\s*(<[^()]*>)?\s*\(/gu)];
  const found = names.find(({ index }) => header.slice(0, index).trim() !== '') ?? names[0];
  return found?.[1];
}

const escaped = (text: string): string => text.replace(/[$]/g, '\\$&');

/** Drops the doc comment that stands before the target, also when the model has worded it differently. */
function withoutInside(lines: readonly string[], { inside }: Header): readonly string[] {
  const [first] = inside;
  if (first === undefined) return lines;
  const run = repeatedRun(lines, inside);
  if (run > 0) return lines.slice(run);
  const quote = /^\s*[a-zA-Z]?("""|'''|"|')/.exec(first)?.[1];
  const start = lines.findIndex((line) => !isBlank(line));
  const opened = quote === undefined ? -1 : (lines[start]?.indexOf(quote) ?? -1);
  if (quote === undefined || opened < 0 || !/^\s*[a-zA-Z]?$/.test(lines[start]!.slice(0, opened)))
    return lines;
  const end = lines.findIndex((line, at) =>
    at === start ? line.indexOf(quote, opened + quote.length) > 0 : at > start && line.includes(quote),
  );
  return end < 0 ? lines : lines.slice(end + 1);
}
