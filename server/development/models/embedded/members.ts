// The members of a value whose type is certain: after its point, other words are hardly ever meant.
import type { Ballot } from './ballot.ts';
import { pieceOf } from './lexer.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** What is left of the chance of a word that is none of them. */
const noMember = 0.01;

/** What was given to other words is given to the members. @param probabilities of the candidates, changed in place. */
export function keepMembers(
  vocabulary: Vocabulary,
  { tokens, count }: Ballot,
  probabilities: Float64Array,
  members: ReadonlySet<number>,
): void {
  let theirs = 0;
  let others = 0;
  for (let index = 0; index < count; index++) {
    const piece = pieceOf(tokens[index]!);
    if (members.has(piece)) theirs += probabilities[index]!;
    else if (vocabulary.kind(piece) === kinds.word) others += probabilities[index]!;
  }
  if (theirs === 0) return;
  const more = 1 + (others * (1 - noMember)) / theirs;
  for (let index = 0; index < count; index++) {
    const piece = pieceOf(tokens[index]!);
    if (members.has(piece)) probabilities[index]! *= more;
    else if (vocabulary.kind(piece) === kinds.word) probabilities[index]! *= noMember;
  }
}
