// What is remembered of a document from one edit to the next: where there was nothing to look into.
//
// A place is quiet for a topic where a first look gave no reason for a closer one. It stays quiet for as long as it means the
// same (`doubt/`). Findings themselves are never remembered.
import type { Span } from '../core/span.ts';
import type { Subject } from './check.ts';
import { spanAt } from './doubt/bindings.ts';
import { type Doubt, doubtAfter, noDoubt, type Version, versionOf } from './doubt/index.ts';

/** Belongs to one document in one state of its project: whoever holds it makes a new one when anything else changes. */
export interface Memory {
  last: Remembered | undefined;
}

export const createMemory = (): Memory => ({ last: undefined });

interface Remembered {
  readonly version: Version;
  /** Compared with the version before; absent where nothing of that counts any more. */
  readonly doubt: Doubt | undefined;
  readonly before: ReadonlyMap<string, Topic>;
  readonly topics: Map<string, Topic>;
  /** Whether something rested on what is not followed: then nothing is remembered. */
  unsure: boolean;
}

/** What a look at a version came to. */
interface Topic {
  /** Places that were looked at. */
  readonly places: ReadonlyMap<number, State>;
  /** Expressions that were looked for in all of the text, and whether they were found. */
  readonly searched: ReadonlyMap<RegExp, boolean>;
}

/** For a quiet place what was not known in full then: with more known there may be something to look into, not with less. */
type State = 'suspicious' | ReadonlySet<string>;

/** A first look at all code of a file. */
export interface Look {
  /** Goes on to a place. @returns whether it needs no look. */
  isQuiet(place: Span): boolean;
  /** The place at hand needs a closer look, now and after each edit. */
  suspect(): void;
  /** Whether an expression is found in the file. As long as it is as it was, nothing needs another look for that. */
  finds(expression: RegExp): boolean;
  /** Everything has been looked at. */
  end(): void;
}

/** Looks at everything. */
export const forgetfulLook = (text: string): Look => ({
  isQuiet: () => false,
  suspect: () => undefined,
  finds: searchIn(text, new Map()),
  end: () => undefined,
});

const searchIn =
  (text: string, known: Map<RegExp, boolean>) =>
  (expression: RegExp): boolean => {
    const found = known.get(expression) ?? expression.test(text);
    known.set(expression, found);
    return found;
  };

/**
 * @param topic what is looked for.
 * @param whole whether what is found at a place depends on what was looked at before in its function: then all of a function
 *   is looked at, or nothing.
 */
export function lookAt(subject: Subject, topic: string, whole = false): Look {
  const remembered = rememberedOf(subject);
  if (!remembered) return forgetfulLook(subject.text);
  const { version, topics } = remembered;
  const { doubt, before } = topics.has(topic) ? { doubt: noDoubt, before: topics } : remembered;
  const answers = new Map<RegExp, boolean>();
  const finds = searchIn(version.text, answers);
  const earlier = before.get(topic);
  const isAsBefore = earlier && [...earlier.searched].every(([expression, was]) => finds(expression) === was);
  const known = isAsBefore ? earlier.places : undefined;
  const outside = { start: 0, end: version.text.length };
  const places = new Map<number, State>();
  const quiet = new Map<number, boolean>();
  let place = 0;
  const stateOf = (span: Span): State | undefined => {
    const was = doubt?.before(span.end - 1);
    const state = was === undefined ? undefined : known?.get(was);
    return state === undefined || doubt!.isIn(span) ? undefined : state;
  };
  return {
    isQuiet(one) {
      const span = whole ? (spanAt(version.bodies, one.start) ?? outside) : one;
      place = span.end - 1;
      const seen = quiet.get(place);
      if (seen !== undefined) return seen;
      const state = stateOf(span);
      const isQuiet = state !== undefined && state !== 'suspicious' && isWithin(state, version.vague);
      quiet.set(place, isQuiet);
      places.set(place, isQuiet ? state : version.vague);
      return isQuiet;
    },
    finds,
    suspect: () => void places.set(place, 'suspicious'),
    end() {
      if (!remembered.unsure) remembered.topics.set(topic, { places, searched: answers });
    },
  };
}

const isWithin = (part: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  part === all || (part.size <= all.size && [...part].every((one) => all.has(one)));

/** Says that what is found rests on what is not followed, so that nothing of it is remembered. */
export function restOnMore(subject: Subject): void {
  const remembered = rememberedOf(subject);
  if (!remembered) return;
  remembered.unsure = true;
  remembered.topics.clear();
}

function rememberedOf(subject: Subject): Remembered | undefined {
  const { memory, facts } = subject;
  if (!memory) return undefined;
  const { last } = memory;
  if (last?.version.facts === facts) return last;
  const version = versionOf(subject);
  memory.last = {
    version,
    doubt: last && doubtAfter(last.version, version),
    before: last?.topics ?? new Map(),
    topics: new Map(),
    unsure: false,
  };
  return memory.last;
}
