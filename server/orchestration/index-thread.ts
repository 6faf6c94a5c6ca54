// The workspace index where it is made: walking, deciding what is to be read, reading. The interface, and the thing itself in
// process; `index-worker.ts` serves the same in a thread, of which one decides and others read for it.
import { basename } from 'node:path';
import type { Run } from '../core/run.ts';
import { createSyntax, type Syntax } from '../input/syntax/index.ts';
import { type Builder, createBuilder } from '../input/workspace/index/builder.ts';
import { createDiskCache } from '../input/workspace/index/disk-cache.ts';
import { type IndexFolder, outlinedLanguage, type Update } from '../input/workspace/index/index.ts';
import { createFileReader, type FileToRead, type ReadFiles } from '../input/workspace/index/read-files.ts';
import { createFolderWatcher, type FolderWatcher } from '../input/workspace/watch.ts';
import type { IndexState } from '../input/workspace/workspace-index.ts';
import { createReaders, type Readers } from './index-readers.ts';

/** All methods are asynchronous, so that a worker can stand behind them. */
export interface IndexThread {
  /**
   * These folders and no others are to be indexed. Resolves at once.
   * @param turn comes back with the updates that tell of their being ready.
   */
  follow(folders: readonly IndexFolder[], turn?: number): Promise<void>;
  /** Files or folders were created, changed or removed on disk. */
  changed(paths: readonly string[]): Promise<void>;
  /** A file of the language is likely to change soon: its grammar is loaded. */
  prepare(languageId: string): Promise<void>;
  /** What changed in the index since the last call, in order; waits until there is something. */
  updates(): Promise<readonly Update[]>;
  /** The folders are to be watched, now and from then on: updates tell what changed on disk. */
  watch(): Promise<void>;
  state(): Promise<IndexState>;
  read(folder: string, files: readonly FileToRead[]): Promise<ReadFiles>;
  /** Saves what is to be saved. */
  dispose(): Promise<void>;
}

export interface IndexThreadOptions {
  readonly log: Run['log'];
  /** Absolute path of the folder for what is kept between two starts; nothing is kept when absent. */
  readonly cache?: string;
}

export function createIndexThread({ log, cache }: IndexThreadOptions): IndexThread {
  const syntax = createSyntax({ log });
  const read = createFileReader(syntax);
  const pending: Update[] = [];
  let waiting: (() => void) | undefined;
  let made: Promise<{ builder: Builder; readers: Readers }> | undefined;

  const tell = (update: Update): void => {
    pending.push(update);
    waiting?.();
    waiting = undefined;
  };
  const make = async () => {
    const known = await syntax;
    const readers = createReaders(log, read);
    const builder = createBuilder({
      log,
      languageOf: outlinedLanguage(known),
      read: readers.read,
      lanes: readers.lanes,
      tell,
      ...(cache !== undefined && { cache: createDiskCache(cache, versionsOf(known), log) }),
    });
    return { builder, readers };
  };
  const builder = async (): Promise<Builder> => {
    made ??= make();
    return (await made).builder;
  };

  let folders: readonly IndexFolder[] = [];
  let watcher: Promise<FolderWatcher> | undefined;
  const makeWatcher = async (): Promise<FolderWatcher> => {
    const { languageFor, languages } = await syntax;
    const manifests = new Set(languages.flatMap(({ modules }) => modules?.manifests ?? []));
    const accepts = (path: string): boolean =>
      languageFor(path) !== undefined || manifests.has(basename(path));
    return createFolderWatcher(log, accepts, (paths) => tell({ type: 'disk', paths }));
  };

  return {
    async follow(wanted, turn) {
      folders = wanted;
      (await builder()).follow(wanted, turn);
      if (watcher) await (await watcher).follow(wanted);
    },
    async watch() {
      watcher ??= makeWatcher();
      await (await watcher).follow(folders);
      // What changed since they were walked and before they were watched.
      if (folders.length > 0) tell({ type: 'disk', paths: folders.map(({ path }) => path) });
    },
    changed: async (paths) => (await builder()).changed(paths),
    async prepare(languageId) {
      await (await syntax).load(languageId);
    },
    async updates() {
      if (pending.length === 0) {
        await new Promise<void>((resolve) => {
          waiting = resolve;
        });
      }
      return pending.splice(0);
    },
    state: async () => (await builder()).state(),
    read,
    async dispose() {
      if (watcher) (await watcher).dispose();
      if (!made) return;
      const { builder, readers } = await made;
      await readers.dispose();
      await builder.stop();
    },
  };
}

/** What an outline depends on beside the index's own version. */
const versionsOf = ({ outlineVersion }: Syntax): string => outlineVersion();
