// Records of some files → one segment: columns that are searched as they are.
import type { SymbolKind } from '../../../core/facts.ts';
import { writeColumns } from './columns.ts';
import { layout, maxSegmentFiles, maxSegmentSymbols } from './layout.ts';
import type { FileRecord } from './record.ts';
import { hashOf } from './words.ts';

/** By their place; new ones go to the end, and raise the version. */
export const symbolKinds: readonly SymbolKind[] = [
  'function', 'method', 'constructor', 'class', 'interface', 'type', 'enum', 'module', 'variable', 'constant', 'field',
]; // biome-ignore format: a table

/** Whether another file still fits beside what a segment has. */
export const fits = (files: number, symbols: number, more: FileRecord): boolean =>
  files + 1 <= maxSegmentFiles && symbols + more.symbols.length <= maxSegmentSymbols;

export function writeSegment(files: readonly FileRecord[]): SharedArrayBuffer {
  const strings = createStrings();
  const symbols = files.flatMap((file) => file.symbols);
  const symbolName = symbols.map(({ name }) => strings.name(name));
  const calls = groupCalls(files, strings);
  const words = groupWords(symbols.map((symbol) => symbol.words));
  const keys = importKeys(files);
  const imports = files.flatMap((file) => file.imports);
  const firstSymbol = starts(files.map((file) => file.symbols.length));
  const columns = {
    filePath: files.map(({ path }) => strings.text(path)),
    fileLanguage: files.map(({ languageId }) => strings.text(languageId)),
    fileSize: files.map(({ size }) => size),
    fileModified: files.map(({ modified }) => modified),
    fileHash: files.flatMap(({ hash }) => [
      Number.parseInt(hash.slice(0, 8), 16),
      Number.parseInt(hash.slice(8), 16),
    ]),
    fileSymbolFrom: firstSymbol,
    fileImportFrom: starts(files.map((file) => file.imports.length)),
    fileAmbientFrom: starts(files.map((file) => file.ambient.length)),
    ambientName: files.flatMap(({ ambient }) => ambient.map(strings.text)),
    symbolName,
    symbolKind: symbols.map(({ kind }) => symbolKinds.indexOf(kind)),
    symbolTest: symbols.map(({ test }) => Number(test)),
    symbolStart: symbols.map(({ start }) => start),
    symbolEnd: symbols.map(({ end }) => end),
    symbolSignature: symbols.map(({ signature }) => strings.text(signature)),
    symbolDoc: symbols.map(({ doc }) => strings.text(doc)),
    symbolContainer: files.flatMap((file, index) =>
      file.symbols.map(({ container }) => (container === -1 ? 0 : firstSymbol[index]! + container + 1)),
    ),
    symbolWords: symbols.map((symbol) => symbol.words.size),
    symbolByName: symbols.map((_, index) => index).sort((a, b) => symbolName[a]! - symbolName[b]! || a - b),
    importModule: imports.map(({ module }) => strings.text(module)),
    importNameFrom: starts(imports.map(({ names }) => names.length)),
    importName: imports.flatMap(({ names }) => names.map(strings.text)),
    ...keys,
    ...calls,
    ...words,
  };
  return writeColumns(layout, { ...columns, ...strings.columns() });
}

function createStrings() {
  const ids = new Map<string, number>([['', 0]]);
  const names = new Set<string>();
  const text = (value: string): number => {
    let id = ids.get(value);
    if (id === undefined) {
      id = ids.size;
      ids.set(value, id);
    }
    return id;
  };
  return {
    text,
    /** A string that is looked for. */
    name(value: string): number {
      names.add(value);
      return text(value);
    },
    columns() {
      const encoded = [...ids.keys()].map((value) => Buffer.from(value));
      const sorted = [...names]
        .map((value) => ({ hash: hashOf(value, 'name'), id: ids.get(value)! }))
        .sort((a, b) => a.hash - b.hash);
      return {
        stringBytes: Buffer.concat(encoded),
        stringFrom: starts(encoded.map(({ length }) => length)),
        nameHash: sorted.map(({ hash }) => hash),
        nameString: sorted.map(({ id }) => id),
      };
    },
  };
}

function groupCalls(files: readonly FileRecord[], strings: ReturnType<typeof createStrings>) {
  const names: number[] = [];
  const inFiles: number[] = [];
  const places: number[] = [];
  for (const [file, { calls }] of files.entries()) {
    for (const { name, start } of calls) {
      names.push(strings.name(name));
      inFiles.push(file);
      places.push(start);
    }
  }
  const order = Uint32Array.from(names, (_, index) => index).sort((a, b) => names[a]! - names[b]! || a - b);
  const calledName: number[] = [];
  const calledFrom: number[] = [];
  for (const [at, index] of order.entries()) {
    if (calledName.at(-1) === names[index]) continue;
    calledName.push(names[index]!);
    calledFrom.push(at);
  }
  return {
    calledName,
    calledFrom: [...calledFrom, order.length],
    callFile: Array.from(order, (index) => inFiles[index]!),
    callStart: Array.from(order, (index) => places[index]!),
  };
}

/** Sorted by hash, then by symbol, as pairs in one number each: no lists a word, of which there are many with one entry. */
function groupWords(bySymbol: readonly ReadonlySet<number>[]) {
  const pairs = new Float64Array(bySymbol.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const [symbol, words] of bySymbol.entries()) {
    for (const hash of words) pairs[at++] = hash * symbolRange + symbol;
  }
  pairs.sort();
  const hashes: number[] = [];
  const from: number[] = [];
  const symbols = new Uint16Array(pairs.length);
  for (const [index, pair] of pairs.entries()) {
    const symbol = pair % symbolRange;
    const hash = (pair - symbol) / symbolRange;
    symbols[index] = symbol;
    if (hashes.at(-1) === hash) continue;
    hashes.push(hash);
    from.push(index);
  }
  return { wordHash: hashes, wordFrom: [...from, pairs.length], wordSymbol: symbols };
}

/** More than a segment has symbols: with a hash of 32 bits before it, a number stays exact. */
const symbolRange = 2 ** 16;

function importKeys(files: readonly FileRecord[]) {
  const pairs: { key: number; file: number }[] = [];
  for (const [file, { imports }] of files.entries()) {
    const keys = new Set<number>();
    for (const { module, names } of imports) {
      for (const name of [lastName(module), ...names]) if (name !== '') keys.add(hashOf(name, 'name'));
    }
    for (const key of keys) pairs.push({ key, file });
  }
  pairs.sort((a, b) => a.key - b.key || a.file - b.file);
  return { importKey: pairs.map(({ key }) => key), importKeyFile: pairs.map(({ file }) => file) };
}

/** `./gen.js`, `..cattrs.gen`, `crate::gen`, `github.com/x/gen` → gen: the name that a file or folder must have. */
export const lastName = (module: string): string =>
  (module
    .replace(/\.\w{1,4}$/, (end, at: number) => (/[/\\]/.test(module.slice(0, at)) ? '' : end))
    .match(/[\p{L}\p{N}_$-]+(?=[^\p{L}\p{N}_$-]*$)/u) ?? [''])[0];

/** Running sums: where the part of each begins, and at last where all end. */
function starts(lengths: readonly number[]): Uint32Array {
  const sums = new Uint32Array(lengths.length + 1);
  for (const [index, length] of lengths.entries()) sums[index + 1] = sums[index]! + length;
  return sums;
}
