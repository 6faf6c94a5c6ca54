// A segment as it is asked: views on its columns, strings made when they are needed.
import type { SymbolKind } from '../../../core/facts.ts';
import { type Columns, readColumns } from './columns.ts';
import { layout } from './layout.ts';
import { hashOf } from './words.ts';
import { symbolKinds } from './write-segment.ts';

export interface Segment {
  readonly columns: Columns<typeof layout>;
  readonly buffer: SharedArrayBuffer;
  readonly files: number;
  string(id: number): string;
  /** The string's number in this segment; `undefined` where no symbol or call has the name. */
  nameId(name: string): number | undefined;
  path(file: number): string;
  hash(file: number): string;
  kind(symbol: number): SymbolKind;
  /** The file that a symbol is in. */
  fileOf(symbol: number): number;
  /** Symbols of that name. */
  named(name: string): readonly number[];
  /** Calls of that name: places in `callFile` and `callStart`. */
  calls(name: string): { readonly from: number; readonly to: number };
  /** Symbols with a word: places in `wordSymbol`. */
  withWord(hash: number): { readonly from: number; readonly to: number };
  /** Files whose imports may lead to something of that name. */
  importing(name: string): readonly number[];
  /** The innermost symbol of a file around an offset. */
  innermost(file: number, offset: number): number | undefined;
}

const none = { from: 0, to: 0 };

/** @returns `undefined` for a buffer that is no segment of this version. */
export function openSegment(buffer: SharedArrayBuffer): Segment | undefined {
  const columns = readColumns(layout, buffer);
  if (!columns) return undefined;
  const bytes = Buffer.from(buffer, columns.stringBytes.byteOffset, columns.stringBytes.byteLength);
  const string = (id: number): string =>
    bytes.toString('utf8', columns.stringFrom[id]!, columns.stringFrom[id + 1]!);

  const nameId = (name: string): number | undefined => {
    const hash = hashOf(name, 'name');
    for (let at = lowerBound(columns.nameHash, hash); columns.nameHash[at] === hash; at++) {
      const id = columns.nameString[at]!;
      if (string(id) === name) return id;
    }
    return undefined;
  };

  return {
    columns,
    buffer,
    files: columns.filePath.length,
    string,
    nameId,
    path: (file) => string(columns.filePath[file]!),
    hash: (file) =>
      [columns.fileHash[file * 2]!, columns.fileHash[file * 2 + 1]!]
        .map((half) => half.toString(16).padStart(8, '0'))
        .join(''),
    kind: (symbol) => symbolKinds[columns.symbolKind[symbol]!]!,
    fileOf: (symbol) => upperBound(columns.fileSymbolFrom, symbol) - 1,
    named(name) {
      const id = nameId(name);
      if (id === undefined) return [];
      const found: number[] = [];
      const { symbolByName, symbolName } = columns;
      let low = 0;
      for (let high = symbolByName.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (symbolName[symbolByName[middle]!]! < id) low = middle + 1;
        else high = middle;
      }
      for (; low < symbolByName.length && symbolName[symbolByName[low]!] === id; low++) {
        found.push(symbolByName[low]!);
      }
      return found;
    },
    calls(name) {
      const id = nameId(name);
      if (id === undefined) return none;
      const at = lowerBound(columns.calledName, id);
      if (columns.calledName[at] !== id) return none;
      return { from: columns.calledFrom[at]!, to: columns.calledFrom[at + 1]! };
    },
    withWord(hash) {
      const at = lowerBound(columns.wordHash, hash);
      if (columns.wordHash[at] !== hash) return none;
      return { from: columns.wordFrom[at]!, to: columns.wordFrom[at + 1]! };
    },
    importing(name) {
      const key = hashOf(name, 'name');
      const found: number[] = [];
      for (let at = lowerBound(columns.importKey, key); columns.importKey[at] === key; at++) {
        found.push(columns.importKeyFile[at]!);
      }
      return found;
    },
    innermost(file, offset) {
      const from = columns.fileSymbolFrom[file]!;
      const to = columns.fileSymbolFrom[file + 1]!;
      let low = from;
      for (let high = to; low < high; ) {
        const middle = (low + high) >> 1;
        if (columns.symbolStart[middle]! <= offset) low = middle + 1;
        else high = middle;
      }
      // The last one that begins before, or one of those around it.
      let at = low - 1;
      while (at >= from && columns.symbolEnd[at]! <= offset) at = columns.symbolContainer[at]! - 1;
      return at >= from ? at : undefined;
    },
  };
}

/** The first place at which a sorted list has `value` or more. */
function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  for (let high = sorted.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place at which a sorted list has more than `value`. */
const upperBound = (sorted: ArrayLike<number>, value: number): number => lowerBound(sorted, value + 1);
