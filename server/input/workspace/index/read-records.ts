// A segment → the records of those files that count, for putting several segments together.
import type { FileRecord, SymbolRecord } from './record.ts';
import type { Held } from './store.ts';

export function readRecords({ segment, dead }: Held): FileRecord[] {
  const { columns } = segment;
  const words = wordsBySymbol(columns);
  const calls = callsByFile(columns, segment.files, segment.string);
  const records: FileRecord[] = [];
  for (let file = 0; file < segment.files; file++) {
    if (dead[file] === 1) continue;
    const first = columns.fileSymbolFrom[file]!;
    const symbols: SymbolRecord[] = [];
    for (let at = first; at < columns.fileSymbolFrom[file + 1]!; at++) {
      symbols.push({
        name: segment.string(columns.symbolName[at]!),
        kind: segment.kind(at),
        start: columns.symbolStart[at]!,
        end: columns.symbolEnd[at]!,
        signature: segment.string(columns.symbolSignature[at]!),
        doc: segment.string(columns.symbolDoc[at]!),
        container: columns.symbolContainer[at] === 0 ? -1 : columns.symbolContainer[at]! - 1 - first,
        test: columns.symbolTest[at] === 1,
        words: words[at]!,
      });
    }
    const imports: FileRecord['imports'][number][] = [];
    for (let at = columns.fileImportFrom[file]!; at < columns.fileImportFrom[file + 1]!; at++) {
      const names = columns.importName.subarray(columns.importNameFrom[at], columns.importNameFrom[at + 1]);
      imports.push({
        module: segment.string(columns.importModule[at]!),
        names: Array.from(names, segment.string),
      });
    }
    const ambient = columns.ambientName.subarray(
      columns.fileAmbientFrom[file],
      columns.fileAmbientFrom[file + 1],
    );
    records.push({
      path: segment.path(file),
      languageId: segment.string(columns.fileLanguage[file]!),
      size: columns.fileSize[file]!,
      modified: columns.fileModified[file]!,
      hash: segment.hash(file),
      symbols,
      imports,
      calls: calls[file]!,
      ambient: Array.from(ambient, segment.string),
    });
  }
  return records;
}

type Columns = Held['segment']['columns'];

function wordsBySymbol({ symbolName, wordHash, wordFrom, wordSymbol }: Columns): Set<number>[] {
  const words = Array.from(symbolName, () => new Set<number>());
  for (const [index, hash] of wordHash.entries()) {
    for (let at = wordFrom[index]!; at < wordFrom[index + 1]!; at++) words[wordSymbol[at]!]!.add(hash);
  }
  return words;
}

function callsByFile(
  { calledName, calledFrom, callFile, callStart }: Columns,
  files: number,
  string: (id: number) => string,
): { name: string; start: number }[][] {
  const calls = Array.from({ length: files }, (): { name: string; start: number }[] => []);
  for (const [index, id] of calledName.entries()) {
    const name = string(id);
    for (let at = calledFrom[index]!; at < calledFrom[index + 1]!; at++) {
      calls[callFile[at]!]!.push({ name, start: callStart[at]! });
    }
  }
  return calls;
}
