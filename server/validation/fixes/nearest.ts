// The name that was meant: the nearest of those that exist, and whether it is the only one that can have been meant.
import { distance } from 'fastest-levenshtein';

export interface Nearest {
  readonly name: string;
  /** Whether nothing else can have been meant, so that it may be put in without asking. */
  readonly certain: boolean;
}

/** Below this length any two names are near to each other. */
const minLength = 3;
const minCertainLength = 5;

/** A shorter name with another first letter is another word. */
const minForeignLength = 6;

/** How many slips of the hand a name of this length is allowed. */
const allowed = (length: number): number => (length < 8 ? 1 : 2);

/**
 * @param names those that could have been meant; doubles do no harm.
 * @returns `undefined` when none is near.
 */
export function nearest(name: string, names: Iterable<string>): Nearest | undefined {
  if (name.length < minLength) return undefined;
  const limit = allowed(name.length);
  const near = [...new Set(names)].filter(
    (other) =>
      other !== name &&
      other.length >= minLength &&
      Math.abs(other.length - name.length) <= limit &&
      slips(name, other) <= limit &&
      (name.length >= minForeignLength || name[0]!.toLowerCase() === other[0]!.toLowerCase()),
  );
  if (near.length === 0) return undefined;
  const ordered = near.sort((a, b) => slips(name, a) - slips(name, b));
  const best = ordered[0]!;
  const rival = ordered[1];
  const alone = rival === undefined || slips(name, rival) > slips(name, best);
  return {
    name: best,
    certain: alone && name.length >= minCertainLength && slips(name, best) <= 1 && isSlip(name, best),
  };
}

/**
 * Edit distance in which two neighbours in the wrong order are one slip, and the same letters written another way
 * (`user_name`, `userName`) less than one.
 */
function slips(a: string, b: string): number {
  if (plain(a) === plain(b)) return 0.5;
  return isTransposition(a, b) ? 1 : distance(a, b);
}

const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

function isTransposition(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return (
    at >= 0 &&
    at + 1 < a.length &&
    a[at] === b[at + 1] &&
    a[at + 1] === b[at] &&
    a.slice(at + 2) === b.slice(at + 2)
  );
}

/**
 * Whether the difference looks like a slip of the hand. `item2` for `item1` and `item` for `items` differ by one letter
 * too, and mean something else.
 */
function isSlip(a: string, b: string): boolean {
  if (a.replace(/\d+/g, '') === b.replace(/\d+/g, '')) return false;
  return !a.startsWith(b) && !b.startsWith(a) && !a.endsWith(b) && !b.endsWith(a);
}
