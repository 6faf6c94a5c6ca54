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

/** A name with its small letters. */
interface Name {
  readonly text: string;
  readonly small: string;
}

export function createDeriver(vocabulary: Vocabulary): Deriver {
  const remembered = new Map<number, Name>();
  const nameOf = (piece: number): Name => {
    const known = remembered.get(piece);
    if (known !== undefined) return known;
    if (remembered.size >= maxRemembered) remembered.clear();
    const text = vocabulary.text(piece);
    const name = { text, small: text.toLowerCase() };
    remembered.set(piece, name);
    return name;
  };
  const tokenOf = (text: string, like: Token): Token => {
    const piece = vocabulary.add(text, vocabulary.kind(like >> 1));
    return (piece << 1) | (spaced(like) ? 1 : 0);
  };

  /** The name with what is the name of another, `there`, become that of `here`; `undefined` where it is not of it. */
  const renamed = ({ text, small }: Name, there: number, here: number): string | undefined => {
    if (there === here || vocabulary.kind(there) !== kinds.word) return undefined;
    const part = nameOf(there);
    const { length } = part.text;
    if (length < leastLength || length >= text.length) return undefined;
    const at = small.indexOf(part.small);
    if (at === -1) return undefined;
    return text.slice(0, at) + like(text.slice(at, at + length), nameOf(here).text) + text.slice(at + length);
  };

  return {
    derive(list, place, order, context) {
      const token = list[place]!;
      const kind = vocabulary.kind(token >> 1);
      if (kind !== kinds.word && kind !== kinds.number) return -1;
      const name = nameOf(token >> 1);
      if (name.text.length > mostLength) return -1;
      for (let depth = 0; depth < order && kind === kinds.word; depth++) {
        const made = renamed(name, list[place - 1 - depth]! >> 1, context[depth]! >> 1);
        if (made !== undefined) return tokenOf(made, token);
      }
      const next = successor(name.text);
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
