// From names in doubt to the places that they stand at, and on to the names that are bound there.
import type { Span } from '../../core/span.ts';
import { type Binding, type Bindings, boundAt, type Source, spanAt } from './bindings.ts';

/** With more names in doubt than these, nearly all places have one of them. */
const maxNames = 80;

/** Names in doubt: everywhere, and in single bodies. */
export interface Names {
  readonly everywhere: Set<string>;
  /** What has come since this was last asked: bodies by where they start, with -1 for everywhere. */
  fresh(): ReadonlyMap<number, ReadonlySet<string>>;
  add(binding: Binding): void;
  readonly size: number;
}

export function createNames(): Names {
  const known = new Map<number, Set<string>>([[-1, new Set()]]);
  let fresh = new Map<number, Set<string>>();
  let size = 0;
  const everywhere = known.get(-1)!;
  return {
    everywhere,
    get size() {
      return size;
    },
    fresh() {
      const now = fresh;
      fresh = new Map();
      return now;
    },
    add({ names, within }) {
      const key = within?.start ?? -1;
      for (const name of names) {
        if (name === '' || everywhere.has(name) || known.get(key)?.has(name)) continue;
        addTo(known, key, name);
        addTo(fresh, key, name);
        size++;
      }
    },
  };
}

function addTo(map: Map<number, Set<string>>, key: number, name: string): void {
  const set = map.get(key);
  if (set) set.add(name);
  else map.set(key, new Set([name]));
}

/**
 * Goes from names in doubt to what has them in it, and on to the names that these bind.
 * @returns where names in doubt stand, in order; `undefined` where that is nearly everywhere.
 */
export function follow(
  version: Source & { readonly bindings: Bindings },
  doubted: Names,
): readonly number[] | undefined {
  const { bodies, bindings } = version;
  const all: number[] = [];
  const passed = passedOver(version);
  const byStart = new Map(bodies.map((body) => [body.start, body]));
  for (let fresh = doubted.fresh(); fresh.size > 0; fresh = doubted.fresh()) {
    if (doubted.size > maxNames) return undefined;
    const found: number[] = [];
    for (const [key, names] of fresh) {
      const region = byStart.get(key) ?? { start: 0, end: version.text.length };
      for (const name of names) addOccurrences(found, version, name, region, passed);
    }
    found.sort((a, b) => a - b);
    for (const list of bindings)
      for (const binding of list) if (anyWithin(found, binding.span)) doubted.add(binding);
    for (const one of found) all.push(one);
  }
  return all.sort((a, b) => a - b);
}

/** Whether a name that stands there means nothing: where it is bound itself, and in comments that document nothing. */
function passedOver(version: Source): (offset: number) => boolean {
  // After most edits nobody asks.
  let bound: ReadonlySet<number> | undefined;
  let comments: readonly Span[] | undefined;
  return (offset) => {
    bound ??= boundAt(version);
    comments ??= version.facts.comments.filter(({ doc }) => !doc).map(({ span }) => span);
    return bound.has(offset) || spanAt(comments, offset) !== undefined;
  };
}

function addOccurrences(
  found: number[],
  { text, rules }: Source,
  asked: string,
  { start, end }: Span,
  isPassed: (offset: number) => boolean,
): void {
  // Where they are asked for without what they are members of, too.
  const bare = rules?.bareMembers === true;
  const isMember = asked.startsWith('.');
  const name = isMember ? asked.slice(1) : asked;
  if (name === '') return;
  for (let at = text.indexOf(name, start); at >= 0 && at < end; at = text.indexOf(name, at + name.length)) {
    if (isWordUnit(text, at - 1) || isWordUnit(text, at + name.length)) continue;
    if (isPassed(at)) continue;
    if (isMember ? bare || beforeMember.has(lastUnit(text, at)) : !isAfterDot(text, at)) found.push(at);
  }
}

/** What can stand before a member's name: a dot, an arrow, a quote, or what comes before the name in an object. */
const beforeMember = new Set(['.', ':', '>', '{', ',', '"', "'"]);

/** The last character before a place that is no white space. */
function lastUnit(text: string, at: number): string {
  let before = at - 1;
  while (before >= 0 && text.charCodeAt(before) <= 32) before--;
  return text[before] ?? '';
}

/** Behind one dot; three spread what follows. */
const isAfterDot = (text: string, at: number): boolean => text[at - 1] === '.' && text[at - 2] !== '.';

/** Whether a name could go on with it: other than ASCII mostly can. */
function isWordUnit(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return (
    (unit >= 97 && unit <= 122) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 48 && unit <= 57) ||
    unit === 95 ||
    unit === 36 ||
    unit > 127
  );
}

/** Whether one of the places, which are in order, is in a span. */
export function anyWithin(places: readonly number[], { start, end }: Span): boolean {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < places.length && places[low]! < end;
}
