// The index of all folders in memory: segments, and which of their files count. Answers at once; a file that is read again
// is in a new segment and counts no more in the old one.
import { join, relative, sep } from 'node:path';
import type { Run } from '../../../core/run.ts';
import type { IndexedSymbol } from '../workspace-index.ts';
import { openSegment, type Segment } from './segment.ts';

/** A segment with the folder that its paths are relative to. */
export interface Held {
  readonly segment: Segment;
  readonly folder: string;
  /** Absolute, by file. */
  readonly paths: readonly string[];
  /** 1 for files that count no more. */
  readonly dead: Uint8Array;
}

export interface Place {
  readonly held: Held;
  readonly file: number;
}

export interface Store {
  readonly segments: readonly Held[];
  place(path: string): Place | undefined;
  /** Of all files that count. */
  paths(): readonly string[];
  /** Every file of it counts from now on, in place of what was known of it. `false` for a damaged buffer. */
  add(folder: string, buffer: SharedArrayBuffer): boolean;
  remove(paths: readonly string[]): void;
  /** Folders other than these are forgotten. */
  keep(folders: readonly string[]): void;
  symbol(held: Held, symbol: number): IndexedSymbol;
  counts(): { readonly files: number; readonly symbols: number; readonly bytes: number };
  /** Counts up with each change. */
  readonly generation: number;
}

export function createStore(log: Run['log']): Store {
  let segments: Held[] = [];
  const places = new Map<string, Place>();
  let generation = 0;

  const kill = (path: string): void => {
    const place = places.get(path);
    if (!place) return;
    place.held.dead[place.file] = 1;
    places.delete(path);
  };
  const drop = (gone: (held: Held) => boolean): void => {
    segments = segments.filter((held) => !gone(held));
  };

  return {
    get segments() {
      return segments;
    },
    get generation() {
      return generation;
    },
    place: (path) => places.get(path),
    paths: () => [...places.keys()],
    add(folder, buffer) {
      const segment = openSegment(buffer);
      if (!segment) {
        log('warning', `a damaged part of the index of ${folder} was left out`);
        return false;
      }
      generation++;
      const paths = Array.from({ length: segment.files }, (_, file) =>
        join(folder, ...segment.path(file).split('/')),
      );
      const held: Held = { segment, folder, paths, dead: new Uint8Array(segment.files) };
      for (const [file, path] of paths.entries()) {
        kill(path);
        places.set(path, { held, file });
      }
      segments.push(held);
      drop(({ dead }) => dead.length > 0 && dead.every((one) => one === 1));
      return true;
    },
    remove(paths) {
      generation++;
      for (const path of paths) kill(path);
      drop(({ dead }) => dead.every((one) => one === 1));
    },
    keep(folders) {
      generation++;
      for (const [path, { held }] of places) if (!folders.includes(held.folder)) places.delete(path);
      drop(({ folder }) => !folders.includes(folder));
    },
    symbol: symbolOf,
    counts() {
      let symbols = 0;
      let bytes = 0;
      for (const { segment, dead } of segments) {
        const { fileSymbolFrom, fileSize } = segment.columns;
        for (let file = 0; file < segment.files; file++) {
          if (dead[file] === 1) continue;
          symbols += fileSymbolFrom[file + 1]! - fileSymbolFrom[file]!;
          bytes += fileSize[file]!;
        }
      }
      return { files: places.size, symbols, bytes };
    },
  };
}

/** The absolute path of a file in a segment. */
export const absolute = ({ paths }: Pick<Held, 'paths'>, file: number): string => paths[file]!;

/** The path by which a segment knows a file of a folder. */
export const within = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');

function symbolOf(held: Held, symbol: number): IndexedSymbol {
  const { segment } = held;
  const { columns } = segment;
  const containers: string[] = [];
  for (let at = columns.symbolContainer[symbol]!; at !== 0; at = columns.symbolContainer[at - 1]!) {
    containers.unshift(segment.string(columns.symbolName[at - 1]!));
  }
  const doc = segment.string(columns.symbolDoc[symbol]!);
  return {
    path: absolute(held, segment.fileOf(symbol)),
    name: segment.string(columns.symbolName[symbol]!),
    kind: segment.kind(symbol),
    span: { start: columns.symbolStart[symbol]!, end: columns.symbolEnd[symbol]! },
    signature: segment.string(columns.symbolSignature[symbol]!),
    ...(doc !== '' && { doc }),
    containers,
  };
}
