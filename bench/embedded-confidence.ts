// Learns how sure the embedded engine may be of what it proposes, by logistic regression over real source trees:
//   tsx bench/embedded-confidence.ts [--positions N] FOLDER…
// Each folder is a workspace of its own; at random places the rest of the line is taken away and proposed. The numbers are
// written to server/development/models/embedded/confidence.json. Places not learned from tell how well they hold.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lineSpanAt } from '../server/core/lines.ts';
import { completeAt, wordStarts } from '../server/development/models/embedded/complete.ts';
import { featuresOf, logistic, type Signs } from '../server/development/models/embedded/confidence.ts';
import { createDocumentIndex } from '../server/development/models/embedded/document-index.ts';
import { createIndexStore } from '../server/development/models/embedded/index-store.ts';
import { createLexer } from '../server/development/models/embedded/lexer.ts';
import { createPredictor } from '../server/development/models/embedded/predict.ts';
import { placeOf } from '../server/development/models/embedded/request.ts';
import { createVocabulary } from '../server/development/models/embedded/vocabulary.ts';
import { learnedWeights } from '../server/development/models/embedded/weights.ts';

interface Sample {
  readonly features: readonly number[];
  readonly right: boolean;
  readonly tokens: number;
}

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { positions: { type: 'string', default: '1500' } },
});

/** One of so many suggestions that come up is taken, whole lines and parts of any length alike. */
const takenShare = 0.4;
const patience = 200;

const random = generator(1);
const workspaces = folders.map(learned);
let samples = workspaces.flatMap((workspace) => samplesOf(workspace, 1, undefined));
let weights = train(samples);
// What is shown was chosen by these very numbers, which picks out their errors: so they learn from their choices, too.
for (const threshold of [0.4, 0.6, 0.8]) {
  const chosen = workspaces.flatMap((workspace) => samplesOf(workspace, 2, threshold));
  samples = [...samples, ...chosen, ...chosen];
  weights = train(samples);
}
const file = new URL('../server/development/models/embedded/confidence.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(weights.map((weight) => Math.round(weight * 1000) / 1000))}\n`);
// Other places, and the suggestions that would come up there: what the threshold must keep.
for (const threshold of [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9]) {
  const shown = workspaces.flatMap((workspace) => samplesOf(workspace, 4, threshold));
  const several = shown.filter(({ tokens }) => tokens > 1);
  console.log(
    JSON.stringify({
      bench: 'embedded-confidence',
      threshold,
      places: (Number(values.positions) / 4) * folders.length,
      shown: several.length,
      precision:
        Math.round((1000 * several.filter(({ right }) => right).length) / (several.length || 1)) / 10,
    }),
  );
}

function learned(folder: string) {
  const vocabulary = createVocabulary();
  const lexer = createLexer(vocabulary);
  const store = createIndexStore(vocabulary, lexer);
  const predictor = createPredictor(vocabulary, learnedWeights);
  const texts: [string, string][] = [];
  for (const path of filesUnder(folder)) {
    const text = readFileSync(path, 'utf8');
    if (!store.learn(path, text)) texts.push([path, text]);
  }
  while (store.work(1000, true));
  return { folder, vocabulary, lexer, store, predictor, texts, document: createDocumentIndex() };
}

/**
 * @param part one of so many positions is used.
 * @param threshold what is above it, the first at each place; where absent, anything that comes up.
 */
function samplesOf(
  workspace: ReturnType<typeof learned>,
  part: number,
  threshold: number | undefined,
): Sample[] {
  const { folder, vocabulary, lexer, store, predictor, texts, document } = workspace;
  const found: Sample[] = [];
  for (let position = 0; position < Number(values.positions) / part; position++) {
    const [path, text] = texts[Math.floor(random() * texts.length)]!;
    const offset = Math.floor(random() * text.length);
    const { end } = lineSpanAt(text, offset);
    const target = text.slice(offset, end).trim();
    if (target === '') continue;
    const after = position % 2 === 0;
    const open = text.slice(0, offset) + (after ? text.slice(end) : '');
    const request = { path, text: open, offset, after, alternatives: 8, patience, threshold: threshold ?? 1 };
    const place = placeOf(lexer, request);
    document.update(place.after, place.before, store.abstraction);
    const evidence = { segments: store.segments, document, path, follows: after };
    // What is proposed is known again by its confidence, which is above the threshold for those that are taken.
    const signs = new Map<number, Signs>();
    const confidence = (one: Signs): number => {
      if (threshold !== undefined) {
        const value = logistic(featuresOf(one), weights);
        signs.set(value, one);
        return value;
      }
      if (random() > takenShare) return 0;
      const mark = 1 + signs.size;
      signs.set(mark, one);
      return mark;
    };
    const words = (): ReturnType<typeof wordStarts> => wordStarts(vocabulary, predictor, place, evidence);
    const all = completeAt({ vocabulary, predictor, confidence, words }, request, place, evidence);
    for (const one of threshold === undefined ? all : all.slice(0, 1)) {
      const proposed = one.text.trim();
      const known = signs.get(one.confidence);
      found.push({
        features: known ? featuresOf(known) : [],
        right: one.whole ? proposed === target : target.startsWith(proposed),
        tokens: one.tokens,
      });
    }
  }
  console.error(folder, found.length, found.filter(({ right }) => right).length);
  return found;
}

/** By plain gradient descent on standardised features: a few thousand samples of ten numbers need no better. */
function train(list: readonly Sample[]): number[] {
  const size = list[0]!.features.length;
  const mean = Array.from({ length: size }, (_, index) =>
    average(list.map(({ features }) => features[index]!)),
  );
  const spread = Array.from({ length: size }, (_, index) =>
    index === 0
      ? 1
      : Math.sqrt(average(list.map(({ features }) => (features[index]! - mean[index]!) ** 2))) || 1,
  );
  const rows = list.map(({ features }) =>
    features.map((feature, index) => (index === 0 ? 1 : (feature - mean[index]!) / spread[index]!)),
  );
  const scaled = new Array<number>(size).fill(0);
  for (let round = 0; round < 3000; round++) {
    const slope = new Array<number>(size).fill(0);
    for (const [at, row] of rows.entries()) {
      const miss = (list[at]!.right ? 1 : 0) - logistic(row, scaled);
      for (let index = 0; index < size; index++) slope[index]! += miss * row[index]!;
    }
    for (let index = 0; index < size; index++) scaled[index]! += (2 * slope[index]!) / rows.length;
  }
  return scaled.map((weight, index) =>
    index === 0
      ? weight -
        average(scaled.slice(1).map((one, at) => (one * mean[at + 1]!) / spread[at + 1]!)) * (size - 1)
      : weight / spread[index]!,
  );
}

function average(list: readonly number[]): number {
  return list.reduce((sum, one) => sum + one, 0) / list.length;
}

/** The same numbers in every run (mulberry32). */
function generator(seed: number): () => number {
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
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}
