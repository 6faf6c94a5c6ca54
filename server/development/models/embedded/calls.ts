// What other calls of the function have as the argument that is being written, and what its definition names it: the
// arguments before it are others at each call, so places that agree in what stands right before do not tell.
import { boundary, pieceOf, type Token } from './lexer.ts';
import { placeAt } from './places.ts';
import type { Context, Evidence } from './predict.ts';
import { fileAt, narrow, type Segment } from './segment.ts';
import { marks, subwords, type Traits } from './traits.ts';
import { kinds, type Vocabulary } from './vocabulary.ts';

/** Tokens before the cursor in which the call begins, and tokens of another call that are read. */
const reach = 120;
const callLength = 80;

/** Calls that are read, in each segment and in the document, and arguments of each. */
const maxCalls = 16;
const maxArguments = 8;

/** Names of one parameter with its type, and of all parameters together, that are kept. */
const maxNamesOfOne = 4;

/** Functions that are remembered while the evidence is the same. */
const maxRemembered = 24;

/** One argument of all calls that were read. */
export interface ArgumentSlot {
  /** The token that it begins with: how often. */
  readonly first: Map<Token, number>;
  /** Calls that have it, or could. */
  calls: number;
  /** Of these, calls that end behind it. */
  ends: number;
  /** What definitions call it, with words of its type, as pieces. */
  readonly names: number[];
  /** The words that these are made of. */
  readonly words: Set<string>;
}

/** The argument that a context is in. */
export interface CallPlace {
  /** `undefined` where it is in none, or nothing is known of the function. */
  readonly slot: ArgumentSlot | undefined;
  readonly index: number;
  /** Whether the argument begins here. */
  readonly begins: boolean;
  /** All that definitions call their parameters. */
  readonly parameters: ReadonlySet<number>;
}

interface Callee {
  readonly slots: ArgumentSlot[];
  readonly parameters: Set<number>;
}

const nowhere: CallPlace = { slot: undefined, index: 0, begins: false, parameters: new Set() };

export interface Calls {
  at(evidence: Evidence, context: Context): CallPlace;
}

export function createCalls(vocabulary: Vocabulary, traits: Traits): Calls {
  const remembered = new Map<number, Callee>();
  let rememberedFor: Evidence | undefined;
  const lows = new Int32Array(2);
  const highs = new Int32Array(2);
  const keys = new Int32Array(2);
  const isWord = (token: Token): boolean => vocabulary.kind(pieceOf(token)) === kinds.word;
  const markOf = (token: Token): number => traits.mark(pieceOf(token));

  const slotOf = ({ slots }: Callee, index: number): ArgumentSlot => {
    slots[index] ??= { first: new Map(), calls: 0, ends: 0, names: [], words: new Set() };
    return slots[index];
  };

  /** The first token behind a call whose first token inside is at `place`; -1 where it is too long. */
  const endOf = (list: Int32Array, place: number): number => {
    const limit = Math.min(list.length, place + callLength);
    let depth = 1;
    for (let at = place; at < limit && list[at] !== boundary; at++) {
      const mark = markOf(list[at]!);
      if (mark === marks.open) depth++;
      else if (mark === marks.close && --depth === 0) return at + 1;
    }
    return -1;
  };

  /** Whether it defines the function: a word or a receiver before the name, and what begins a body or a type behind. */
  const defines = (list: Int32Array, place: number, end: number): boolean => {
    const before = list[place - 3];
    const after = list[end];
    if (before === undefined || after === undefined || after === boundary) return false;
    if (!isWord(before) && markOf(before) !== marks.close) return false;
    return isWord(after) || definers.has(vocabulary.text(pieceOf(after)));
  };

  /** Reads the call or definition whose first token inside the bracket is at `place`. */
  const readCall = (callee: Callee, list: Int32Array, place: number): void => {
    const end = endOf(list, place);
    const isDefinition = end !== -1 && defines(list, place, end);
    const until = end === -1 ? Math.min(list.length, place + callLength) : end - 1;
    let index = 0;
    let depth = 0;
    let slot = slotOf(callee, 0);
    let begins = true;
    let named = true;
    for (let at = place; at < until && list[at] !== boundary; at++) {
      const token = list[at]!;
      const mark = markOf(token);
      if (mark === marks.lineBreak) continue;
      if (begins) {
        slot.calls++;
        if (!isDefinition) slot.first.set(token, (slot.first.get(token) ?? 0) + 1);
        begins = false;
        named = isDefinition;
      }
      if (mark === marks.assignment && vocabulary.text(pieceOf(token)) === '=') named = false;
      if (named && isWord(token) && slot.names.length < maxNamesOfOne) {
        slot.names.push(pieceOf(token));
        for (const word of subwords(vocabulary.text(pieceOf(token)))) slot.words.add(word);
        callee.parameters.add(pieceOf(token));
      }
      if (mark === marks.open) depth++;
      else if (mark === marks.close) depth--;
      else if (mark === marks.comma && depth === 0) {
        if (++index === maxArguments) return;
        slot = slotOf(callee, index);
        begins = true;
      }
    }
    // Behind a last comma there is no argument.
    if (end === -1 || (begins && index > 0)) return;
    if (begins) slot.calls++;
    slot.ends++;
    if (begins) slot.first.set(list[end - 1]!, (slot.first.get(list[end - 1]!) ?? 0) + 1);
  };

  const readSegment = (callee: Callee, segment: Segment, path: string): void => {
    if (narrow(segment.concrete, keys, 2, lows, highs, noSorting) < 2) return;
    const own = segment.indexOf.get(path);
    const count = highs[1]! - lows[1]!;
    const samples = Math.min(count, maxCalls);
    for (let sample = 0; sample < samples; sample++) {
      const place = placeAt(
        segment.concrete.places,
        lows[1]! + Math.floor(((sample + 0.5) * count) / samples),
      );
      const file = fileAt(segment, place);
      if (file !== own && segment.dead[file] === 0) readCall(callee, segment.tokens, place);
    }
  };

  const read = (evidence: Evidence, name: Token, bracket: Token): Callee => {
    const callee: Callee = { slots: [], parameters: new Set() };
    const { document } = evidence;
    for (const spacing of [0, 1]) {
      keys[0] = bracket;
      keys[1] = (name & -2) | spacing;
      for (const segment of evidence.segments) readSegment(callee, segment, evidence.path);
      let left = maxCalls;
      document.matches(keys, 2, 'concrete', (place, order) => {
        // The call at the cursor is not yet what it will be.
        if (order === 2 && left-- > 0 && place < document.length) {
          readCall(callee, document.tokens.subarray(0, document.length), place);
        }
      });
    }
    return callee;
  };

  const calleeOf = (evidence: Evidence, name: Token, bracket: Token): Callee => {
    if (rememberedFor !== evidence || remembered.size >= maxRemembered) remembered.clear();
    rememberedFor = evidence;
    const key = pieceOf(name);
    const known = remembered.get(key) ?? read(evidence, name, bracket);
    remembered.set(key, known);
    return known;
  };

  return {
    at(evidence, { tokens, length }) {
      let depth = 0;
      let index = 0;
      let last = length;
      for (let at = length - 1; at > 0 && at > length - reach; at--) {
        const token = tokens[at]!;
        if (token === boundary) return nowhere;
        const mark = markOf(token);
        if (last === length && mark !== marks.lineBreak) last = at;
        if (mark === marks.close) depth++;
        else if (mark === marks.comma && depth === 0) index++;
        else if (mark === marks.open && depth-- === 0) {
          if (vocabulary.text(pieceOf(token)) !== '(' || !isWord(tokens[at - 1]!)) return nowhere;
          const { slots, parameters } = calleeOf(evidence, tokens[at - 1]!, token);
          const begins = last === at || (markOf(tokens[last]!) === marks.comma && index > 0);
          return { slot: slots[index], index, begins, parameters };
        }
      }
      return nowhere;
    },
  };
}

/** What begins a body or a type behind a list of parameters. */
const definers: ReadonlySet<string> = new Set(['{', ':', '->', '=>', '(']);

/** Agreement in two tokens is sorted from the start. */
const noSorting = { places: 0, deadline: Number.POSITIVE_INFINITY };
