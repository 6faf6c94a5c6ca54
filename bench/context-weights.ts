// Learns which of the imported names is used next, from real source trees:
//   tsx bench/context-weights.ts [--write] FOLDER…
// Each folder is a repository. A conditional logit model (McFadden 1974) over the features of server/input/context/next-use.ts
// is fitted to all of them, and once to all but each, to tell how well it does on a repository that it has not seen. With
// --write the weights go to next-use.json; trees that are used to judge retrieval do not belong here.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openRepository } from './context/repository.ts';
import { type Choice, choicesOf } from './context/uses.ts';

const rounds = 120;
const rate = 0.1;

/** Pull towards zero, so that what was seldom seen is not believed. */
const ridge = 5e-4;

/** First uses are harder to foresee than later ones, and count twice. */
const importance: Readonly<Record<Choice['kind'], number>> = { first: 1.34, any: 0.67, within: 0.67 };

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});

interface Row {
  readonly repository: string;
  readonly kind: Choice['kind'];
  readonly used: number;
  /** Indices of features and their values, for each name. */
  readonly names: readonly (readonly (readonly [feature: number, value: number])[])[];
}

const numbers = new Map<string, number>();
const rows: Row[] = [];
for (const folder of folders) {
  for await (const { repository, kind, used, features } of choicesOf(await openRepository(folder))) {
    const names = features.map((each) =>
      Object.entries(each)
        .filter(([, value]) => value !== 0)
        .map(([feature, value]) => [numberOf(feature), value] as const),
    );
    rows.push({ repository, kind, used, names });
  }
}
const repositories = [...new Set(rows.map(({ repository }) => repository))];
for (const unseen of repositories) {
  const weights = learn(rows.filter(({ repository }) => repository !== unseen));
  for (const kind of ['first', 'any', 'within'] as const) {
    const mine = rows.filter((row) => row.repository === unseen && row.kind === kind);
    console.log(JSON.stringify({ bench: 'context-weights', unseen, kind, ...measure(mine, weights) }));
  }
}
const weights = learn(rows);
console.log(JSON.stringify({ bench: 'context-weights', fitted: 'all', ...measure(rows, weights) }));
if (values.write) {
  const named = [...numbers].map(([name, index]) => [name, Math.round(weights[index]! * 100) / 100] as const);
  named.sort(([a], [b]) => (a < b ? -1 : 1));
  const file = new URL('../server/input/context/next-use.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(named), null, 2)}\n`);
}

function numberOf(feature: string): number {
  const known = numbers.get(feature) ?? numbers.size;
  numbers.set(feature, known);
  return known;
}

/** By gradient descent with Adam's steps; a repository counts by the root of its size. */
function learn(seen: readonly Row[]): Float64Array {
  const count = numbers.size;
  const weights = new Float64Array(count);
  const mean = new Float64Array(count);
  const square = new Float64Array(count);
  const sizes = new Map<string, number>();
  for (const { repository } of seen) sizes.set(repository, (sizes.get(repository) ?? 0) + 1);
  const total = [...sizes.values()].reduce((sum, size) => sum + Math.sqrt(size), 0);
  for (let round = 1; round <= rounds; round++) {
    const gradient = new Float64Array(count);
    for (const row of seen) {
      const share = importance[row.kind] / Math.sqrt(sizes.get(row.repository)!);
      const odds = probabilities(row, weights);
      for (const [index, features] of row.names.entries()) {
        const error = share * (odds[index]! - (index === row.used ? 1 : 0));
        for (const [feature, value] of features) gradient[feature]! += error * value;
      }
    }
    for (let at = 0; at < count; at++) {
      const slope = gradient[at]! / total + ridge * weights[at]!;
      mean[at] = 0.9 * mean[at]! + 0.1 * slope;
      square[at] = 0.99 * square[at]! + 0.01 * slope * slope;
      const step = mean[at]! / (1 - 0.9 ** round) / (Math.sqrt(square[at]! / (1 - 0.99 ** round)) + 1e-8);
      weights[at]! -= rate * step;
    }
  }
  return weights;
}

function scores({ names }: Row, weights: Float64Array): readonly number[] {
  return names.map((features) =>
    features.reduce((sum, [feature, value]) => sum + weights[feature]! * value, 0),
  );
}

function probabilities(row: Row, weights: Float64Array): readonly number[] {
  const rated = scores(row, weights);
  const best = Math.max(...rated);
  const odds = rated.map((score) => Math.exp(score - best));
  const total = odds.reduce((sum, each) => sum + each, 0);
  return odds.map((each) => each / total);
}

function measure(of: readonly Row[], weights: Float64Array): Record<string, number> {
  const ranks = of.map((row) => {
    const rated = scores(row, weights);
    return rated.filter((score) => score > rated[row.used]!).length;
  });
  const percent = (below: number): number =>
    Math.round((1000 * ranks.filter((rank) => rank < below).length) / Math.max(1, ranks.length)) / 10;
  return { choices: of.length, 'acc@1': percent(1), 'acc@3': percent(3) };
}
