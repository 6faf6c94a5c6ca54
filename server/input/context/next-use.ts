// Which of the names at hand will be used next: a linear model over what a reader would look at.
import type { SymbolKind } from '../../core/facts.ts';
import weights from './next-use.json' with { type: 'json' };
import type { Line, Place } from './place.ts';
import { subwords } from './subwords.ts';

/** A name at hand and what is known of its definition. */
export interface AtHand {
  /** As it is written here. */
  readonly name: string;
  readonly kind: SymbolKind;
  /** Path of its definition. */
  readonly path: string;
  /** Names in its signature: parameters and types. */
  readonly signature: readonly string[];
  /** Names in its body and documentation. */
  readonly text: readonly string[];
}

export type Features = Readonly<Record<string, number>>;

/** Uses that are compared with the place, the last ones. */
const comparedUses = 12;

const recentLines = 15;

/** How the place goes on what stands before it. */
function situation(place: Place): string {
  const last = place.typed.trim() || place.before.findLast(({ text }) => text !== '')?.text || '';
  if (/^@/.test(last)) return 'decorated';
  if (/[([,]$/.test(last)) return 'listing';
  if (/(?:[=+&|?]|=>|return|\b(?:and|or|not|in|extends|implements))$/.test(last)) return 'expression';
  if (/:$/.test(last) || /\{$/.test(last)) return 'block';
  return place.headers.length === 0 ? 'top' : 'statement';
}

const kinds: Readonly<Record<string, string>> = {
  function: 'function',
  method: 'function',
  class: 'class',
  enum: 'class',
  interface: 'type',
  type: 'type',
};

/**
 * How likely each name is the next one of them to be used: they add up to 1. The weights are those of a conditional logit
 * model, learnt by `bench/context-weights.ts`.
 */
export function nextUse(place: Place, path: string, names: readonly AtHand[]): readonly number[] {
  const known: Readonly<Record<string, number>> = weights;
  const scores = featuresOf(place, path, names).map((features) =>
    Object.entries(features).reduce((sum, [feature, value]) => sum + value * (known[feature] ?? 0), 0),
  );
  const best = Math.max(...scores);
  const odds = scores.map((score) => Math.exp(score - best));
  const total = odds.reduce((sum, each) => sum + each, 0);
  return odds.map((each) => each / total);
}

/** What the model looks at, by name. */
export function featuresOf(place: Place, path: string, names: readonly AtHand[]): readonly Features[] {
  const where = situation(place);
  const ofWords = wordFeatures(place, path, names);
  const recentWords = new Set(place.before.slice(-recentLines).flatMap((line) => line.words));
  const begun = /[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(place.typed)?.[0] ?? '';
  const showsAfter = place.after.some(({ text }) => text !== '');
  const lastUses = names.map(({ name }) => place.uses(name).at(-1) ?? -1);
  const latest = Math.max(...lastUses);
  const latestIndex = latest < 0 ? -1 : lastUses.indexOf(latest);

  return names.map(({ name, kind, signature, text }, index) => {
    const unused = lastUses[index]! < 0 ? 1 : 0;
    const kindName = kinds[kind] ?? 'value';
    const shared = signature.filter((each) => recentWords.has(each)).length;
    return {
      ...ofWords[index]!,
      ...useFeatures(place, name),
      begun: begun !== '' && name.startsWith(begun) ? 1 : 0,
      unused,
      'unused and not after': showsAfter && unused && place.usesAfter(name) === 0 ? 1 : 0,
      'names of signature': shared === 0 ? 0 : shared / Math.sqrt(signature.length),
      'names of text': jaccard(new Set(text), recentWords),
      'follows the last':
        latestIndex >= 0 && index > latestIndex ? Math.exp((latestIndex + 1 - index) / 3) : 0,
      'precedes the last': index < latestIndex ? 1 : 0,
      order: index / names.length,
      [`${kindName}, ${where}`]: 1,
      [`unused ${kindName}`]: unused,
    };
  });
}

/** How the name was used before: how near, and whether such lines stood before it as stand before the place. */
function useFeatures(place: Place, name: string): Features {
  const lines = place.uses(name);
  const now = place.before.length;
  const distance = now - (lines.at(-1) ?? Number.NEGATIVE_INFINITY);
  const here = place.previous(now);
  const before = lines.slice(-comparedUses).map((line) => place.previous(line));
  return {
    uses: Math.log1p(lines.length),
    'used after': Math.log1p(place.usesAfter(name)),
    'used near': Math.exp(-distance / 5),
    'used in sight': Math.exp(-distance / 30),
    'same way before': Math.max(0, ...before.map((each) => likeness(here, each))),
    'same line before': before.some(([line]) => sameShape(here[0], line)) ? 1 : 0,
  };
}

/** How much the parts of each name have in common with the words around. Parts that many of the names have tell little. */
function wordFeatures(place: Place, path: string, names: readonly AtHand[]): readonly Features[] {
  const parts = names.map(({ name }) => subwords(name));
  const spread = new Map<string, number>();
  for (const part of parts.flat()) spread.set(part, (spread.get(part) ?? 0) + 1);
  const rarity = (part: string): number => Math.log((names.length + 1) / (spread.get(part) ?? 1));
  const recent = recentSubwords(place);
  const headers = new Set(place.headers.flatMap((line) => line.words.flatMap(subwords)));
  const file = subwords(stem(path));
  return names.map(({ path: from }, index) => {
    const weigh = (has: (part: string) => number): number =>
      parts[index]!.reduce((sum, part) => sum + rarity(part) * has(part), 0);
    const total = weigh(() => 1) || 1;
    const justBefore = weigh((part) => recent.get(part) ?? 0);
    return {
      'words just before': justBefore / total,
      'words just before, sum': justBefore,
      'words of headers': weigh((part) => (headers.has(part) ? 1 : 0)),
      'path of file': jaccard(new Set(subwords(stem(from))), new Set(file)),
    };
  });
}

/** Parts of the words of the last lines, the nearer the higher. */
function recentSubwords(place: Place): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (used: readonly string[], weight: number): void => {
    for (const word of used) {
      for (const part of subwords(word)) if ((found.get(part) ?? 0) < weight) found.set(part, weight);
    }
  };
  place.before.slice(-recentLines).forEach((line, index, all) => {
    add(line.words, 0.8 ** (all.length - 1 - index));
  });
  add(place.typed.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? [], 1);
  return found;
}

function likeness(a: readonly Line[], b: readonly Line[]): number {
  let sum = 0;
  let weights = 0;
  for (const [index, line] of a.entries()) {
    const weight = 1 / (index + 1);
    weights += weight;
    if (b[index]) sum += weight * jaccard(new Set(line.words), new Set(b[index].words));
  }
  return weights === 0 ? 0 : sum / weights;
}

const sameShape = (a: Line | undefined, b: Line | undefined): boolean =>
  a !== undefined && b !== undefined && a.words[0] === b.words[0] && a.text.at(-1) === b.text.at(-1);

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const each of a) if (b.has(each)) shared++;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

const stem = (path: string): string => path.slice(path.search(/[^\\/]*$/)).replace(/\.[^.]*$/, '');
