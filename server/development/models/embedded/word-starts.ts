// Words that a half-typed one may become, with their probabilities among all that begin so.
import type { Start } from './beam.ts';
import { kindOf } from './characters.ts';
import { pieceOf, spaced, type Token } from './lexer.ts';
import { contextLength } from './limits.ts';
import type { Evidence, Predictor } from './predict.ts';
import type { Place } from './request.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The probability that a typed word is complete although nothing known is like it. */
const novelWord = 0.003;

const maxStarts = 20;

/** Candidates for a half-typed word, with their probabilities among all that begin so. */
export function wordStarts(
  vocabulary: Vocabulary,
  predictor: Predictor,
  place: Place,
  evidence: Evidence,
): Start[] {
  const { typed, before, space } = place;
  const tokens = before.subarray(Math.max(0, before.length - contextLength));
  const prediction = predictor.predict(evidence, { tokens, length: tokens.length });
  const probabilities = new Map<Token, number>();
  for (let index = 0; index < prediction.count; index++) {
    const token = prediction.tokens[index]!;
    if (spaced(token) === space && vocabulary.text(pieceOf(token)).startsWith(typed)) {
      probabilities.set(token, prediction.probabilities[index]!);
    }
  }
  // Words that nothing here speaks for: by how many files use them.
  const known = typed.length > 1 ? vocabulary.startingWith(typed) : [];
  const files = known.reduce((sum, id) => sum + Math.max(0, vocabulary.files(id)), 1);
  for (const id of known) {
    const token = (id << 1) | (space ? 1 : 0);
    const share = (novelWord * Math.max(0, vocabulary.files(id))) / files;
    if (share > 0) probabilities.set(token, (probabilities.get(token) ?? 0) + share);
  }
  const exact = vocabulary.add(typed, kindOf(typed));
  const exactToken = (exact << 1) | (space ? 1 : 0);
  probabilities.set(exactToken, (probabilities.get(exactToken) ?? 0) + novelWord);
  const { order, pattern } = prediction;
  let total = 0;
  for (const probability of probabilities.values()) total += probability;
  return [...probabilities]
    .map(([token, probability]) => ({ token, log: Math.log(probability / total), order, pattern }))
    .sort((a, b) => b.log - a.log)
    .slice(0, maxStarts);
}
