// Secrets found anew only where a text differs from one that was searched before: between two keys that is a line.
import type { Span } from '../../core/span.ts';
import type { Finder, Secret } from '../../input/privacy/index.ts';

/** Code units of a text so short that it is searched sooner than compared: snippets, headings, words. */
const maxShort = 1_500;

/** Short texts that are remembered: those of some prompts. */
const maxShortTexts = 3_000;

/** Longer texts, and their code units in all: documents, and the parts of their prompts. */
const maxLongTexts = 48;
const maxLongUnits = 8_000_000;

/**
 * Code units on either side of a difference within which it can make or unmake a secret: names, marks and values are
 * shorter together by the bounds in input/privacy, if not without any blank.
 */
const reach = 1_100;

/** Code units beyond that are searched with it, so that what begins there is seen from its beginning. */
const lead = 300;

/** Code units that differ: more are another text. */
const maxDifference = 4_000;

/** Where this stands, one end of a text may matter to the other. */
const farReaching = 'PRIVATE KEY';

/** The same finder, which remembers what it searched last. */
export function remembering(find: Finder): Finder {
  const shortTexts = new Map<string, readonly Secret[]>();
  const longTexts = new Map<string, readonly Secret[]>();
  let units = 0;

  const search = (text: string): readonly Secret[] => {
    if (text.includes(farReaching)) return [...find(text)];
    // The last one first: it is the same text a key ago, more often than not.
    for (const [before, secrets] of [...longTexts].reverse()) {
      const difference = differenceOf(before, text);
      if (!difference || before.includes(farReaching)) continue;
      return searchAround(find, text, secrets, difference) ?? [...find(text)];
    }
    return [...find(text)];
  };

  return (text) => {
    if (text.length <= maxShort) {
      const found = shortTexts.get(text) ?? [...find(text)];
      if (shortTexts.size >= maxShortTexts) shortTexts.clear();
      shortTexts.set(text, found);
      return found;
    }
    const known = longTexts.get(text);
    const secrets = known ?? search(text);
    if (known) longTexts.delete(text);
    else units += text.length;
    longTexts.set(text, secrets);
    for (const oldest of longTexts.keys()) {
      if (longTexts.size <= maxLongTexts && (units <= maxLongUnits || longTexts.size === 1)) break;
      longTexts.delete(oldest);
      units -= oldest.length;
    }
    return secrets;
  };
}

/** `start` to `oldEnd` became `start` to `newEnd`. */
interface Difference {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** `undefined` for texts that are not versions of the same. */
function differenceOf(before: string, after: string): Difference | undefined {
  const shorter = Math.min(before.length, after.length);
  if (Math.abs(before.length - after.length) > maxDifference) return undefined;
  const start = commonLength(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const tail = commonLength(shorter - start, (from, to) => {
    const old = before.slice(before.length - to, before.length - from);
    return old === after.slice(after.length - to, after.length - from);
  });
  const difference = { start, oldEnd: before.length - tail, newEnd: after.length - tail };
  return Math.max(difference.oldEnd, difference.newEnd) - start > maxDifference ? undefined : difference;
}

/** How far two texts agree: by pieces that grow and, at the first that differs, shrink. */
function commonLength(limit: number, same: (from: number, to: number) => boolean): number {
  let at = 0;
  let step = 64;
  while (at < limit && same(at, Math.min(limit, at + step))) {
    at = Math.min(limit, at + step);
    step *= 2;
  }
  for (; step >= 1; step = Math.floor(step / 2)) {
    if (at + step <= limit && same(at, at + step)) at += step;
  }
  return at;
}

/** `undefined` where a secret goes on beyond what was searched. */
function searchAround(
  find: Finder,
  text: string,
  before: readonly Secret[],
  { start, oldEnd, newEnd }: Difference,
): readonly Secret[] | undefined {
  const moved = newEnd - oldEnd;
  const low = start - reach;
  const high = newEnd + reach;
  const from = blankBefore(text, low - lead);
  const to = blankAfter(text, high + lead);
  const near = [...find(text.slice(from, to))]
    .map(({ kind, span }) => ({ kind, span: { start: span.start + from, end: span.end + from } }))
    .filter(({ span }) => span.end > low && span.start < high);
  const far = before
    .map(({ kind, span }) => (span.start >= oldEnd ? { kind, span: moveBy(span, moved) } : { kind, span }))
    .filter(({ span }) => span.end <= Math.min(low, start) || span.start >= high);
  const cut = near.some(
    ({ span }) => (span.start <= from && from > 0) || (span.end >= to && to < text.length),
  );
  return cut ? undefined : [...near, ...far];
}

const moveBy = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** The end of a line or, where that is far, a blank before the place: tokens have none in them, however long they are. */
function blankBefore(text: string, place: number): number {
  if (place <= 0) return 0;
  const line = text.lastIndexOf('\n', place);
  if (line >= place - lead) return line + 1;
  let at = place;
  while (at > 0 && !/\s/.test(text[at - 1]!)) at--;
  return at;
}

function blankAfter(text: string, place: number): number {
  if (place >= text.length) return text.length;
  const line = text.indexOf('\n', place);
  if (line >= 0 && line <= place + lead) return line + 1;
  let at = place;
  while (at < text.length && !/\s/.test(text[at]!)) at++;
  return at;
}
