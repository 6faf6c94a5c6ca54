// The embedded engine beside the documents: it reads the folders in small steps, follows what is typed, and answers between
// two steps. The interface, and the engine in process; `engine-worker.ts` serves the same in a thread.
import { Cancelled, type Run } from '../core/run.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { applyEdits, type Edit } from '../core/span.ts';
import {
  type CompletionRequest,
  createEmbeddedEngine,
  type Suggestion,
  type UsableName,
  type Word,
} from '../development/models/embedded/index.ts';
import { languageFinder, readLanguages } from '../input/syntax/languages.ts';
import { findResources } from '../input/syntax/resources.ts';
import type { EngineCache } from './engine-cache.ts';
import { createEngineIndex, type EngineFolder } from './engine-index.ts';
import { createEngineOutcomes } from './engine-outcomes.ts';
import type { EngineStatus } from './workbench.ts';

export type { EngineFolder } from './engine-index.ts';

export interface EngineQuestion {
  readonly uri: string;
  readonly version: number;
  readonly offset: number;
  /** Whether blocks of lines may be suggested. */
  readonly multiline: boolean;
  readonly alternatives: number;
  /** Names that can be used at the offset, where the analysis has told in time. */
  readonly names?: readonly UsableName[] | undefined;
  /** All members of the value before the offset, where the analysis is certain of its type. */
  readonly members?: readonly string[] | undefined;
}

/** All methods are asynchronous, so that a worker can stand behind them. */
export interface Engine {
  /** These folders and no others are to be known. Resolves at once; `status` says when they are. */
  index(folders: readonly EngineFolder[]): Promise<void>;
  open(snapshot: Snapshot): Promise<void>;
  /** `edits` lead, one after another, from the version before to `version`. */
  change(at: { readonly uri: string; readonly version: number }, edits: readonly Edit[]): Promise<void>;
  close(uri: string): Promise<void>;
  /** Files were created, changed or removed on disk; for a folder, all in it. */
  filesChanged(paths: readonly string[]): Promise<void>;
  /**
   * Texts that could follow the cursor, best first; empty where nothing is sure enough.
   * @throws Cancelled('document changed') for another version than the present one.
   */
  complete(run: Run, question: EngineQuestion): Promise<readonly Suggestion[]>;
  /** Words that the half-typed one before the cursor may become, likely ones first. Throws as `complete` does. */
  words(run: Run, question: EngineQuestion): Promise<readonly Word[]>;
  status(): Promise<EngineStatus>;
  dispose(): Promise<void>;
}

/** Lines of one suggestion where blocks are wanted. */
const blockLines = 6;

/** Questions asked when the first document is opened, and milliseconds that each may take. */
const warmUpQuestions = 8;
const warmUpMs = 10;

export interface EngineOptions {
  readonly log: Run['log'];
  /** Where what was learned is kept between two sessions; absent to keep nothing. */
  readonly cache?: EngineCache;
}

export function createEngine({ log, cache }: EngineOptions): Engine {
  const languageFor = languageFinder(readLanguages(findResources().grammars));
  const engine = createEmbeddedEngine((path) => languageFor(path)?.data === true);
  const documents = new Map<string, Snapshot>();
  const index = createEngineIndex(engine, log, cache);
  let warmUps = warmUpQuestions;
  const outcomes = createEngineOutcomes((uri, { confidence }, cameTrue) => {
    const document = documents.get(uri);
    if (document) engine.learnOutcome(nameOf(document), confidence, cameTrue);
  });

  const requestOf = (
    run: Run,
    { uri, version, offset, multiline, alternatives, names, members }: EngineQuestion,
  ): CompletionRequest => {
    run.signal.throwIfAborted();
    const document = documents.get(uri);
    if (document?.version !== version) throw new Cancelled('document changed');
    return {
      path: nameOf(document),
      text: document.text,
      offset,
      lines: multiline ? blockLines : 1,
      alternatives,
      names,
      members,
    };
  };

  /** The first questions of a process take several times as long: they are asked before anyone waits for the answers. */
  const warmUp = ({ uri, text }: Snapshot): void => {
    for (let left = warmUps; left > 0; left--) {
      setImmediate(() => {
        const document = documents.get(uri);
        if (!document) return;
        const offset = Math.floor((text.length * left) / (warmUpQuestions + 1));
        engine.complete({ path: nameOf(document), text, offset, patience: warmUpMs });
      });
    }
    warmUps = 0;
  };

  return {
    index: async (folders) => index.follow(folders),
    async open(snapshot) {
      documents.set(snapshot.uri, snapshot);
      warmUp(snapshot);
    },
    async change({ uri, version }, edits) {
      const document = documents.get(uri);
      if (!document) return;
      const text = edits.reduce((now, edit) => applyEdits(now, [edit]), document.text);
      documents.set(uri, { ...document, version, text });
      outcomes.changed(uri, edits, text);
    },
    async close(uri) {
      const document = documents.get(uri);
      if (!document) return;
      documents.delete(uri);
      outcomes.forget(uri);
      // What was typed may have been saved or thrown away: the disk knows.
      if (document.path !== '') index.changed([document.path]);
    },
    filesChanged: async (paths) => index.changed(paths),
    async complete(run, question) {
      const suggestions = engine.complete(requestOf(run, question));
      const [best] = suggestions;
      outcomes.offered(question.uri, best && { ...best, start: question.offset });
      return suggestions;
    },
    words: async (run, question) => engine.words(requestOf(run, question)),
    async status() {
      const { files, length, leftOut } = engine.stats();
      const reasons: Record<string, number> = { ...leftOut };
      for (const [reason, count] of index.leftOut()) reasons[reason] = (reasons[reason] ?? 0) + count;
      return { files, bytes: length, ready: index.ready(), leftOut: reasons };
    },
    async dispose() {
      index.stop();
      documents.clear();
    },
  };
}

/** The path under which the engine knows the document, so that its saved version does not count beside it. */
const nameOf = ({ path, uri }: Snapshot): string => (path === '' ? uri : path);
