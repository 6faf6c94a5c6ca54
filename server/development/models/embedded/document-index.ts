// The hot part of the index: the document that is asked about, as it stands now. Chains of places with the same tokens
// before them, the nearest first; what is typed is added, and what is deleted taken off, without building it anew.
import { type Abstraction, abstractKey } from './abstraction.ts';
import { boundary, type Token } from './lexer.ts';
import { maxChainSteps } from './limits.ts';

/** How many tokens before a place a chain agrees in. */
const concreteOrders = [1, 2, 4, 8, 16] as const;
const abstractOrders = [2, 4, 8] as const;

const headBits = 15;

export interface DocumentIndex {
  /**
   * What stands after the cursor, then what stands before it.
   * @param abstraction a new one builds everything anew.
   */
  update(after: Int32Array, before: Int32Array, abstraction: Abstraction): void;
  readonly tokens: Int32Array;
  /** How many of `tokens` are in use. */
  readonly length: number;
  /** How many of them stand after the cursor; they come first, behind one boundary. */
  readonly afterLength: number;
  /** Counts up with every change of it. */
  readonly generation: number;
  readonly abstraction: Abstraction | undefined;
  /**
   * Calls `visit` for places whose last tokens agree with the context, at least one, longest chains first.
   * @param contextKeys backwards from the cursor, abstract ones where `which` says so.
   */
  matches(
    contextKeys: Int32Array,
    contextLength: number,
    which: 'concrete' | 'abstract',
    visit: (place: number, order: number) => void,
  ): void;
  /** Where a token stands in the document, with or without a space before it; overwrites `found`. */
  occurrences(token: Token, found: Occurrences): void;
}

export interface Occurrences {
  /** How often before the cursor, counted up to a few times. */
  before: number;
  /** Tokens from the nearest one to the cursor. */
  distance: number;
  after: boolean;
}

/** Places with the same token that are counted; more would only take time. */
const maxOccurrences = 8;

interface Chain {
  readonly order: number;
  readonly heads: Int32Array;
  next: Int32Array;
}

const chainOf = (order: number): Chain => ({
  order,
  heads: new Int32Array(1 << headBits).fill(-1),
  next: new Int32Array(0),
});

export function createDocumentIndex(): DocumentIndex {
  const concrete = concreteOrders.map(chainOf);
  const abstract = abstractOrders.map(chainOf);
  let keys = new Int32Array(0);
  /** By place, the question in which it was visited last. */
  let visited = new Int32Array(0);
  let question = 0;
  const context = new Int32Array(1);

  const reserve = (size: number): void => {
    if (index.tokens.length >= size) return;
    const capacity = Math.max(size, index.tokens.length * 2, 4096);
    const enlarge = (list: Int32Array): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(capacity);
      larger.set(list);
      return larger;
    };
    index.tokens = enlarge(index.tokens);
    keys = enlarge(keys);
    visited = enlarge(visited);
    for (const chain of [...concrete, ...abstract]) chain.next = enlarge(chain.next);
  };
  const append = (token: Token): void => {
    const { tokens, length } = index;
    tokens[length] = token;
    keys[length] = abstractKey(index.abstraction!.classes, token);
    // The place before which everything up to here stands, of which `token` is what follows.
    if (length > 0 && token !== boundary && tokens[length - 1] !== boundary) {
      for (const chain of concrete) if (length >= chain.order) link(chain, tokens, length);
      for (const chain of abstract) if (length >= chain.order) link(chain, keys, length);
    }
    index.length++;
  };
  const drop = (): void => {
    const { tokens } = index;
    const length = --index.length;
    if (length > 0 && tokens[length] !== boundary && tokens[length - 1] !== boundary) {
      for (const chain of concrete) if (length >= chain.order) unlink(chain, tokens, length);
      for (const chain of abstract) if (length >= chain.order) unlink(chain, keys, length);
    }
  };
  const clear = (): void => {
    index.length = 0;
    index.afterLength = 0;
    for (const chain of [...concrete, ...abstract]) chain.heads.fill(-1);
  };

  const countAt = (token: Token, found: Occurrences): void => {
    const { tokens, length, afterLength } = index;
    const { heads, next } = concrete[0]!;
    context[0] = token;
    let place = heads[contextSlot(context, 1)]!;
    for (let steps = 0; place !== -1 && steps < maxOccurrences; steps++, place = next[place]!) {
      if (tokens[place - 1] !== token) continue;
      if (place <= afterLength + 2) {
        found.after = true;
        break;
      }
      found.before++;
      found.distance = Math.min(found.distance, length - place);
    }
  };

  const followChain = (
    { order, heads, next }: Chain,
    list: Int32Array,
    keysBefore: Int32Array,
    contextLength: number,
    visit: (place: number, order: number) => void,
  ): void => {
    let place = heads[contextSlot(keysBefore, order)]!;
    for (let steps = 0; place !== -1 && steps < maxChainSteps; steps++, place = next[place]!) {
      if (visited[place] === question) continue;
      let agreed = 0;
      while (agreed < contextLength && list[place - 1 - agreed] === keysBefore[agreed]) agreed++;
      if (agreed < order) continue;
      visited[place] = question;
      visit(place, agreed);
    }
  };

  // What changes are fields, not getters: each object with getters would be of a kind of its own to the compiler.
  const index: { -readonly [Key in keyof DocumentIndex]: DocumentIndex[Key] } = {
    tokens: new Int32Array(0),
    length: 0,
    afterLength: 0,
    generation: 0,
    abstraction: undefined,
    occurrences(token, found) {
      found.before = 0;
      found.distance = index.length;
      found.after = false;
      countAt(token, found);
      countAt(token ^ 1, found);
    },
    update(after, before, newAbstraction) {
      const same =
        index.abstraction === newAbstraction &&
        after.length === index.afterLength &&
        startsWith(index.tokens, after, 1, index.length);
      if (!same) {
        clear();
        index.abstraction = newAbstraction;
        reserve(after.length + 2);
        append(boundary);
        for (const token of after) append(token);
        append(boundary);
        index.afterLength = after.length;
      }
      const start = index.afterLength + 2;
      reserve(start + before.length);
      const { tokens, length } = index;
      let common = 0;
      while (start + common < length && common < before.length && tokens[start + common] === before[common]) {
        common++;
      }
      if (!same || length > start + common || common < before.length) index.generation++;
      while (index.length > start + common) drop();
      for (let at = common; at < before.length; at++) append(before[at]!);
    },
    matches(keysBefore, contextLength, which, visit) {
      const list = which === 'concrete' ? index.tokens : keys;
      const chains = which === 'concrete' ? concrete : abstract;
      question++;
      for (let at = chains.length - 1; at >= 0; at--) {
        const chain = chains[at]!;
        if (contextLength >= chain.order) followChain(chain, list, keysBefore, contextLength, visit);
      }
    },
  };
  return index;
}

function link(chain: Chain, list: Int32Array, place: number): void {
  const slot = slotOf(list, place, chain.order);
  chain.next[place] = chain.heads[slot]!;
  chain.heads[slot] = place;
}

function unlink(chain: Chain, list: Int32Array, place: number): void {
  chain.heads[slotOf(list, place, chain.order)] = chain.next[place]!;
}

/** The hash of the `order` tokens before a place. */
function slotOf(list: Int32Array, place: number, order: number): number {
  let hash = 0;
  for (let depth = 0; depth < order; depth++) hash = mix(hash, list[place - 1 - depth]!);
  return hash >>> (32 - headBits);
}

/** The same for a context. */
function contextSlot(context: Int32Array, order: number): number {
  let hash = 0;
  for (let depth = 0; depth < order; depth++) hash = mix(hash, context[depth]!);
  return hash >>> (32 - headBits);
}

const mix = (hash: number, token: number): number => Math.imul((hash ^ token) + 0x7f4a7c15, 0x9e3779b1);

function startsWith(list: Int32Array, part: Int32Array, at: number, length: number): boolean {
  if (at + part.length > length) return false;
  for (let index = 0; index < part.length; index++) if (list[at + index] !== part[index]) return false;
  return true;
}
