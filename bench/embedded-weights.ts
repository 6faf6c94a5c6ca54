// Learns how far each expert of the embedded engine is to be trusted, by expectation maximisation over real source trees:
//   tsx bench/embedded-weights.ts [--rounds N] [--positions N] FOLDER…
// Each folder is a workspace of its own. A file is predicted token by token with itself left out of the index. The numbers
// are written to server/development/models/embedded/weights.json; trees that are used to judge the engine do not belong here.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { initialWeights, weightCount } from '../server/development/models/embedded/experts.ts';
import { contextLength } from '../server/development/models/embedded/limits.ts';
import { learnFolder } from './completion/workspace.ts';

/** Nobody is trusted wholly: what all speak against must stay possible. */
const mostTrust = 0.997;

/** A weight that was seldom seen stays near where it started, as if it had been seen so often with that. */
const priorTimes = 4;

/** Of so many positions, one is predicted from its own file alone. */
const alone = 8;

const { values, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '12' }, positions: { type: 'string', default: '6000' } },
});

const start = initialWeights();
const weights = start.slice();
const workspaces = folders.map((folder) => {
  const workspace = learnFolder(folder, { experts: weights, ranker: new Float64Array(0) });
  console.error(folder, workspace.store.stats().files, workspace.store.stats().length);
  return { ...workspace, texts: new Map(workspace.texts) };
});

for (let round = 1; round <= Number(values.rounds); round++) {
  const trust = new Float64Array(weightCount);
  const times = new Float64Array(weightCount);
  for (const { folder, lexer, store, texts, predictor, document } of workspaces) {
    let loss = 0;
    let count = 0;
    const paths = [...texts.keys()];
    const perFile = 60;
    const files = Math.min(paths.length, Math.ceil(Number(values.positions) / perFile));
    for (let file = 0; file < files; file++) {
      const path = paths[Math.floor(((file + 0.5) * paths.length) / files)]!;
      const { tokens } = lexer.lex(texts.get(path)!);
      const stride = Math.max(1, tokens.length / perFile);
      for (let at = stride / 2; at < tokens.length; at += stride) {
        const length = Math.floor(at);
        document.update(new Int32Array(0), tokens.subarray(0, length), store.abstraction);
        const context = tokens.subarray(Math.max(0, length - contextLength), length);
        const token = tokens[length]!;
        // A document must be completed, too, before anything of its folder is known.
        const segments = Math.floor(at / stride) % alone === 0 ? [] : store.segments;
        const prediction = predictor.predict(
          { segments, document, path, follows: false },
          { tokens: context, length: context.length },
          {
            token,
            see(weight, share, before) {
              const yes = weights[weight]! * share;
              trust[weight]! += yes / (yes + (1 - weights[weight]!) * before);
              times[weight]!++;
            },
          },
        );
        for (let index = 0; index < prediction.count; index++) {
          if (prediction.tokens[index] === token) loss -= Math.log2(prediction.probabilities[index]!);
        }
        count++;
      }
    }
    console.log(
      JSON.stringify({ bench: 'embedded-weights', round, folder, bitsPerToken: (loss / count).toFixed(3) }),
    );
  }
  for (let weight = 0; weight < weightCount; weight++) {
    const share = (trust[weight]! + start[weight]! * priorTimes) / (times[weight]! + priorTimes);
    weights[weight] = Math.min(share, mostTrust);
  }
}

const rounded = [...weights].map((weight) => Math.round(weight * 1000) / 1000);
const file = new URL('../server/development/models/embedded/weights.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(rounded)}\n`);
