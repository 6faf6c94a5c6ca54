// The open documents as the analysis holds them: text, parse, and the project that they are part of.

import type { FileFacts } from '../../core/facts.ts';
import type { Language } from '../../core/language.ts';
import { Cancelled, type Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Edit } from '../../core/span.ts';
import { applyEdits } from '../../core/span.ts';
import type { ParsedFile, Syntax } from '../../input/syntax/index.ts';
import type { At } from './analysis.ts';

interface Held {
  snapshot: Snapshot;
  file: ParsedFile | undefined;
  /** Edits since `file` was parsed. Parsing waits until somebody asks: several keys are then one parse. */
  pending: Edit[];
}

/** A document at the version asked for. `file` is absent for an unknown language or a text over the size limit. */
export interface Opened {
  readonly snapshot: Snapshot;
  readonly language: Language | undefined;
  readonly file: ParsedFile | undefined;
}

export interface AnalysisDocuments {
  open(snapshot: Snapshot): void;
  change(at: At, edits: readonly Edit[]): void;
  close(uri: string): void;
  /** @throws Cancelled('document changed') when `at` is not the present version. */
  at(run: Run, at: At): Promise<Opened>;
  /** Path of an open document; absent where it has none. */
  pathOf(uri: string): string | undefined;
  /** Text of an open document by its path. */
  textOf(path: string): string | undefined;
  /** Facts of an open document where its present text was parsed already. */
  factsOf(path: string): FileFacts | undefined;
  dispose(): void;
}

export function createAnalysisDocuments(syntax: Promise<Syntax>): AnalysisDocuments {
  const held = new Map<string, Held>();
  const byPath = new Map<string, string>();
  let languages: Syntax | undefined;

  const present = ({ uri, version }: At): Held => {
    const document = held.get(uri);
    if (document?.snapshot.version !== version) throw new Cancelled('document changed');
    return document;
  };

  const heldAt = (path: string): Held | undefined => held.get(byPath.get(path) ?? '');

  return {
    open(snapshot) {
      held.get(snapshot.uri)?.file?.release();
      held.set(snapshot.uri, { snapshot, file: undefined, pending: [] });
      if (snapshot.path) byPath.set(snapshot.path, snapshot.uri);
    },
    change({ uri, version }, edits) {
      const document = held.get(uri);
      if (!document) return;
      let { text } = document.snapshot;
      for (const edit of edits) text = applyEdits(text, [edit]);
      document.snapshot = { ...document.snapshot, version, text };
      // Without a parse there is nothing that they would have to be made to.
      if (document.file) document.pending.push(...edits);
    },
    close(uri) {
      const document = held.get(uri);
      if (!document) return;
      document.file?.release();
      held.delete(uri);
      byPath.delete(document.snapshot.path);
    },
    async at(run, at) {
      present(at);
      languages ??= await syntax;
      const { snapshot } = present(at);
      const language = languages.languageFor(snapshot.path, snapshot.languageId);
      if (language) await languages.load(language.id);
      run.signal.throwIfAborted();
      // Loading waits; the document may have moved on meanwhile.
      const document = present(at);
      if (language && (!document.file || document.pending.length > 0)) {
        const previous = document.file && { file: document.file, edits: document.pending };
        document.pending = [];
        document.file = undefined;
        document.file = languages.parse(language.id, document.snapshot.text, previous);
      }
      return { snapshot: document.snapshot, language, file: document.file };
    },
    pathOf: (uri) => held.get(uri)?.snapshot.path || undefined,
    textOf: (path) => heldAt(path)?.snapshot.text,
    factsOf(path) {
      const document = heldAt(path);
      return document?.pending.length === 0 ? document.file?.facts : undefined;
    },
    dispose() {
      for (const { file } of held.values()) file?.release();
      held.clear();
      byPath.clear();
    },
  };
}
