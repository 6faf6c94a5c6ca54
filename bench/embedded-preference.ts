// Learns which of several whole lines the embedded engine puts first, over finished source trees:
//   tsx bench/embedded-preference.ts [--places N] TREE…
// At random places the rest of the line is taken away, and the lines that come up are scored against each other and against
// the chance that none is right. The numbers are written to server/development/models/embedded/preference.json; trees that are
// used to judge the engine do not belong here.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { candidatesAt } from '../server/development/models/embedded/complete.ts';
import type { LineSigns } from '../server/development/models/embedded/confidence.ts';
import { preferenceFeatures, preferenceUnits } from '../server/development/models/embedded/preference.ts';
import { learnedWeights } from '../server/development/models/embedded/weights.ts';
import { wordStarts } from '../server/development/models/embedded/word-starts.ts';
import { isRight } from './completion/measure.ts';
import { type Situation, situationsOf } from './completion/situations.ts';
import { type Group, trainNet } from './completion/train-net.ts';
import { randomNumbers } from './completion/workspace.ts';

const { values, positionals: trees } = parseArgs({
  allowPositionals: true,
  options: { places: { type: 'string', default: '1200' }, epochs: { type: 'string', default: '40' } },
});

const patience = 2_000;

/** Lines asked for at one place. */
const alternatives = 4;

const random = randomNumbers(11);
const groups: Group[] = [];
const counts = { whole: Number(values.places), small: 0, smallPlaces: 0, commits: 0 };
for (const tree of trees) {
  const before = groups.length;
  for await (const situation of situationsOf(tree, undefined, counts, learnedWeights, random)) {
    const group = groupOf(situation);
    if (group.rows.length > 0) groups.push(group);
  }
  console.error(tree, groups.length - before);
}
const options = { units: preferenceUnits, epochs: Number(values.epochs), decay: 3e-4, random };
const numbers = trainNet(groups, options, (epoch, loss) => {
  if (epoch % 5 === 0) console.log(JSON.stringify({ bench: 'embedded-preference', epoch, loss }));
});
const file = new URL('../server/development/models/embedded/preference.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(numbers)}\n`);

function groupOf({ workspace, request, place, evidence, target }: Situation): Group {
  const { vocabulary, predictor } = workspace;
  let signs: readonly LineSigns[] = [];
  const tools = {
    vocabulary,
    predictor,
    words: () => wordStarts(vocabulary, predictor, place, evidence),
    confidence: () => 0,
    confidences: (all: readonly LineSigns[]) => {
      signs = all;
      return all.map(() => 0);
    },
  };
  const deadline = performance.now() + patience;
  const { lines } = candidatesAt(tools, { ...request, alternatives }, place, evidence, deadline);
  return { rows: signs.map(preferenceFeatures), right: lines.findIndex((one) => isRight(one, target)) };
}
