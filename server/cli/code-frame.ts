// A few lines of code with a place marked, in colours where the terminal has them.
import { codeFrameColumns } from '@babel/code-frame';
import type { Range } from './places.ts';
import type { Colors } from './terminal.ts';

/** A minified line would fill screens; what is marked is shown, and some of what is around it. */
const maximumLineLength = 160;

/**
 * @param range 0-based, as in LSP.
 * @param message set under the marks; none when empty.
 */
export function codeFrame(text: string, range: Range, message: string, colors: Colors): string {
  const { lines, shift } = clip(text, range);
  const multiline = range.end.line > range.start.line;
  const frame = codeFrameColumns(
    lines,
    {
      start: { line: range.start.line + 1, column: range.start.character + 1 - shift },
      // The library's end column is the last marked one plus one on one line; an empty range marks nothing without it.
      end: {
        line: range.end.line + 1,
        column: multiline
          ? range.end.character
          : Math.max(range.end.character, range.start.character + 1) + 1 - shift,
      },
    },
    { linesAbove: 1, linesBelow: 1, highlightCode: false, ...(message !== '' && { message }) },
  );
  // Coloured here, since the library would paint every language as JavaScript.
  return frame
    .split('\n')
    .map((line) => {
      const match = /^(>| )(\s+\d* \|)(.*)$/s.exec(line);
      if (!match) return line;
      const [, mark, gutter, code] = match as unknown as [string, string, string, string];
      const isMarker = /^\s+\|$/.test(gutter) && /^\s*\^/.test(code);
      return `${colors.red(mark)}${colors.dim(gutter)}${isMarker ? colors.red(code) : code}`;
    })
    .join('\n');
}

/** Cuts long lines to a window around the marked place; `shift` is what was cut before it. */
function clip(text: string, { start, end }: Range): { lines: string; shift: number } {
  const lines = text.split(/\r\n|\r|\n/);
  const shown = lines.slice(Math.max(0, start.line - 1), end.line + 2);
  if (shown.every((line) => line.length <= maximumLineLength)) return { lines: lines.join('\n'), shift: 0 };
  const shift = start.line === end.line ? Math.max(0, start.character - maximumLineLength / 2) : 0;
  return { lines: lines.map((line) => line.slice(shift, shift + maximumLineLength)).join('\n'), shift };
}
