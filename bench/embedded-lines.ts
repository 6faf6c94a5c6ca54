// Learns how sure the embedded engine may be of each of several whole lines, over real source trees:
//   tsx bench/embedded-lines.ts [--positions N] [--epochs N] FOLDER…
// Each folder is a workspace of its own; at random places the rest of the line is taken away, and the lines that come up are
// scored against each other and against the chance that none is right. The numbers are written to
// server/development/models/embedded/lines.json; trees that are used to judge the engine do not belong here.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lineSpanAt } from '../server/core/lines.ts';
import { candidatesAt } from '../server/development/models/embedded/complete.ts';
import {
  type LineSigns,
  lineFeatureCount,
  lineFeatures,
  lineNetSize,
  lineScore,
  lineUnits,
} from '../server/development/models/embedded/confidence.ts';
import { namesOf } from '../server/development/models/embedded/names.ts';
import { placeOf } from '../server/development/models/embedded/request.ts';
import { learnedWeights } from '../server/development/models/embedded/weights.ts';
import { wordStarts } from '../server/development/models/embedded/word-starts.ts';
import { questionAt } from './completion/cursors.ts';
import { isRight } from './completion/measure.ts';
import { type LearnedWorkspace, learnFolder, randomNumbers, sourceEnding } from './completion/workspace.ts';

/** The lines that came up at one place, and which is right: -1 for none. */
interface Sample {
  readonly lines: readonly (readonly number[])[];
  readonly right: number;
  readonly atStart: boolean;
}

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { positions: { type: 'string', default: '300' }, epochs: { type: 'string', default: '40' } },
});

const startShare = 0.4;

/** One of so many places is asked about with its own file alone. */
const alone = 9;
const patience = 2_000;

/** Lines asked for at one place. */
const alternatives = 4;

const random = randomNumbers(11);
const samples: Sample[] = [];
for (const folder of folders) {
  const before = samples.length;
  await collect(learnFolder(folder, learnedWeights));
  const found = samples.slice(before);
  console.error(folder, found.length, found.filter(({ right }) => right !== -1).length);
}
const weights = train();
const file = new URL('../server/development/models/embedded/lines.json', import.meta.url);
writeFileSync(file, `${JSON.stringify([...weights].map((weight) => Math.round(weight * 1000) / 1000))}\n`);

async function collect(workspace: LearnedWorkspace): Promise<void> {
  const { vocabulary, lexer, store, predictor, texts, document } = workspace;
  const sources = texts.filter(([path]) => sourceEnding.test(path));
  for (let position = 0; position < Number(values.positions); position++) {
    const [path, text] = sources[Math.floor(random() * sources.length)]!;
    const offset = placeIn(text);
    const target = text.slice(offset, lineSpanAt(text, offset).end).trim();
    if (target === '') continue;
    const setting = position % 2 === 0 ? 'both' : 'prefix';
    const question = await questionAt(path, text, offset, setting, position % 5 !== 0);
    const request = { ...question, alternatives };
    const place = placeOf(lexer, request);
    document.update(place.after, place.before, store.abstraction);
    const names = request.names && namesOf(vocabulary, request.names);
    // A document must be completed, too, before anything of its folder is known.
    const segments = position % alone === 0 ? [] : store.segments;
    const evidence = { segments, document, path, names, follows: setting === 'both' };
    let signs: readonly LineSigns[] = [];
    const tools = {
      vocabulary,
      predictor,
      words: () => wordStarts(vocabulary, predictor, place, evidence),
      confidence: () => 0,
      confidences: (lines: readonly LineSigns[]) => {
        signs = lines;
        return lines.map(() => 0);
      },
    };
    const { lines } = candidatesAt(tools, request, place, evidence, performance.now() + patience);
    if (lines.length === 0) continue;
    samples.push({
      lines: signs.map(lineFeatures),
      right: lines.findIndex((one) => isRight(one, target)),
      atStart: signs[0]!.atStart,
    });
  }
}

function placeIn(text: string): number {
  const offset = Math.floor(random() * text.length);
  if (random() > startShare) return offset;
  const { start, end } = lineSpanAt(text, offset);
  return start + (/^[ \t]*/.exec(text.slice(start, end))?.[0].length ?? 0);
}

/** Adam (Kingma and Ba, 2015) on the cross-entropy of the right line; one sample in eight is kept aside. */
function train(): Float64Array {
  const weights = Float64Array.from({ length: lineNetSize }, () => (random() - 0.5) * 0.4);
  const slope = new Float64Array(lineNetSize);
  const first = new Float64Array(lineNetSize);
  const second = new Float64Array(lineNetSize);
  const aside = samples.filter((_, index) => index % 8 === 0);
  const learned = samples.filter((_, index) => index % 8 !== 0);
  let best = { loss: Number.POSITIVE_INFINITY, weights: weights.slice() };
  let steps = 0;
  for (let epoch = 0; epoch <= Number(values.epochs); epoch++) {
    const judged = judge(aside, weights);
    if (judged.loss < best.loss) best = { loss: judged.loss, weights: weights.slice() };
    if (epoch % 5 === 0)
      console.log(JSON.stringify({ bench: 'embedded-lines', epoch, samples: samples.length, ...judged }));
    for (let from = 0; from < learned.length; from += 32) {
      slope.fill(0);
      for (let at = 0; at < 32; at++)
        learnFrom(learned[Math.floor(random() * learned.length)]!, weights, slope);
      steps++;
      const rate = 0.004 * (1 - epoch / (Number(values.epochs) + 1));
      for (let index = 0; index < lineNetSize; index++) {
        const gradient = slope[index]! / 32 + 3e-4 * weights[index]!;
        first[index] = 0.9 * first[index]! + 0.1 * gradient;
        second[index] = 0.999 * second[index]! + 0.001 * gradient * gradient;
        const scale = Math.sqrt(1 - 0.999 ** steps) / (1 - 0.9 ** steps);
        weights[index]! -= (rate * scale * first[index]!) / (Math.sqrt(second[index]!) + 1e-8);
      }
    }
  }
  return best.weights;
}

function sharesOf({ lines }: Sample, weights: Float64Array): number[] {
  const odds = lines.map((line) => Math.exp(lineScore(line, weights)));
  const total = odds.reduce((sum, one) => sum + one, 1);
  return odds.map((one) => one / total);
}

function learnFrom(sample: Sample, weights: Float64Array, slope: Float64Array): void {
  const hidden = new Float64Array(lineUnits);
  const outer = lineUnits * (lineFeatureCount + 1);
  for (const [at, share] of sharesOf(sample, weights).entries()) {
    const miss = share - (sample.right === at ? 1 : 0);
    const features = sample.lines[at]!;
    lineScore(features, weights, hidden);
    slope[outer + lineUnits]! += miss;
    for (let unit = 0; unit < lineUnits; unit++) {
      if (hidden[unit] === 0) continue;
      slope[outer + unit]! += miss * hidden[unit]!;
      const back = miss * weights[outer + unit]!;
      const row = unit * (lineFeatureCount + 1);
      slope[row]! += back;
      for (const [index, feature] of features.entries()) slope[row + 1 + index]! += back * feature;
    }
  }
}

/** Mean loss, how often the first is right, and how often it is above the threshold, and right there. */
function judge(list: readonly Sample[], weights: Float64Array) {
  let loss = 0;
  let top = 0;
  let there = 0;
  const shown = [0, 0];
  for (const sample of list) {
    const shares = sharesOf(sample, weights);
    const none = 1 - shares.reduce((sum, one) => sum + one, 0);
    loss -= Math.log(Math.max(1e-9, sample.right === -1 ? none : shares[sample.right]!));
    const most = Math.max(...shares);
    const isTop = sample.right !== -1 && shares[sample.right] === most;
    if (isTop) top++;
    if (sample.right !== -1) there++;
    if (most >= 0.7) shown[isTop ? 0 : 1]!++;
  }
  const share = (count: number): number => Math.round((1000 * count) / list.length) / 10;
  return {
    loss: loss / list.length,
    top: share(top),
    there: share(there),
    shown: share(shown[0]! + shown[1]!),
    right: shown[0]! / (shown[0]! + shown[1]! || 1),
  };
}
