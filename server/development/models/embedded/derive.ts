// Names and numbers that no text needs to have yet, made after a place like this one: where a name there is made of another
// name that is another here (`get_foo` of `foo`, so `get_bar` of `bar`), and the number that comes next.
import { spaced, type Token } from './lexer.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** Shorter names are in too many others by chance. */
const leastLength = 3;

/** Names that are longer are texts. */
const mostLength = 60;

const maxRemembered = 20_000;

export interface Deriver {
  /**
   * @param list holds the place that is like the present one, of which `list[place]` is what follows.
   * @param order tokens before it that are alike.
   * @param context the present ones, backwards.
   * @returns -1 where nothing can be made.
   */
  derive(list: Int32Array, place: number, order: number, context: Int32Array): Token;
}

export function createDeriver(vocabulary: Vocabulary): Deriver {
  const remembered = new Map<number, string>();
  const textOf = (piece: number): string => {
    const known = remembered.get(piece);
    if (known !== undefined) return known;
    if (remembered.size >= maxRemembered) remembered.clear();
    const text = vocabulary.text(piece);
    remembered.set(piece, text);
    return text;
  };
  const tokenOf = (text: string, like: Token): Token => {
    const piece = vocabulary.add(text, vocabulary.kind(like >> 1));
    return (piece << 1) | (spaced(like) ? 1 : 0);
  };

  return {
    derive(list, place, order, context) {
      const token = list[place]!;
      const kind = vocabulary.kind(token >> 1);
      if (kind !== kinds.word && kind !== kinds.number) return -1;
      const name = textOf(token >> 1);
      if (name.length > mostLength) return -1;
      const small = name.toLowerCase();
      for (let depth = 0; depth < order && kind === kinds.word; depth++) {
        const there = list[place - 1 - depth]! >> 1;
        const here = context[depth]! >> 1;
        if (there === here || vocabulary.kind(there) !== kinds.word) continue;
        const part = textOf(there);
        if (part.length < leastLength || part.length >= name.length) continue;
        const at = small.indexOf(part.toLowerCase());
        if (at === -1) continue;
        const made = like(name.slice(at, at + part.length), textOf(here));
        return tokenOf(name.slice(0, at) + made + name.slice(at + part.length), token);
      }
      const next = successor(name);
      return next === undefined ? -1 : tokenOf(next, token);
    },
  };
}

/** A name as another is written: all capitals, a capital first, or none. */
function like(pattern: string, name: string): string {
  if (pattern === pattern.toUpperCase() && pattern.length > 1) return name.toUpperCase();
  const first = pattern[0]!;
  if (first !== first.toLowerCase()) return name[0]!.toUpperCase() + name.slice(1);
  return name[0]!.toLowerCase() + name.slice(1);
}

/** `line3` after `line2`: with as many digits as before. */
function successor(name: string): string | undefined {
  const digits = /(?<![.\d])\d{1,6}$/.exec(name)?.[0];
  if (digits === undefined) return undefined;
  const next = String(Number(digits) + 1).padStart(digits.length, '0');
  return name.slice(0, name.length - digits.length) + next;
}
