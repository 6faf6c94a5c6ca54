// The engine without weights: it learns the workspace as it stands and completes from it. What may be used from outside.
import type { LeftOut } from './admit.ts';
import { completeAt } from './complete.ts';
import { confidenceOf, confidencesOf, type LineSigns, type PartSigns } from './confidence.ts';
import { createDocumentIndex, type DocumentIndex } from './document-index.ts';
import { createIndexStore, type IndexStats } from './index-store.ts';
import { createLexer, pieceOf } from './lexer.ts';
import { hardStopMs, maxOpenIndexes } from './limits.ts';
import { membersOf, namesOf } from './names.ts';
import { createPredictor, type Evidence } from './predict.ts';
import { withMemory } from './remember.ts';
import { type CompletionRequest, type Place, placeOf, type Suggestion } from './request.ts';
import { atOnce, saveInSteps } from './save.ts';
import { fromBytes } from './saved-state.ts';
import { maxSortedInQuestion, type SortingBudget } from './segment.ts';
import { createTuning } from './tuning.ts';
import { createVocabulary, reservedPieces } from './vocabulary.ts';
import { learnedWeights } from './weights.ts';
import { wordStarts } from './word-starts.ts';

export type { LeftOut } from './admit.ts';
export { shownConfidence } from './confidence.ts';
export type { IndexStats } from './index-store.ts';
export type { CompletionRequest, Suggestion, UsableName } from './request.ts';

export interface Word {
  readonly text: string;
  /** Among all words that begin so, 0 to 1. */
  readonly probability: number;
}

export interface EmbeddedEngine {
  /** Learns a file, or its new version. Returns why it was left out, if it was. */
  learn(path: string, text: string): LeftOut | undefined;
  forget(path: string): void;
  /** See `IndexStore.noRoomFor`: what has no room need not be read. */
  noRoomFor(path: string, characters: number): LeftOut | undefined;
  /** See `IndexStore.work`: what was learned counts once it was worked in. */
  work(milliseconds: number, all?: boolean): boolean;
  complete(request: CompletionRequest): Suggestion[];
  /** Words that the one before the cursor may become, most likely first; empty where none was begun. */
  words(request: CompletionRequest): Word[];
  /** A suggestion came true, or something else was written in its place: later ones are more or less sure. */
  learnOutcome(path: string, confidence: number, cameTrue: boolean): void;
  stats(): IndexStats & { readonly calls: number };
  /**
   * What was learned and worked in, as bytes, sorted or not.
   * @param note what `restore` shall return.
   */
  save(note: string): Uint8Array;
  /** The same in small steps, between which questions may be asked and files learned; those do not count. */
  saveInSteps(note: string): Generator<undefined, Uint8Array>;
  /** Takes over what was saved; only while nothing was read. Returns the note, or `undefined` where the bytes are no use. */
  restore(bytes: Uint8Array): string | undefined;
}

interface Question {
  readonly place: Place;
  readonly evidence: Evidence;
  /** Milliseconds of `performance.now()`: reading the document counts, too. */
  readonly started: number;
  readonly deadline: number;
}

/** @param isData whether a path is that of data or markup, of which only so much is learned that code finds room. */
export function createEmbeddedEngine(isData?: (path: string) => boolean): EmbeddedEngine {
  const vocabulary = createVocabulary();
  const lexer = createLexer(vocabulary);
  const store = createIndexStore(vocabulary, lexer, isData);
  const predictor = withMemory(createPredictor(vocabulary, learnedWeights));
  const tuning = createTuning();
  const documents = new Map<string, DocumentIndex>();

  const documentOf = (path: string): DocumentIndex => {
    const document = documents.get(path) ?? createDocumentIndex();
    documents.delete(path);
    documents.set(path, document);
    if (documents.size > maxOpenIndexes) documents.delete(documents.keys().next().value!);
    return document;
  };
  let latest:
    | { readonly evidence: Evidence; readonly sorting: SortingBudget; readonly of: string }
    | undefined;
  /** The evidence of the question before, where it is the same: what was predicted from it is remembered. */
  const evidenceFor = (
    { path, names, members, after }: CompletionRequest,
    document: DocumentIndex,
    deadline: number,
  ): Evidence => {
    const of = [store.generation, document.generation, path, after, JSON.stringify([names, members])].join();
    if (latest?.of !== of || latest.evidence.document !== document) {
      const sorting: SortingBudget = { places: 0, deadline: 0 };
      const evidence = {
        segments: store.segments,
        document,
        path,
        names: names && namesOf(vocabulary, names),
        members: members && membersOf(vocabulary, members),
        follows: after ?? true,
        sorting,
      };
      latest = { evidence, sorting, of };
    }
    latest.sorting.places = maxSortedInQuestion;
    latest.sorting.deadline = deadline;
    return latest.evidence;
  };
  const read = (request: CompletionRequest): Question => {
    const started = performance.now();
    const deadline = started + (request.patience ?? hardStopMs);
    const place = placeOf(lexer, request);
    const document = documentOf(request.path);
    document.update(place.after, place.before, store.abstraction);
    return { place, evidence: evidenceFor(request, document, deadline), started, deadline };
  };
  const saving = (note: string) =>
    saveInSteps({ pieces: vocabulary.saved(), ...store.saved, note, tuning: tuning.saved() });
  const words = (place: Place, evidence: Evidence) => wordStarts(vocabulary, predictor, place, evidence);

  return {
    learn: store.learn,
    forget(path) {
      store.forget(path);
      documents.delete(path);
    },
    noRoomFor: store.noRoomFor,
    work: (milliseconds, all = true) => store.work(milliseconds, all),
    complete(request) {
      const { place, evidence, started, deadline } = read(request);
      const { path } = request;
      tuning.fade(path);
      const confidence = (signs: PartSigns): number => tuning.corrected(path, confidenceOf(signs));
      const confidences = (lines: readonly LineSigns[]): number[] =>
        confidencesOf(lines).map((one) => tuning.corrected(path, one));
      return completeAt({ vocabulary, predictor, words, confidence, confidences }, request, place, evidence, {
        started,
        deadline,
      });
    },
    words(request) {
      const { place, evidence } = read(request);
      if (place.typed === '') return [];
      return words(place, evidence)
        .map(({ token, log }) => ({ text: vocabulary.text(pieceOf(token)), probability: Math.exp(log) }))
        .filter(({ text }) => text !== place.typed)
        .slice(0, request.alternatives ?? 20);
    },
    learnOutcome: tuning.learn,
    stats: () => ({ ...store.stats(), calls: predictor.calls }),
    save: (note) => atOnce(saving(note)),
    saveInSteps: saving,
    restore(bytes) {
      const state = fromBytes(bytes);
      // Numbers given to pieces since would be others than those in the bytes.
      if (!state || vocabulary.size > reservedPieces) return undefined;
      vocabulary.restore(state.pieces);
      store.restore(state.segments);
      tuning.restore(state.tuning);
      return state.note;
    },
  };
}
