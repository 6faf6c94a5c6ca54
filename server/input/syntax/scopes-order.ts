// The captures of a chunk in the order in which scope analysis reads them: by position, outer before inner.
import type { Span } from '../../core/span.ts';
import type { Capture } from './captures.ts';

export const definitionPrefix = 'definition.';
export const scopePrefix = 'scope.';
const regions = new Set(['outer', 'doubtful', 'hoist']);

/** How a kind of capture stands to others in the same place. */
interface Standing {
  /** Of names: the strongest of those in one place counts. Zero for all else. */
  readonly strength: number;
  readonly rank: number;
}

const standings = new Map<string, Standing>();

function standingOf(name: string): Standing {
  let known = standings.get(name);
  if (!known) {
    const strength = strengthOf(name);
    const rank = name.startsWith(scopePrefix) ? 0 : regions.has(name) ? 1 : strength === 0 ? 2 : 3;
    known = { strength, rank };
    standings.set(name, known);
  }
  return known;
}

function strengthOf(name: string): number {
  if (name === 'ignore') return 5;
  if (name.startsWith(definitionPrefix)) return 4;
  if (name === 'ignore.reference') return 3;
  if (name === 'reference.type') return 2;
  return name === 'reference' ? 1 : 0;
}

/**
 * Captures by position, outer before inner, with one name capture a span: the strongest.
 * @param captures sorted in place.
 */
export function inOrder(captures: Capture[]): Capture[] {
  const sorted = captures.sort(
    (a, b) =>
      a.span.start - b.span.start ||
      b.span.end - a.span.end ||
      standingOf(a.name).rank - standingOf(b.name).rank,
  );
  const found: Capture[] = [];
  for (const capture of sorted) {
    const last = found.at(-1);
    if (!last || !isSameName(last, capture)) found.push(capture);
    else if (standingOf(last.name).strength < standingOf(capture.name).strength)
      found[found.length - 1] = capture;
  }
  return found;
}

/** Names of one span follow each other. */
const isSameName = (a: Capture, b: Capture): boolean =>
  a.span.start === b.span.start &&
  a.span.end === b.span.end &&
  standingOf(a.name).strength > 0 &&
  standingOf(b.name).strength > 0;

/** What a syntax error makes doubtful: the innermost scope around it. Those without one go to `loose`. */
export function brokenRegions(
  captures: readonly Capture[],
  broken: readonly Span[],
  loose: Span[],
): Capture[] {
  if (broken.length === 0) return [];
  const scopes = captures.filter(({ name }) => name.startsWith(scopePrefix)).map(({ span }) => span);
  return broken.flatMap((hole) => {
    const around = scopes
      .filter(({ start, end }) => start <= hole.start && hole.end <= end)
      .sort((a, b) => a.end - a.start - (b.end - b.start))[0];
    if (!around) loose.push(hole);
    return around ? [{ name: 'doubtful', span: around }] : [];
  });
}
