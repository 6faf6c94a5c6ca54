// The next token alone: how high the right one stands among all that the engine weighs, over places spread through the
// repository, each file left out of the index while it is asked about.
import { pieceOf } from '../../server/development/models/embedded/lexer.ts';
import { contextLength } from '../../server/development/models/embedded/limits.ts';
import { kinds } from '../../server/development/models/embedded/vocabulary.ts';
import { learnedWeights } from '../../server/development/models/embedded/weights.ts';
import { learnFolder } from './workspace.ts';

const places = 1_500;

/** Mean reciprocal rank in percent; of words alone, too. */
export function nextTokens(folder: string): { readonly tokenMRR: number; readonly namesMRR: number } {
  const { vocabulary, lexer, store, predictor, texts, document } = learnFolder(folder, learnedWeights);
  const all: number[] = [];
  const words: number[] = [];
  const total = texts.reduce((sum, [, text]) => sum + text.length, 0);
  let next = 0;
  let seen = 0;
  for (const [path, text] of texts) {
    seen += text.length;
    if (seen < next) continue;
    const { tokens } = lexer.lex(text);
    for (; next < seen; next += total / places) {
      const length = Math.floor(((next - (seen - text.length)) / text.length) * tokens.length);
      const context = tokens.subarray(Math.max(0, length - contextLength), length);
      document.update(new Int32Array(0), tokens.subarray(0, length), store.abstraction);
      const evidence = { segments: store.segments, document, path, follows: false };
      const found = predictor.predict(evidence, { tokens: context, length: context.length });
      const wanted = found.tokens.subarray(0, found.count).indexOf(tokens[length]!);
      let better = 0;
      for (let index = 0; index < found.count; index++) {
        if (found.probabilities[index]! > found.probabilities[wanted]!) better++;
      }
      const value = wanted === -1 ? 0 : 100 / (better + 1);
      all.push(value);
      if (vocabulary.kind(pieceOf(tokens[length]!)) === kinds.word) words.push(value);
    }
  }
  const mean = (list: readonly number[]): number =>
    list.reduce((sum, one) => sum + one, 0) / (list.length || 1);
  return { tokenMRR: mean(all), namesMRR: mean(words) };
}
