// What stands around a place, by the layout of the text: the lines that open the blocks it is in, and those that end them.
import { matches } from '../../core/inheritance.ts';

/** Lines of one header: nobody breaks one over more. */
const maxHeader = 12;

/** Blocks that are looked at outwards. */
const maxBlocks = 12;

/** Lines after a block in which the clause that ends it is looked for. */
const maxBody = 200;

interface Clauses {
  /** Regular expression over the beginning of a line that goes on with the block above. */
  readonly continuation?: string;
  /** The same for what runs only when the block above it has failed. */
  readonly handler?: string;
  /** Regular expression over the last line of a handler: it lets the failure pass, so that nobody counts on that. */
  readonly passedOn?: string;
}

/**
 * Headers of the blocks around a place with what stands above them on the same level as a part of them (`try` of an `except`,
 * decorators), what follows each block at once (`except`, `})`), and the lines of the place itself. What handles a failure is
 * among them for the block that may fail only.
 */
export function linesAround(text: string, start: number, end: number, clauses: Clauses): string {
  const lines = linesUpTo(text, end);
  const first = lineCount(text, start) - 1;
  const last = lines.length - 1;
  const found: string[] = lines.slice(first, last + 1);
  const after = text.slice(lines.reduce((sum, line) => sum + line.length + 1, 0)).split('\n', maxBody);
  let indent = indentOf(lines[first]!);
  let blocks = 0;
  for (let at = first - 1; at >= 0 && indent > 0 && blocks < maxBlocks; at--) {
    const line = lines[at]!;
    if (line.trim() === '' || indentOf(line) >= indent) continue;
    blocks++;
    indent = indentOf(line);
    at = takeHeader(lines, at, indent, found, clauses);
    takeEnd(after, indent, startsWith(clauses.continuation, line), found, clauses);
  }
  // What the statement of the place itself begins and ends with.
  const own = indentOf(lines[first]!);
  takeHeader(lines, first, own, found, clauses);
  return found.join('\n');
}

/** @param isClause whether the block goes on with another one above it, so that what handles a failure is none of its own. */
function takeEnd(
  after: readonly string[],
  indent: number,
  isClause: boolean,
  found: string[],
  { continuation, handler, passedOn }: Clauses,
): void {
  for (const [index, next] of after.entries()) {
    if (next.trim() === '' || indentOf(next) > indent) continue;
    if (indentOf(next) < indent) return;
    const isHandler = startsWith(handler, next);
    if (!isHandler || !(isClause || startsWith(passedOn, lastOf(after.slice(index + 1), indent))))
      found.push(next);
    if (!startsWith(continuation, next)) return;
  }
}

/** The last line of a block. */
function lastOf(lines: readonly string[], indent: number): string {
  const end = lines.findIndex((line) => line.trim() !== '' && indentOf(line) <= indent);
  return (end < 0 ? lines : lines.slice(0, end)).findLast((line) => line.trim() !== '') ?? '';
}

const startsWith = (clause: string | undefined, line: string): boolean =>
  clause !== undefined && matches(clause, line.trimStart());

/** @returns the line that it begins with. */
function takeHeader(
  lines: readonly string[],
  from: number,
  indent: number,
  found: string[],
  { continuation, handler }: Clauses,
): number {
  let at = from;
  const push = (line: string): void => {
    if (!startsWith(handler, line)) found.push(line);
  };
  push(lines[at]!);
  for (let taken = 0; at > 0 && taken < maxHeader; taken++) {
    const line = lines[at]!.trimStart();
    const isClosing = /^[)\]}]/.test(line) || startsWith(continuation, line);
    const above = lines[at - 1]!;
    const isDecorator = indentOf(above) === indent && /^\s*@/.test(above);
    if (!isClosing && !isDecorator) break;
    do at--;
    while (at > 0 && (lines[at]!.trim() === '' || indentOf(lines[at]!) > indent));
    push(lines[at]!);
  }
  return at;
}

const linesUpTo = (text: string, offset: number): string[] => {
  const end = text.indexOf('\n', offset);
  return (end < 0 ? text : text.slice(0, end)).split('\n');
};

const lineCount = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const indentOf = (line: string): number => line.length - line.trimStart().length;
