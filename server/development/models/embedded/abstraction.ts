// Contexts in which the names do not matter: words that few files use, and numbers, each become one symbol, so that a
// place can be compared with others that differ only in their names.
import type { Token } from './lexer.ts';
import { anyNameId, anyNumberId, kinds, type Vocabulary } from './vocabulary.ts';

/** Which pieces stand for themselves. Fixed when made: what was sorted by it stays sorted. */
export interface Abstraction {
  /** By piece: 0 stands for itself, 1 is a name, 2 a number. Newer pieces than it knows are names. */
  readonly classes: Uint8Array;
}

/** By class; the lowest bit still says whether a space stands before it. */
const symbols = [0, anyNameId << 1, anyNumberId << 1] as const;

/** A word of the language or of the whole project, rather than a name, is in this share of all files, and in three. */
const commonShare = 0.08;
const commonFiles = 3;

/** @param files how many files the vocabulary's counts come from. */
export function createAbstraction(vocabulary: Vocabulary, files: number): Abstraction {
  const { size } = vocabulary;
  const threshold = Math.max(commonFiles, files * commonShare);
  const classes = new Uint8Array(size);
  classify(vocabulary, classes, threshold);
  return { classes };
}

// A function of its own: what is compiled while its loop goes on knows nothing of what comes behind the loop.
function classify(vocabulary: Vocabulary, classes: Uint8Array, threshold: number): void {
  for (let id = 0; id < classes.length; id++) {
    const kind = vocabulary.kind(id);
    if (kind === kinds.number) classes[id] = 2;
    else if (kind === kinds.word && vocabulary.files(id) < threshold) classes[id] = 1;
  }
}

/** The token, or the symbol that stands for all like it. */
export function abstractKey(classes: Uint8Array, token: Token): Token {
  const piece = token >> 1;
  const class_ = piece < classes.length ? classes[piece]! : 1;
  return class_ === 0 ? token : symbols[class_]! | (token & 1);
}

/** Whether the token is a name or a number, of which another could stand at its place. */
export const isName = (classes: Uint8Array, token: Token): boolean => {
  const piece = token >> 1;
  return piece >= classes.length || classes[piece] !== 0;
};
