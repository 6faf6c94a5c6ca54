// Learns how sure the embedded engine may be of the beginning of a line where no whole line is sure enough, by logistic
// regression over real source trees:
//   tsx bench/embedded-confidence.ts [--positions N] FOLDER…
// Each folder is a workspace of its own; at random places the rest of the line is taken away and proposed. The numbers are
// written to server/development/models/embedded/confidence.json. Places not learned from tell how well they hold; trees that
// are used to judge the engine do not belong here.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lineSpanAt } from '../server/core/lines.ts';
import { completeAt } from '../server/development/models/embedded/complete.ts';
import {
  type LineSigns,
  logistic,
  type PartSigns,
  partFeatures,
} from '../server/development/models/embedded/confidence.ts';
import { namesOf } from '../server/development/models/embedded/names.ts';
import { placeOf } from '../server/development/models/embedded/request.ts';
import { learnedWeights } from '../server/development/models/embedded/weights.ts';
import { wordStarts } from '../server/development/models/embedded/word-starts.ts';
import { questionAt } from './completion/cursors.ts';
import { isRight } from './completion/measure.ts';
import { type LearnedWorkspace, learnFolder, randomNumbers, sourceEnding } from './completion/workspace.ts';

interface Sample {
  readonly features: readonly number[];
  readonly right: boolean;
  readonly tokens: number;
  readonly confidence: number;
  readonly atStart: boolean;
}

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { positions: { type: 'string', default: '1500' } },
});

/** One of so many suggestions that come up is taken, whole lines and parts of any length alike. */
const takenShare = 0.4;
const patience = 2_000;

/** Of so many places one is at the start of a line, as where a line is finished. */
const startShare = 0.4;

const random = randomNumbers(1);
const workspaces = folders.map((folder) => learnFolder(folder, learnedWeights));
let samples = await fromAll(Number(values.positions), undefined);
let weights = train(samples);
// What is shown was chosen by these very numbers, which picks out their errors: so they learn from their choices, too.
const chosen = await fromAll(Number(values.positions), 0.5);
samples = [...samples, ...chosen, ...chosen, ...chosen];
weights = train(samples);
const file = new URL('../server/development/models/embedded/confidence.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(weights.map((weight) => Math.round(weight * 1000) / 1000))}\n`);
// Other places, and the suggestions that would come up there: what each threshold would keep.
const others = (await fromAll(Number(values.positions) / 2, 0.5)).filter(({ tokens }) => tokens > 1);
for (const atStart of [true, false]) {
  for (const threshold of [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9]) {
    const shown = others.filter((one) => one.atStart === atStart && one.confidence >= threshold);
    const right = shown.filter((one) => one.right).length;
    console.log(
      JSON.stringify({
        bench: 'embedded-confidence',
        atStart,
        threshold,
        places: others.filter((one) => one.atStart === atStart).length,
        shown: shown.length,
        precision: Math.round((1000 * right) / (shown.length || 1)) / 10,
      }),
    );
  }
}

async function fromAll(positions: number, threshold: number | undefined): Promise<Sample[]> {
  const found: Sample[] = [];
  for (const workspace of workspaces) {
    const some = await samplesOf(workspace, positions, threshold);
    console.error(workspace.folder, some.length, some.filter(({ right }) => right).length);
    found.push(...some);
  }
  return found;
}

/** @param threshold what is above it, the first at each place; where absent, anything that comes up. */
async function samplesOf(
  workspace: LearnedWorkspace,
  positions: number,
  threshold: number | undefined,
): Promise<Sample[]> {
  const { vocabulary, lexer, store, predictor, texts, document } = workspace;
  const found: Sample[] = [];
  const sources = texts.filter(([path]) => sourceEnding.test(path));
  for (let position = 0; position < positions; position++) {
    const [path, text] = sources[Math.floor(random() * sources.length)]!;
    const offset = placeIn(text);
    const target = text.slice(offset, lineSpanAt(text, offset).end).trim();
    if (target === '') continue;
    const setting = position % 2 === 0 ? 'both' : 'prefix';
    const question = await questionAt(path, text, offset, setting, position % 5 !== 0);
    const request = { ...question, alternatives: 8, patience, threshold: threshold ?? 1 };
    const place = placeOf(lexer, request);
    document.update(place.after, place.before, store.abstraction);
    const names = request.names && namesOf(vocabulary, request.names);
    const evidence = { segments: store.segments, document, path, names, follows: setting === 'both' };
    // What is proposed is known again by its confidence, which is above the threshold for those that are taken.
    const signs = new Map<number, PartSigns>();
    const confidence = (one: PartSigns): number => {
      if (threshold !== undefined) {
        const value = logistic(partFeatures(one), weights);
        signs.set(value, one);
        return value;
      }
      if (random() > takenShare) return 0;
      const mark = 1 + signs.size;
      signs.set(mark, one);
      return mark;
    };
    // Whole lines have their own: only what is the beginning of one is looked for.
    const confidences = (lines: readonly LineSigns[]): number[] => lines.map(() => -1);
    const words = (): ReturnType<typeof wordStarts> => wordStarts(vocabulary, predictor, place, evidence);
    const all = completeAt(
      { vocabulary, predictor, confidence, confidences, words },
      request,
      place,
      evidence,
      { started: 0, deadline: Number.POSITIVE_INFINITY },
    );
    for (const one of threshold === undefined ? all : all.slice(0, 1)) {
      const known = signs.get(one.confidence);
      if (!known) continue;
      found.push({
        features: partFeatures(known),
        right: isRight(one, target),
        tokens: one.tokens,
        confidence: one.confidence,
        atStart: known.atStart,
      });
    }
  }
  return found;
}

function placeIn(text: string): number {
  const offset = Math.floor(random() * text.length);
  if (random() > startShare) return offset;
  const { start, end } = lineSpanAt(text, offset);
  return start + (/^[ \t]*/.exec(text.slice(start, end))?.[0].length ?? 0);
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
  for (let round = 0; round < 1500; round++) {
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
