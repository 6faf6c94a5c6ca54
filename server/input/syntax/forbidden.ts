// Captures of strict.scm → constructs that the grammar reads and the language rejects.
import type { ForbiddenFact } from '../../core/facts.ts';
import { overlaps, type Span, spanText } from '../../core/span.ts';
import { type Capture, captureNamed, type Match, placeOf } from './captures.ts';

/** A stretch of code, and which kinds of surroundings begin and end with it. */
interface Region {
  readonly span: Span;
  readonly opens: readonly string[];
  readonly closes: readonly string[];
}

/**
 * @param text what the matches lie in.
 * @param broken spans in which nothing that was read is certain.
 */
export function readForbidden(
  matches: readonly Match[],
  text: string,
  broken: readonly Span[],
): ForbiddenFact[] {
  const regions = new Map<number, Region>();
  const placed: Capture[] = [];
  const found = new Map<number, ForbiddenFact>();
  const seen = new Set<string>();
  const add = (capture: Capture, depends: boolean): void => {
    const { span, properties = {} } = capture;
    const { message = '', unfinished } = properties;
    found.set(placeOf(span), { span, message, unfinished: unfinished !== undefined, depends });
  };

  for (const match of matches) {
    const among = captureNamed(match, 'among');
    for (const capture of match.captures) {
      const { name, span, properties = {} } = capture;
      if (name === 'error') add(capture, false);
      else if (name === 'only' || name === 'never') placed.push(capture);
      else if (name === 'region') {
        regions.set(placeOf(span), {
          span,
          opens: words(properties.opens),
          closes: words(properties.closes),
        });
      } else if (name === 'unique' && among) {
        const key = `${placeOf(among.span)} ${spanText(text, span)}`;
        if (seen.has(key)) add(capture, false);
        seen.add(key);
      }
    }
  }
  for (const [capture, around] of withSurroundings(placed, [...regions.values()])) {
    if (isMisplaced(capture, around)) add(capture, true);
  }
  return [...found.values()]
    .filter(({ span }) => !broken.some((place) => overlaps(place, span)))
    .sort((a, b) => a.span.start - b.span.start);
}

const words = (list: string | undefined): string[] => list?.split(' ') ?? [];

/** Each capture with the regions that it lies in, innermost last. */
function* withSurroundings(
  captures: readonly Capture[],
  regions: readonly Region[],
): Generator<[Capture, readonly Region[]]> {
  const inOrder = [...regions].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const around: Region[] = [];
  let next = 0;
  for (const capture of [...captures].sort((a, b) => a.span.start - b.span.start)) {
    const { start } = capture.span;
    for (; next < inOrder.length && inOrder[next]!.span.start <= start; next++) {
      leave(around, inOrder[next]!.span.start);
      around.push(inOrder[next]!);
    }
    leave(around, start);
    yield [capture, around];
  }
}

function leave(around: Region[], offset: number): void {
  while (around.length > 0 && around.at(-1)!.span.end <= offset) around.pop();
}

function isMisplaced({ name, properties }: Capture, around: readonly Region[]): boolean {
  const kinds = words(properties?.within);
  const isOne = (kind: string): boolean => kinds.includes(kind);
  if (name === 'never') return around.some(({ opens }) => opens.some(isOne));
  const nearest = around.findLast(({ opens, closes }) => opens.some(isOne) || closes.some(isOne));
  return !nearest?.opens.some(isOne);
}
