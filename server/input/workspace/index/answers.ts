// The questions of `WorkspaceIndex`, answered from the store at once.

import { maxImporters, maxOccurrences } from '../limits.ts';
import { isTestPath } from '../test-path.ts';
import type { IndexedSymbol, IndexedUse } from '../workspace-index.ts';
import { nearest } from './near.ts';
import { mostSimilar } from './similar.ts';
import { absolute, type Held, type Store, within } from './store.ts';
import { hashOf } from './words.ts';

/** A declaration by its place in the store. */
interface Found {
  readonly held: Held;
  readonly symbol: number;
}

const fileOf = ({ held, symbol }: Found): string => absolute(held, held.segment.fileOf(symbol));

/** Declarations of a name in files that count. */
function occurrences(store: Store, name: string): Found[] {
  const found: Found[] = [];
  for (const held of store.segments) {
    for (const symbol of held.segment.named(name)) {
      if (held.dead[held.segment.fileOf(symbol)] === 1) continue;
      found.push({ held, symbol });
      if (found.length === maxOccurrences) return found;
    }
  }
  return found;
}

export const named = (store: Store, name: string, near: string, limit: number): IndexedSymbol[] =>
  nearest(occurrences(store, name), fileOf, near, limit).map(({ held, symbol }) =>
    store.symbol(held, symbol),
  );

/** Files that declare a name at their top level. */
export const declaring = (store: Store, name: string): string[] => [
  ...new Set(
    occurrences(store, name)
      .filter(({ held, symbol }) => held.segment.columns.symbolContainer[symbol] === 0)
      .map(fileOf),
  ),
];

export function inFile(store: Store, path: string): IndexedSymbol[] {
  const place = store.place(path);
  if (!place) return [];
  const { held, file } = place;
  const { fileSymbolFrom } = held.segment.columns;
  const found: IndexedSymbol[] = [];
  for (let at = fileSymbolFrom[file]!; at < fileSymbolFrom[file + 1]!; at++)
    found.push(store.symbol(held, at));
  return found;
}

export function callers(store: Store, name: string, near: string, limit: number): IndexedUse[] {
  const found: { held: Held; file: number; start: number; path: string }[] = [];
  for (const held of store.segments) {
    const { callFile, callStart } = held.segment.columns;
    const { from, to } = held.segment.calls(name);
    for (let at = from; at < to && found.length < maxOccurrences; at++) {
      const file = callFile[at]!;
      if (held.dead[file] === 1) continue;
      found.push({ held, file, start: callStart[at]!, path: absolute(held, file) });
    }
  }
  return nearest(found, ({ path }) => path, near, limit).map(({ held, file, start, path }) => {
    const inside = held.segment.innermost(file, start);
    return {
      path,
      span: { start, end: start + name.length },
      ...(inside !== undefined && { inside: store.symbol(held, inside) }),
    };
  });
}

/** A file and the modules that it imports, with the names taken from each. */
export interface Importer {
  readonly path: string;
  readonly languageId: string;
  readonly imports: readonly { readonly module: string; readonly names: readonly string[] }[];
}

/** Files that may import something by one of the names, nearest first: the last name of a module, or an imported one. */
export function importing(store: Store, names: readonly string[], near: string): Importer[] {
  const found: { held: Held; file: number; path: string }[] = [];
  for (const held of store.segments) {
    for (const file of new Set(names.flatMap((name) => held.segment.importing(name)))) {
      if (held.dead[file] !== 1) found.push({ held, file, path: absolute(held, file) });
    }
  }
  return nearest(found, ({ path }) => path, near, maxImporters).map(({ held, file, path }) => {
    const { segment } = held;
    const { columns } = segment;
    const imports: Importer['imports'][number][] = [];
    for (let at = columns.fileImportFrom[file]!; at < columns.fileImportFrom[file + 1]!; at++) {
      const own = columns.importName.subarray(columns.importNameFrom[at], columns.importNameFrom[at + 1]);
      imports.push({
        module: segment.string(columns.importModule[at]!),
        names: Array.from(own, (id) => segment.string(id)),
      });
    }
    return { path, languageId: segment.string(columns.fileLanguage[file]!), imports };
  });
}

const compared = new Set(['function', 'method', 'constructor', 'class', 'interface']);

export function similar(
  store: Store,
  words: readonly string[],
  near: string,
  limit: number,
): IndexedSymbol[] {
  const hashes = [...new Set(words.map((word) => hashOf(word.toLowerCase(), 'word')))];
  // Code is not explained by tests, unless it is one.
  const forTests = isTestPath(near);
  return mostSimilar(store.segments, hashes, near, limit, (held, symbol) => {
    const { segment } = held;
    return compared.has(segment.kind(symbol)) && (forTests || segment.columns.symbolTest[symbol] === 0);
  }).map(({ held, symbol }) => store.symbol(held, symbol));
}

/** Innermost functions of tests whose text has the name. */
export function testsOf(store: Store, name: string, near: string, limit: number): IndexedSymbol[] {
  const hash = hashOf(name, 'name');
  const found: Found[] = [];
  for (const held of store.segments) {
    const { wordSymbol, symbolContainer, symbolTest } = held.segment.columns;
    const { from, to } = held.segment.withWord(hash);
    const having = new Set(wordSymbol.subarray(from, to));
    const outer = new Set(Array.from(having, (symbol) => symbolContainer[symbol]! - 1));
    for (const symbol of having) {
      const isOne = symbolTest[symbol] === 1 && !outer.has(symbol) && isFunction(held, symbol);
      if (!isOne || held.dead[held.segment.fileOf(symbol)] === 1) continue;
      found.push({ held, symbol });
      if (found.length === maxOccurrences) break;
    }
  }
  return nearestTests(found, near, limit).map(({ held, symbol }) => store.symbol(held, symbol));
}

function isFunction(held: Held, symbol: number): boolean {
  const kind = held.segment.kind(symbol);
  return kind === 'function' || kind === 'method';
}

/** The test file of a source file first, which has its name in it, wherever tests lie. */
function nearestTests(found: readonly Found[], near: string, limit: number): Found[] {
  const stem = /([^/\\]+?)\.\w+$/.exec(near)?.[1]?.toLowerCase() ?? '';
  const own: Found[] = [];
  const others: Found[] = [];
  for (const one of found) {
    const name = within(one.held.folder, fileOf(one)).toLowerCase();
    (stem !== '' && name.includes(stem) ? own : others).push(one);
  }
  return [...nearest(own, fileOf, near, limit), ...nearest(others, fileOf, near, limit)].slice(0, limit);
}

/** Names that files of a language give to all others. */
export function ambientNames(store: Store, languageIds: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const { segment, dead } of store.segments) {
    const { fileAmbientFrom, ambientName, fileLanguage } = segment.columns;
    for (let file = 0; file < segment.files; file++) {
      if (dead[file] === 1 || fileAmbientFrom[file] === fileAmbientFrom[file + 1]) continue;
      if (!languageIds.includes(segment.string(fileLanguage[file]!))) continue;
      for (let at = fileAmbientFrom[file]!; at < fileAmbientFrom[file + 1]!; at++) {
        names.add(segment.string(ambientName[at]!));
      }
    }
  }
  return names;
}
