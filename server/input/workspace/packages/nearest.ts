// Packages whose names are like one that does not exist: by edit distance, the most used first.
import { distance } from 'fastest-levenshtein';
import { maxNearest } from '../limits.ts';

/** Below this length any two names are near to each other. */
const minLength = 4;
/** How many slips of the hand a name is allowed: one, and one more for each six letters. */
const allowed = (length: number): number => 1 + Math.floor(length / 8);

const plain = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

/** Edit distance, in which the same name otherwise separated is nearest and two letters in the wrong order are one slip. */
function slips(a: string, b: string): number {
  if (a === b) return 0.5;
  const apart = distance(a, b);
  return apart === 2 && a.length === b.length && sorted(a) === sorted(b) ? 1 : apart;
}

const sorted = (name: string): string => [...name].sort().join('');

/** Shorter names are near to each other by chance. */
const minMistaken = 3;

/**
 * What a name that few use may have been a slip for: one letter more, less, other or in the wrong place.
 * @param names those that are far more likely to be meant, likeliest first.
 */
export function mistakenFor(wanted: string, names: Iterable<string>): string[] {
  if (wanted.length < minMistaken) return [];
  const bare = plain(wanted);
  const found = new Set<string>();
  for (const name of names) {
    if (name === wanted || Math.abs(name.length - wanted.length) > 1 || name[0] !== wanted[0]) continue;
    // Of two short names of the same length neither is the other's slip.
    if (wanted.length <= minLength && name.length <= wanted.length) continue;
    if (slips(plain(name), bare) === 1) found.add(name);
    if (found.size === maxNearest) break;
  }
  return [...found];
}

/**
 * @param names most used first.
 * @returns at most three, nearest first, of which the more used come first.
 */
export function nearestPackages(wanted: string, names: Iterable<string>): string[] {
  if (wanted.length < minLength) return [];
  const limit = allowed(wanted.length);
  const bare = plain(wanted);
  const rated: { name: string; apart: number }[] = [];
  for (const name of names) {
    if (name === wanted || Math.abs(name.length - wanted.length) > limit + 2) continue;
    const other = plain(name);
    if (other.length < minLength - 1) continue;
    const apart = slips(other, bare);
    if (apart <= limit) rated.push({ name, apart });
  }
  // The sort is stable, so that among equals the order of use holds.
  rated.sort((a, b) => a.apart - b.apart);
  return [...new Set(rated.map(({ name }) => name))].slice(0, maxNearest);
}
