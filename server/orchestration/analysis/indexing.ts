// The workspace index beside the analysis: made in another thread, held here, so that questions are answered at once.
import type { Run } from '../../core/run.ts';
import { ambientNames, declaring } from '../../input/workspace/index/answers.ts';
import {
  applyUpdate,
  createStore,
  type IndexFolder,
  questionsOf,
  type Resolve,
} from '../../input/workspace/index/index.ts';
import type { IndexedNames } from '../../input/workspace/name-index.ts';
import type { WorkspaceIndex } from '../../input/workspace/workspace-index.ts';
import { createIndexThread, type IndexThread } from '../index-thread.ts';
import { supervise } from '../supervise.ts';

export interface Indexing extends WorkspaceIndex {
  /** What the names of the project are answered from. */
  readonly names: IndexedNames;
  /** These folders and no others are to be indexed. */
  follow(folders: readonly IndexFolder[]): void;
  /**
   * The next paths that changed on disk, as far as they lie in the folders: from the first call on, they are watched. Those
   * paths are not known to the index until it is told of them.
   */
  diskChanges(): Promise<readonly string[]>;
  /** Waits until the index is complete; whether somebody asked it for names before, so that what was said may be wrong. */
  completed(): Promise<boolean>;
  /** A file of the language is likely to change soon. */
  prepare(languageId: string): void;
}

/** Nothing is started before `follow`. */
export function createIndexing(log: Run['log'], resolve: () => Promise<Resolve>): Indexing {
  const store = createStore(log);
  let folders: readonly IndexFolder[] | undefined;
  /** Counts the calls of `follow`: what is told of folders from before is not taken for these. */
  let turn = 0;
  let ready = false;
  let askedEarly = false;
  let disposed = false;
  let lost = false;
  let waiting: (() => void)[] = [];

  const onDisk: string[] = [];
  let heard: () => void = () => undefined;
  let watching = false;

  const wake = (): void => {
    for (const each of waiting) each();
    waiting = [];
  };
  const failed = (error: unknown): void => {
    if (!disposed) log('error', `the index: ${String(error)}`);
  };
  const listen = async (api: IndexThread): Promise<void> => {
    while (!disposed) {
      for (const update of await api.updates()) {
        if (update.type === 'ready') ready ||= update.ready && update.turn === turn;
        else if (update.type === 'disk') onDisk.push(...update.paths);
        else applyUpdate(store, update);
      }
      if (onDisk.length > 0) heard();
      if (ready) wake();
    }
  };
  const thread = supervise<IndexThread>(
    'index-worker',
    log,
    () => createIndexThread({ log }),
    async (api) => {
      listen(api).catch(failed);
      if (folders) await api.follow(folders, turn);
      if (watching) await api.watch();
    },
    () => {
      log('error', 'the workspace index keeps ending; it stays as it is');
      lost = true;
      wake();
    },
  );

  return {
    ...questionsOf(store, resolve),
    names: {
      state() {
        askedEarly ||= !ready;
        return folders === undefined ? 'off' : ready ? 'ready' : 'building';
      },
      generation: () => store.generation,
      declaring: (name) => declaring(store, name),
      ambient: (languageIds) => ambientNames(store, languageIds),
    },
    follow(wanted) {
      const isFirst = folders === undefined;
      turn++;
      ready = false;
      folders = wanted;
      if (isFirst) listen(thread.api).catch(failed);
      thread.api.follow(wanted, turn).catch(failed);
      if (isFirst && watching) thread.api.watch().catch(failed);
    },
    async diskChanges() {
      if (!watching) {
        watching = true;
        if (folders) thread.api.watch().catch(failed);
      }
      while (onDisk.length === 0 && !disposed) {
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
      return onDisk.splice(0);
    },
    async completed() {
      while (!ready && !disposed && !lost) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
      const news = ready && askedEarly;
      askedEarly = false;
      return news;
    },
    prepare(languageId) {
      if (folders) thread.api.prepare(languageId).catch(failed);
    },
    async changed(paths) {
      if (folders) await thread.api.changed(paths);
    },
    async state() {
      return folders ? thread.api.state() : { ready: false, ...store.counts(), leftOut: {} };
    },
    async dispose() {
      disposed = true;
      heard();
      wake();
      await thread.dispose();
    },
  };
}
