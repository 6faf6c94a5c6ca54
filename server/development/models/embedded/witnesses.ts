// Places like this one, in the project and in the document, asked what stood after them.
import { abstractKey, isName } from './abstraction.ts';
import { type Ballot, vote } from './ballot.ts';
import type { Deriver } from './derive.ts';
import type { DocumentIndex } from './document-index.ts';
import { orderStep, orderSteps } from './experts.ts';
import { boundary, type Token } from './lexer.ts';
import { enoughSamples, maxOrder, maxSamples } from './limits.ts';
import type { Context, Evidence, Prediction } from './predict.ts';
import { fileAt, narrow, type Segment, type SortingBudget } from './segment.ts';

export interface Witnesses {
  /** Puts what they say into the ballot. @returns how far the best of them agree with the context. */
  ask(evidence: Evidence, context: Context): Pick<Prediction, 'order' | 'pattern'>;
  /** Tokens that were made after places with other names, those that agree in more first. */
  readonly derived: Token[];
  /** Of names that stood after places like this one: how many stood in what is alike, near before it, or not near. */
  readonly habits: Habits;
}

export interface Habits {
  same: number;
  near: number;
  far: number;
}

/** Tokens before a place in which a name counts as near, and how many names are looked for, in files and in the document. */
const nearReach = 48;
const maxHabits = 14;

/** Places after whose names others are made, in the document and in other files, and the agreement that it takes. */
const derivations = { document: 3, segments: 2, order: 3 } as const;

export function createWitnesses(ballot: Ballot, deriver: Deriver): Witnesses {
  const derived: Token[] = [];
  let derivationsLeft = 0;
  const habits: Habits = { same: 0, near: 0, far: 0 };
  let habitsLeft = 0;
  const lows = new Int32Array(maxOrder);
  const highs = new Int32Array(maxOrder);
  const concreteKeys = new Int32Array(maxOrder);
  const abstractKeys = new Int32Array(maxOrder);
  /** Places that are asked together, and what stands there. */
  const asked = new Int32Array(maxSamples);
  const answers = new Int32Array(maxSamples);
  let keyCount = 0;
  let longest = 0;
  let longestPattern = 0;
  let sorting: SortingBudget = unlimited;

  const seeHabit = (list: Int32Array, place: number, order: number, piece: number): void => {
    const end = Math.max(0, place - nearReach);
    for (let at = place - 1 - order; at >= end; at--) {
      if (list[at]! >> 1 !== piece) continue;
      habits.near++;
      return;
    }
    habits.far++;
  };

  /** What stood after a place whose names differ: a name is taken from where it came from there, if from anywhere. */
  const aligned = (
    list: Int32Array,
    place: number,
    order: number,
    classes: Uint8Array,
    token: Token,
  ): Token => {
    if (!isName(classes, token)) return token;
    const piece = token >> 1;
    for (let depth = 0; depth < order; depth++) {
      if (list[place - 1 - depth]! >> 1 !== piece) continue;
      if (habitsLeft-- > 0) habits.same++;
      return (concreteKeys[depth]! & -2) | (token & 1);
    }
    if (habitsLeft-- > 0) seeHabit(list, place, order, piece);
    if (derivationsLeft > 0 && order >= derivations.order) {
      derivationsLeft--;
      const made = deriver.derive(list, place, order, concreteKeys);
      if (made !== -1 && !derived.includes(made)) derived.push(made);
    }
    return token;
  };

  /**
   * Asks places of a segment that agree in `depth + 1` tokens and no more: they lie on both sides of `inner`, those that
   * agree in more.
   * @returns how many had something to say.
   */
  const askRing = (segment: Segment, own: Own, abstract: boolean, depth: number, inner: boolean): number => {
    const { tokens: list } = segment;
    const { classes } = segment.abstraction;
    const { low: lowPlaces, high: highPlaces } = (abstract ? segment.abstract : segment.concrete).places;
    const low = lows[depth]!;
    const high = highs[depth]!;
    const left = (inner ? lows[depth + 1]! : high) - low;
    const right = inner ? highs[depth + 1]! : high;
    const ring = left + (high - right);
    const samples = Math.min(ring, maxSamples);
    const weight = ring / samples;
    const row = (abstract ? 0 : 2) * orderSteps + orderStep(depth + 1);
    let seen = 0;
    // One loop after another, so that the processor waits for several places at the same time.
    for (let sample = 0; sample < samples; sample++) {
      // Spread evenly; where all are asked, each once.
      const offset = Math.floor((sample + 0.5) * weight);
      const index = offset < left ? low + offset : right + offset - left;
      asked[sample] = lowPlaces[index]! | (highPlaces[index]! << 16);
    }
    for (let sample = 0; sample < samples; sample++) answers[sample] = list[asked[sample]!]!;
    for (let sample = 0; sample < samples; sample++) {
      const place = asked[sample]!;
      if (!counts(segment, own, place)) continue;
      const token = answers[sample]!;
      vote(ballot, row, abstract ? aligned(list, place, depth + 1, classes, token) : token, weight);
      seen++;
    }
    return seen;
  };

  const askSegment = (segment: Segment, own: Own, abstract: boolean): void => {
    const keys = abstract ? abstracted(segment.abstraction.classes) : concreteKeys;
    const depths = narrow(
      abstract ? segment.abstract : segment.concrete,
      keys,
      keyCount,
      lows,
      highs,
      sorting,
    );
    if (abstract) longestPattern = Math.max(longestPattern, depths);
    else longest = Math.max(longest, depths);
    let seen = 0;
    for (let depth = depths - 1; depth >= 0 && seen < enoughSamples; depth--) {
      seen += askRing(segment, own, abstract, depth, depth < depths - 1);
    }
  };

  const askDocument = ({ abstraction, tokens: list, matches }: DocumentIndex): void => {
    if (!abstraction) return;
    const { classes } = abstraction;
    matches(abstracted(classes), keyCount, 'abstract', (place, order) => {
      if (order > longestPattern) longestPattern = order;
      vote(ballot, orderSteps + orderStep(order), aligned(list, place, order, classes, list[place]!), 1);
    });
    matches(concreteKeys, keyCount, 'concrete', (place, order) => {
      if (order > longest) longest = order;
      vote(ballot, 3 * orderSteps + orderStep(order), list[place]!, 1);
    });
  };

  /** The last tokens, backwards, up to the start of the file. */
  const readContext = ({ tokens: before, length }: Context): void => {
    keyCount = 0;
    while (keyCount < maxOrder && keyCount < length && before[length - 1 - keyCount] !== boundary) {
      concreteKeys[keyCount] = before[length - 1 - keyCount]!;
      keyCount++;
    }
  };
  const abstracted = (classes: Uint8Array): Int32Array => {
    for (let depth = 0; depth < keyCount; depth++) {
      abstractKeys[depth] = abstractKey(classes, concreteKeys[depth]!);
    }
    return abstractKeys;
  };

  return {
    derived,
    habits,
    ask(evidence, context) {
      longest = 0;
      longestPattern = 0;
      readContext(context);
      derived.length = 0;
      derivationsLeft = derivations.segments;
      habits.same = 0;
      habits.near = 0;
      habits.far = 0;
      habitsLeft = maxHabits;
      sorting = evidence.sorting ?? unlimited;
      for (const segment of evidence.segments) {
        const own = ownPlaces(segment, evidence.path);
        askSegment(segment, own, true);
        askSegment(segment, own, false);
      }
      derivationsLeft = derivations.document;
      habitsLeft = maxHabits;
      askDocument(evidence.document);
      return { order: longest, pattern: longestPattern };
    },
  };
}

/** The places of the document's own indexed version, which do not count. */
interface Own {
  readonly start: number;
  readonly end: number;
}

const unlimited: SortingBudget = { places: Number.POSITIVE_INFINITY, deadline: Number.POSITIVE_INFINITY };

const nowhere: Own = { start: -1, end: -1 };

/** Whether a place is of a file that counts. */
const counts = (segment: Segment, own: Own, place: number): boolean =>
  (place < own.start || place >= own.end) &&
  (segment.deadCount === 0 || segment.dead[fileAt(segment, place)] === 0);

function ownPlaces({ indexOf, starts, tokens }: Segment, path: string): Own {
  const own = indexOf.get(path);
  return own === undefined ? nowhere : { start: starts[own]!, end: starts[own + 1] ?? tokens.length };
}
