// More lines after the first: as long as each token is by far the likeliest, since no one reads a block that may be wrong.
import { boundary, pieceOf, type Token } from './lexer.ts';
import { contextLength, maxLineTokens } from './limits.ts';
import type { Evidence, Prediction, Predictor } from './predict.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** A block's next token must be at least this likely; below it the block ends with the line before. */
const leastLikely = 0.6;

export interface Block {
  readonly tokens: readonly Token[];
  /** Logarithms of the probabilities of the tokens after the first line. */
  readonly logs: readonly number[];
}

export interface BlockQuestion {
  readonly evidence: Evidence;
  readonly before: Int32Array;
  /** The first line, which may be empty where only a line break is missing. */
  readonly line: readonly Token[];
  /** Lines in all. */
  readonly lines: number;
  /** Logarithm of the least probability of all the lines added together. */
  readonly least: number;
  readonly deadline: number;
}

/** The first line with those that surely follow it; `undefined` where none does. */
export function blockAfter(
  vocabulary: Vocabulary,
  predictor: Predictor,
  { evidence, before, line, lines, least, deadline }: BlockQuestion,
): Block | undefined {
  const kept = before.subarray(Math.max(0, before.length - contextLength));
  const context = new Int32Array(kept.length + lines * (maxLineTokens + 1));
  context.set(kept);
  context.set(line, kept.length);
  const tokens = [...line];
  const logs: number[] = [];
  let log = 0;
  let whole: Block | undefined;
  let breaks = 0;
  while (performance.now() < deadline && tokens.length < lines * maxLineTokens) {
    const length = kept.length + tokens.length;
    const { token, probability } = likeliest(predictor.predict(evidence, { tokens: context, length }));
    log += Math.log(probability);
    if (token === boundary || probability < leastLikely || log < least) break;
    if (vocabulary.kind(pieceOf(token)) === kinds.lineBreak) {
      // The line is complete where the next would begin; the break itself is not proposed.
      if (tokens.length > line.length) whole = { tokens: [...tokens], logs: [...logs] };
      if (++breaks === lines) break;
    }
    context[length] = token;
    tokens.push(token);
    logs.push(Math.log(probability));
  }
  return whole;
}

function likeliest({ tokens, probabilities, count }: Prediction): { token: Token; probability: number } {
  let best = 0;
  for (let index = 1; index < count; index++) if (probabilities[index]! > probabilities[best]!) best = index;
  return count === 0
    ? { token: boundary, probability: 0 }
    : { token: tokens[best]!, probability: probabilities[best]! };
}
