// A folder as the embedded engine has learned it, with its parts in reach: for learning its numbers, and for questions that
// the engine's own door does not answer.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createDocumentIndex } from '../../server/development/models/embedded/document-index.ts';
import { createIndexStore } from '../../server/development/models/embedded/index-store.ts';
import { createLexer } from '../../server/development/models/embedded/lexer.ts';
import { createPredictor, type PredictorWeights } from '../../server/development/models/embedded/predict.ts';
import { createVocabulary } from '../../server/development/models/embedded/vocabulary.ts';

/** Code, rather than prose and data. */
export const sourceEnding = /\.(py|tsx?|mjs|js|go|rs|java|c|h|cc|cpp|rb|cs|kt|php|lua|sh)$/;

/** Path from the folder to text; what cannot be text is for the engine to leave out. */
export function readTree(folder: string): Map<string, string> {
  return new Map([...filesUnder(folder)].map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

/** @returns the parts, everything sorted, and the texts that were not left out. */
export const learnFolder = (folder: string, weights: PredictorWeights) =>
  learnTexts(folder, readTree(folder), weights);

/** The same of these files alone, each by its path. */
export function learnTexts(folder: string, files: ReadonlyMap<string, string>, weights: PredictorWeights) {
  const vocabulary = createVocabulary();
  const lexer = createLexer(vocabulary);
  const store = createIndexStore(vocabulary, lexer);
  const predictor = createPredictor(vocabulary, weights);
  const texts: [string, string][] = [];
  for (const [path, text] of files) if (!store.learn(path, text)) texts.push([path, text]);
  while (store.work(1000, true));
  return { folder, vocabulary, lexer, store, predictor, texts, document: createDocumentIndex() };
}

export type LearnedWorkspace = ReturnType<typeof learnFolder>;

/** The same numbers in every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.name === '.git' || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}
