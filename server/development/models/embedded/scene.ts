// What is seen of the place before the next token, apart from where it has been met: the line so far, what is open, and
// which names the parser says can be used here.
import { boundary, pieceOf, type Token } from './lexer.ts';
import type { Context } from './predict.ts';
import { marks, type Traits } from './traits.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** What is known of a name that can be used at the cursor. */
export const nameFlags = { visible: 1, local: 2, imported: 4, callable: 8 } as const;

export interface UsableAs {
  /** `nameFlags` put together. */
  readonly flags: number;
  /** How many names are nearer: of scopes further in, and further down in the same. */
  readonly rank: number;
}

/** By piece, the nearest first. */
export type Names = ReadonlyMap<number, UsableAs>;

/** Words of the line that are compared with a candidate, the last ones first. */
const maxLineWords = 6;

export interface Scene {
  last: Token;
  lastMark: number;
  lastKind: number;
  /** The bracket that is to be closed next, as a piece; -1 where none is open. */
  openBracket: number;
  /** Tokens of the line so far. */
  lineTokens: number;
  /** Whether a string seems to be open. */
  quoted: boolean;
  readonly lineWords: Int32Array;
  lineWordCount: number;
}

export const createScene = (): Scene => ({
  last: boundary,
  lastMark: marks.lineBreak,
  lastKind: kinds.boundary,
  openBracket: -1,
  lineTokens: 0,
  quoted: false,
  lineWords: new Int32Array(maxLineWords),
  lineWordCount: 0,
});

export function look(
  scene: Scene,
  vocabulary: Vocabulary,
  traits: Traits,
  { tokens, length }: Context,
): void {
  scene.last = length === 0 ? boundary : tokens[length - 1]!;
  scene.lastKind = vocabulary.kind(pieceOf(scene.last));
  scene.lastMark = scene.last === boundary ? marks.lineBreak : traits.mark(pieceOf(scene.last));
  scene.openBracket = -1;
  scene.lineTokens = 0;
  scene.lineWordCount = 0;
  scene.quoted = false;
  let closed = 0;
  let inLine = true;
  for (let at = length - 1; at >= 0; at--) {
    const piece = pieceOf(tokens[at]!);
    if (tokens[at] === boundary) break;
    const mark = traits.mark(piece);
    if (mark === marks.lineBreak) inLine = false;
    else if (inLine) seeOnLine(scene, vocabulary, piece, mark);
    if (mark === marks.close) closed++;
    else if (mark === marks.open && closed-- === 0) {
      scene.openBracket = piece;
      closed = 0;
      if (!inLine) break;
      // Outer ones do not matter; the line still does.
      closed = Number.POSITIVE_INFINITY;
    }
    if (!inLine && closed === Number.POSITIVE_INFINITY) break;
  }
}

function seeOnLine(scene: Scene, vocabulary: Vocabulary, piece: number, mark: number): void {
  scene.lineTokens++;
  if (mark === marks.quote) scene.quoted = !scene.quoted;
  if (vocabulary.kind(piece) !== kinds.word || scene.lineWordCount === maxLineWords) return;
  scene.lineWords[scene.lineWordCount++] = piece;
}
