// What stands around a place, read once for all sources: words by line, what lines begin and end with, where names are used.
import { lineAt, lineStarts } from '../../core/lines.ts';
import { overlaps, type Span } from '../../core/span.ts';
import { maxPlaceText } from './limits.ts';

const words = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Lines before the place that are compared with lines before other places. */
const comparedLines = 3;

export interface Line {
  readonly text: string;
  readonly words: readonly string[];
  readonly indentation: number;
}

export interface Place {
  /** Lines up to the place, import statements left empty; what is typed of the present line stands in `typed`. */
  readonly before: readonly Line[];
  readonly after: readonly Line[];
  readonly typed: string;
  /** Indices in `before` of the lines that a name is used on, the last one last. */
  uses(name: string): readonly number[];
  /** On how many lines a name is used after the place. */
  usesAfter(name: string): number;
  /** The last lines with code before a line, the nearest first. */
  previous(line: number): readonly Line[];
  /** Headers of the blocks around, innermost first. */
  readonly headers: readonly Line[];
}

/** @param imports spans of import statements: a name that is imported is not used by that. */
export function readPlace(text: string, offset: number, imports: readonly Span[]): Place {
  const starts = lineStarts(text);
  const here = lineAt(starts, offset);
  const first = lineAt(starts, Math.max(0, offset - maxPlaceText));
  const last = lineAt(starts, Math.min(text.length, offset + maxPlaceText));
  const lineFrom = (line: number): Line => {
    const start = starts[line]!;
    const end = starts[line + 1] ?? text.length;
    if (imports.some((each) => start < each.end && overlaps(each, { start, end }))) return emptyLine;
    return lineOf(text.slice(start, end));
  };
  const before = Array.from({ length: here - first }, (_, at) => lineFrom(first + at));
  const after = Array.from({ length: Math.max(0, last - here) }, (_, at) => lineFrom(here + 1 + at));
  const usedBefore = usesBy(before);
  const usedAfter = usesBy(after);
  const typed = text.slice(starts[here]!, offset);

  const previous = (line: number): Line[] => {
    const found: Line[] = [];
    for (let at = line - 1; at >= 0 && found.length < comparedLines; at--) {
      if (before[at]!.text !== '') found.push(before[at]!);
    }
    return found;
  };
  return {
    before,
    after,
    typed,
    uses: (name) => usedBefore.get(name) ?? [],
    usesAfter: (name) => usedAfter.get(name)?.length ?? 0,
    previous,
    headers: headersOf(before, typed),
  };
}

const emptyLine: Line = { text: '', words: [], indentation: 0 };

function lineOf(raw: string): Line {
  const text = raw.trim();
  if (text === '') return emptyLine;
  return { text, words: text.match(words) ?? [], indentation: raw.length - raw.trimStart().length };
}

function usesBy(lines: readonly Line[]): ReadonlyMap<string, readonly number[]> {
  const uses = new Map<string, number[]>();
  for (const [index, { words: used }] of lines.entries()) {
    for (const word of used) {
      const known = uses.get(word);
      if (!known) uses.set(word, [index]);
      else if (known.at(-1) !== index) known.push(index);
    }
  }
  return uses;
}

/** Lines that the place is indented below, each less than the one after it. */
function headersOf(before: readonly Line[], typed: string): readonly Line[] {
  const headers: Line[] = [];
  const last = before.findLast(({ text }) => text !== '');
  let depth = last ? last.indentation + (/[({[:]$/.test(last.text) ? 1 : 0) : 0;
  if (typed !== '' && typed.trim() !== '') depth = typed.length - typed.trimStart().length;
  for (let at = before.length - 1; at >= 0 && depth > 0; at--) {
    const line = before[at]!;
    if (line.text === '' || line.indentation >= depth || /^[)}\]]/.test(line.text)) continue;
    headers.push(line);
    depth = line.indentation;
  }
  return headers;
}
