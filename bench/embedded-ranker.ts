// Learns how the embedded engine weighs the likeliest next tokens once more, over real source trees:
//   tsx bench/embedded-ranker.ts [--windows N] [--epochs N] [--check FOLDER] FOLDER…
// Each folder is a workspace of its own. At random places the rest of the line is predicted token by token, with the names
// that the parser sees there. The numbers are written to server/development/models/embedded/ranker.json; trees that are used
// to judge the engine do not belong here.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lineSpanAt } from '../server/core/lines.ts';
import { pieceOf, type Token } from '../server/development/models/embedded/lexer.ts';
import { contextLength } from '../server/development/models/embedded/limits.ts';
import { namesOf } from '../server/development/models/embedded/names.ts';
import {
  featureCount,
  hiddenUnits,
  leastUnknown,
  type Ranker,
  rankerSize,
  sharedCount,
} from '../server/development/models/embedded/ranker.ts';
import type { RankerView } from '../server/development/models/embedded/ranker-view.ts';
import { placeOf } from '../server/development/models/embedded/request.ts';
import { kinds } from '../server/development/models/embedded/vocabulary.ts';
import { learnedWeights } from '../server/development/models/embedded/weights.ts';
import { createSyntax } from '../server/input/syntax/create.ts';
import { learnFolder, randomNumbers, sourceEnding } from './completion/workspace.ts';

/** One prediction: features of those chosen, their logarithms before, which was right (-1: none of them). */
interface Sample {
  readonly own: Float32Array;
  /** What is the same for all of them. */
  readonly shared: Float32Array;
  readonly logs: Float32Array;
  readonly right: number;
  /** Logarithm of what all others had together. */
  readonly others: number;
}

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    windows: { type: 'string', default: '1200' },
    epochs: { type: 'string', default: '8' },
    rate: { type: 'string', default: '0.002' },
  },
});

/** One of so many windows is predicted from its own file alone, and one of so many with no names known. */
const alone = 12;
const nameless = 3;

const ownCount = featureCount - sharedCount;
const outer = hiddenUnits * (featureCount + 1);
const hiddenBuffer = new Float64Array(64 * hiddenUnits);
const commonBuffer = new Float64Array(hiddenUnits);
const backBuffer = new Float64Array(hiddenUnits);
/** Tokens of a line that are learned from: tables of numbers would have too large a say. */
const longestLine = 16;

const syntax = await createSyntax({ log: () => undefined });
const random = randomNumbers(7);
const samples: Sample[] = [];
for (const folder of folders) {
  const before = samples.length;
  await collect(folder);
  console.error(folder, samples.length - before);
}
const weights = train();
const file = new URL('../server/development/models/embedded/ranker.json', import.meta.url);
writeFileSync(file, `${JSON.stringify([...weights].map((weight) => Math.round(weight * 1000) / 1000))}\n`);

async function collect(folder: string): Promise<void> {
  const plain = { ...learnedWeights, ranker: new Float64Array(0) };
  const { vocabulary, lexer, store, predictor, texts, document } = learnFolder(folder, plain);
  const sources: [string, string, string][] = [];
  for (const [path, text] of texts) {
    const language = syntax.languageFor(path)?.id;
    if (language && sourceEnding.test(path) && (await syntax.load(language)))
      sources.push([path, text, language]);
  }
  const total = sources.reduce((sum, [, text]) => sum + sizeOf(text), 0);
  const bySize = (): [string, string, string] => {
    let at = random() * total;
    for (const source of sources) {
      at -= sizeOf(source[1]);
      if (at <= 0) return source;
    }
    return sources[0]!;
  };
  for (let window = 0; window < Number(values.windows); window++) {
    const [path, text, language] =
      window % 4 < 2 ? sources[Math.floor(random() * sources.length)]! : bySize();
    const offset = placeIn(text);
    const after = window % 2 === 0;
    const request = { path, text, offset, after };
    const all = lexer.lex(text).tokens;
    const place = placeOf(lexer, request);
    if (place.typed !== '' || place.before.length >= all.length) continue;
    document.update(place.after, place.before, store.abstraction);
    const open = text.slice(0, offset) + (after ? text.slice(lineSpanAt(text, offset).end) : '');
    const parsed = window % nameless === 0 ? undefined : syntax.parse(language, open);
    const names = parsed && namesOf(vocabulary, parsed.visibleNames(offset));
    parsed?.release();
    const segments = window % alone === 0 ? [] : store.segments;
    const end = Math.min(all.length, place.before.length + longestLine);
    for (let length = place.before.length; length < end; length++) {
      const token = all[length]!;
      const context = all.subarray(Math.max(0, length - contextLength), length);
      predictor.predict(
        { segments, document, path, names, follows: after },
        { tokens: context, length: context.length },
        { token, see: () => undefined, weigh: (ranker, view) => keep(ranker, view, token) },
      );
      if (vocabulary.kind(pieceOf(token)) === kinds.lineBreak) break;
    }
  }
}

/** Half of the places are taken from files by their size, as people come to them; the largest would be all there is. */
const sizeOf = ({ length }: string): number => Math.min(length, 30_000);

/** Keeps what the ranker would weigh, with what came. */
function keep(ranker: Ranker, view: RankerView, token: Token): void {
  const count = ranker.read(view);
  if (count === 0) return;
  const chosen = [...ranker.chosen.subarray(0, count)];
  const shares = chosen.map((index) => view.probabilities[index]!);
  const mass = shares.reduce((sum, one) => sum + one, 0);
  samples.push({
    own: ownOf(ranker.features, count),
    shared: ranker.features.slice(ownCount, featureCount),
    logs: Float32Array.from(shares, Math.log),
    right: chosen.findIndex((index) => view.ballot.tokens[index] === token),
    others: Math.log(Math.max(leastUnknown, 1 - mass)),
  });
}

function ownOf(features: Float32Array, count: number): Float32Array {
  const own = new Float32Array(count * ownCount);
  for (let at = 0; at < count; at++) {
    own.set(features.subarray(at * featureCount, at * featureCount + ownCount), at * ownCount);
  }
  return own;
}

/** A place where no word is half typed: a third of them at the start of a line's text. */
function placeIn(text: string): number {
  let offset = Math.floor(random() * text.length);
  if (random() < 0.35) {
    offset = text.lastIndexOf('\n', offset) + 1;
    while (/[ \t]/.test(text[offset] ?? '')) offset++;
    return offset;
  }
  while (offset > 0 && /[\w$]/.test(text[offset - 1]!)) offset--;
  return offset;
}

/**
 * Adam (Kingma and Ba, 2015) on the cross-entropy of the token that came; one block of samples in ten is kept aside. Weights
 * lie by feature meanwhile, constants first, so that what one feature adds lies together.
 */
function train(): Float64Array {
  const weights = Float64Array.from({ length: rankerSize }, (_, index) =>
    index >= outer ? (random() - 0.5) * 0.2 : (random() - 0.5) * 0.3,
  );
  const slope = new Float64Array(rankerSize);
  const first = new Float64Array(rankerSize);
  const second = new Float64Array(rankerSize);
  const aside = samples.filter((_, index) => Math.floor(index / 50) % 10 === 0);
  const learned = samples.filter((_, index) => Math.floor(index / 50) % 10 !== 0);
  const best = { loss: Number.POSITIVE_INFINITY, weights: weights.slice() };
  let steps = 0;
  const batch = 64;
  const epochs = Number(values.epochs);
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const judged = judge(aside, weights);
    console.log(JSON.stringify({ bench: 'embedded-ranker', epoch, samples: samples.length, ...judged }));
    if (judged.loss < best.loss) Object.assign(best, { loss: judged.loss, weights: weights.slice() });
    if (epoch === epochs) break;
    shuffle(learned);
    for (let from = 0; from < learned.length; from += batch) {
      slope.fill(0);
      const some = learned.slice(from, from + batch);
      for (const sample of some) learnFrom(sample, weights, slope);
      steps++;
      const rate = Number(values.rate) * (1 - (epoch + from / learned.length) / (epochs + 1));
      for (let index = 0; index < rankerSize; index++) {
        const gradient = slope[index]! / some.length + 1e-5 * weights[index]!;
        first[index] = 0.9 * first[index]! + 0.1 * gradient;
        second[index] = 0.999 * second[index]! + 0.001 * gradient * gradient;
        const scale = Math.sqrt(1 - 0.999 ** steps) / (1 - 0.9 ** steps);
        weights[index]! -= (rate * scale * first[index]!) / (Math.sqrt(second[index]!) + 1e-8);
      }
    }
  }
  return byUnit(best.weights);
}

/** As the engine reads them: all weights of a unit together, its constant first. */
function byUnit(byFeature: Float64Array): Float64Array {
  const weights = byFeature.slice();
  for (let feature = 0; feature <= featureCount; feature++) {
    for (let unit = 0; unit < hiddenUnits; unit++) {
      weights[unit * (featureCount + 1) + feature] = byFeature[feature * hiddenUnits + unit]!;
    }
  }
  return weights;
}

/** Adds what features say to each hidden unit. */
function addTo(
  hidden: Float64Array,
  at: number,
  features: Float32Array,
  from: number,
  first: number,
  weights: Float64Array,
  end: number,
): void {
  for (let feature = first; feature < end; feature++) {
    const value = features[from + feature - first]!;
    if (value === 0) continue;
    const row = (feature + 1) * hiddenUnits;
    for (let unit = 0; unit < hiddenUnits; unit++) hidden[at + unit]! += value * weights[row + unit]!;
  }
}

function scoresOf({ own, shared, logs }: Sample, weights: Float64Array): Float64Array {
  const scores = new Float64Array(logs.length);
  for (let unit = 0; unit < hiddenUnits; unit++) commonBuffer[unit] = weights[unit]!;
  addTo(commonBuffer, 0, shared, 0, ownCount, weights, featureCount);
  for (let at = 0; at < logs.length; at++) {
    const hidden = at * hiddenUnits;
    hiddenBuffer.set(commonBuffer, hidden);
    addTo(hiddenBuffer, hidden, own, at * ownCount, 0, weights, ownCount);
    let sum = 0;
    for (let unit = 0; unit < hiddenUnits; unit++) {
      const value = hiddenBuffer[hidden + unit]!;
      if (value > 0) sum += value * weights[outer + unit]!;
    }
    scores[at] = sum;
  }
  return scores;
}

function sharesOf(sample: Sample, scores: Float64Array): { shares: Float64Array; others: number } {
  const shares = scores.map((score, at) => Math.exp(score + sample.logs[at]!));
  const others = Math.exp(sample.others);
  const total = shares.reduce((sum, one) => sum + one, others);
  return { shares: shares.map((one) => one / total), others: others / total };
}

function learnFrom(sample: Sample, weights: Float64Array, slope: Float64Array): void {
  const { shares } = sharesOf(sample, scoresOf(sample, weights));
  commonBuffer.fill(0);
  for (let at = 0; at < shares.length; at++) {
    const miss = shares[at]! - (sample.right === at ? 1 : 0);
    if (Math.abs(miss) < 1e-4) continue;
    for (let unit = 0; unit < hiddenUnits; unit++) {
      const value = hiddenBuffer[at * hiddenUnits + unit]!;
      backBuffer[unit] = value > 0 ? miss * weights[outer + unit]! : 0;
      if (value > 0) slope[outer + unit]! += miss * value;
      commonBuffer[unit]! += backBuffer[unit]!;
    }
    addSlope(slope, sample.own, at * ownCount, 0, ownCount, backBuffer);
  }
  addSlope(slope, sample.shared, 0, ownCount, featureCount, commonBuffer);
  for (let unit = 0; unit < hiddenUnits; unit++) slope[unit]! += commonBuffer[unit]!;
}

function addSlope(
  slope: Float64Array,
  features: Float32Array,
  from: number,
  first: number,
  end: number,
  back: Float64Array,
): void {
  for (let feature = first; feature < end; feature++) {
    const value = features[from + feature - first]!;
    if (value === 0) continue;
    const row = (feature + 1) * hiddenUnits;
    for (let unit = 0; unit < hiddenUnits; unit++) slope[row + unit]! += back[unit]! * value;
  }
}

function judge(list: readonly Sample[], weights: Float64Array) {
  let loss = 0;
  let plain = 0;
  let top = 0;
  let plainTop = 0;
  for (const sample of list) {
    const { shares, others } = sharesOf(sample, scoresOf(sample, weights));
    const before = sharesOf(sample, new Float64Array(sample.logs.length));
    loss -= Math.log2(sample.right === -1 ? others : shares[sample.right]!);
    plain -= Math.log2(sample.right === -1 ? before.others : before.shares[sample.right]!);
    if (sample.right !== -1 && shares[sample.right] === Math.max(...shares)) top++;
    if (sample.right === 0) plainTop++;
  }
  const mean = (sum: number): number => Math.round((1000 * sum) / list.length) / 1000;
  return { loss: mean(loss), plain: mean(plain), top: mean(top), plainTop: mean(plainTop) };
}

function shuffle(list: Sample[]): void {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
}
