// A piece of code as it can be found again without keeping it: the digest of its lines, and how long the first one is.
import { createHash } from 'node:crypto';
import type { Span } from '../../core/span.ts';

export interface Imprint {
  /** SHA-256, in hexadecimal, from the first to the last character that is no white space, lines ended by `\n`. */
  readonly digest: string;
  /** Code units of its first line, so that few lines have to be digested to find it. */
  readonly firstLength: number;
  readonly lines: number;
  /** Which line of the file it began at, from 0: of several places that read the same, the nearest is meant. */
  readonly line: number;
}

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/**
 * @param span of the code in `text`.
 * @returns nothing for code that is only a part of its lines, and for a line that stands there twice: it could not be told
 *   from the other.
 */
export function imprintOf(text: string, span: Span): Imprint | undefined {
  const code = text.slice(span.start, span.end).trim();
  const start = span.start + text.slice(span.start, span.end).indexOf(code);
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const rest = text.slice(start + code.length).split('\n', 1)[0]!;
  if (code === '' || before.trim() !== '' || rest.trim() !== '') return undefined;
  const lines = linesOf(code);
  const known: Imprint = {
    digest: sha256(lines.join('\n')),
    firstLength: lines[0]!.trimEnd().length,
    lines: lines.length,
    line: lineOf(text, start),
  };
  return lines.length === 1 && placesOf(text, known).length > 1 ? undefined : known;
}

/** The ends of lines are the checkout's, not the code's. */
const linesOf = (text: string): string[] => text.split(/\r?\n/);

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length - 1;

/** Where the code stands in a text, of several places the nearest to where it stood; nothing where it does not. */
export function findImprint(text: string, known: Imprint): Span | undefined {
  const far = (place: Span): number => Math.abs(lineOf(text, place.start) - known.line);
  return placesOf(text, known).sort((a, b) => far(a) - far(b))[0];
}

function placesOf(text: string, known: Imprint): Span[] {
  const lines = text.split('\n');
  const places: Span[] = [];
  let offset = 0;
  for (let at = 0; at + known.lines <= lines.length; at++) {
    const line = lines[at]!;
    if (line.trim().length === known.firstLength && known.firstLength > 0) {
      const block = lines.slice(at, at + known.lines).join('\n');
      const code = block.trim();
      if (sha256(linesOf(code).join('\n')) === known.digest) {
        const start = offset + block.indexOf(code);
        places.push({ start, end: start + code.length });
      }
    }
    offset += line.length + 1;
  }
  return places;
}
