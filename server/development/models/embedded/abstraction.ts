// Contexts in which the names do not matter: words that few files use, and numbers, each become one symbol, so that a
// place can be compared with others that differ only in their names.
import type { Token } from './lexer.ts';
import { pieceOf } from './lexer.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** Which pieces stand for themselves. Fixed when made: what was sorted by it stays sorted. */
export interface Abstraction {
  /** The token, or the symbol that stands for all like it. */
  key(token: Token): Token;
  /** Whether the token is a name, of which another could stand at its place. */
  isName(token: Token): boolean;
}

/** Above every piece that can exist; the lowest bit still says whether a space stands before it. */
const nameSymbol = 0x3ffffff0;
const numberSymbol = 0x3ffffff2;

/** A word of the language or of the whole project, rather than a name, is in this share of all files, and in three. */
const commonShare = 0.08;
const commonFiles = 3;

/** @param files how many files the vocabulary's counts come from. */
export function createAbstraction(vocabulary: Vocabulary, files: number): Abstraction {
  const { size } = vocabulary;
  const threshold = Math.max(commonFiles, files * commonShare);
  /** 0: stands for itself; 1: a name; 2: a number. */
  const classes = new Uint8Array(size);
  for (let id = 0; id < size; id++) {
    const kind = vocabulary.kind(id);
    if (kind === kinds.number) classes[id] = 2;
    else if (kind === kinds.word && vocabulary.files(id) < threshold) classes[id] = 1;
  }
  const classOf = (token: Token): number => {
    const id = pieceOf(token);
    if (id < size) return classes[id]!;
    // A piece that is newer than the abstraction is in no file that was sorted by it.
    const kind = vocabulary.kind(id);
    return kind === kinds.number ? 2 : kind === kinds.word ? 1 : 0;
  };
  return {
    key(token) {
      const class_ = classOf(token);
      if (class_ === 0) return token;
      return (class_ === 1 ? nameSymbol : numberSymbol) | (token & 1);
    },
    isName: (token) => classOf(token) !== 0,
  };
}
