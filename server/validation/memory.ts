// What is remembered of a document from one edit to the next: in which of its functions there was nothing to look into.
//
// A function is quiet for a topic where a first look gave no reason for a closer one. It stays quiet for as long as nothing
// changes that the look can have rested on: its own body; the outline of the file, which is all that is written outside of
// bodies and what bodies declare for others; and the bodies that were looked into from elsewhere. After any other change
// everything is looked at anew. Findings themselves are never remembered.
import { declaredIn, ownMembersOf } from '../core/declared.ts';
import type { FileFacts } from '../core/facts.ts';
import { type Span, spanText } from '../core/span.ts';
import type { Subject } from './check.ts';

/** Belongs to one document in one state of its project: whoever holds it makes a new one when anything else changes. */
export interface Memory {
  /** The last outlines, the present one first: while something is typed, the same few follow each other. */
  outlines: readonly Remembered[];
}

export const createMemory = (): Memory => ({ outlines: [] });

/** Outlines that are remembered: with what is being typed and without, each as it parses and as it does not. */
const maxOutlines = 4;

interface Remembered {
  readonly facts: FileFacts;
  readonly outline: Outline;
  /** By topic, bodies by their places in the outline. */
  readonly quiet: Map<string, ReadonlySet<number>>;
  /** Bodies into which others have looked. */
  readonly seen: Set<number>;
  /** The body that is being looked at. */
  here: number;
  /** Whether something rested on what is not followed: then nothing is remembered. */
  unsure: boolean;
}

/** A file without what its functions do. */
interface Outline {
  readonly written: string;
  /** Bodies of the outermost functions, in order. */
  readonly bodies: readonly Span[];
  readonly texts: readonly string[];
}

/** A first look at all code of a file. */
export interface Look {
  /** Goes on to the code at an offset. @returns whether it needs no look. */
  isQuiet(offset: number): boolean;
  /** The code at hand needs a closer look, now and after each edit. */
  suspect(): void;
  /** Everything has been looked at. */
  end(): void;
}

/** What a look is told while it goes on. */
export interface Grounds {
  /** The code at hand depends on what stands at an offset. */
  restOn(offset: number): void;
  /**
   * It depends on that, and what is rested on from now on is so for what stands there: answers are kept, and whoever asks
   * again learns no more of what they rest on.
   * @returns what `leave` takes.
   */
  enter(offset: number): number;
  leave(from: number): void;
  /** It depends on what is not followed. */
  restOnMore(): void;
}

/** Stands for the code outside of bodies, which is one piece. */
const outside = -1;

/** Looks at everything. */
export const forgetful: Look = { isQuiet: () => false, suspect: () => undefined, end: () => undefined };

/** @param topic what is looked for. A look may rest on nothing of the subject but what this file's first lines name. */
export function lookAt(subject: Subject, topic: string): Look {
  const remembered = rememberedOf(subject);
  if (!remembered) return forgetful;
  const { outline, quiet } = remembered;
  const known = quiet.get(topic);
  const suspects = new Set<number>();
  return {
    isQuiet(offset) {
      remembered.here = bodyAt(outline.bodies, offset, remembered.here);
      return known?.has(remembered.here) === true;
    },
    suspect: () => void suspects.add(remembered.here),
    end() {
      if (remembered.unsure) return;
      const all = [outside, ...outline.bodies.keys()];
      quiet.set(topic, new Set(all.filter((one) => !suspects.has(one))));
    },
  };
}

const groundless: Grounds = {
  restOn: () => undefined,
  enter: () => outside,
  leave: () => undefined,
  restOnMore: () => undefined,
};

export function groundsOf(subject: Subject): Grounds {
  const remembered = rememberedOf(subject);
  if (!remembered) return groundless;
  const restOn = (offset: number): number => {
    const there = bodyAt(remembered.outline.bodies, offset, remembered.here);
    if (there !== remembered.here && there !== outside) remembered.seen.add(there);
    return there;
  };
  return {
    restOn,
    enter(offset) {
      const from = remembered.here;
      remembered.here = restOn(offset);
      return from;
    },
    leave(from) {
      remembered.here = from;
    },
    restOnMore() {
      remembered.unsure = true;
      remembered.quiet.clear();
    },
  };
}

function rememberedOf(subject: Subject): Remembered | undefined {
  const { memory, facts } = subject;
  if (!memory) return undefined;
  const [last] = memory.outlines;
  if (last?.facts === facts) return last;
  const outline = outlineOf(subject);
  const same = memory.outlines.find((one) => one.outline.written === outline.written);
  const present = broughtForward(same, facts, outline);
  const others = memory.outlines.filter((one) => one !== same);
  memory.outlines = [present, ...others].slice(0, maxOutlines);
  return present;
}

/** What is still known of a file after changes of what its functions do. */
function broughtForward(before: Remembered | undefined, facts: FileFacts, outline: Outline): Remembered {
  const fresh = { facts, outline, here: outside, unsure: false };
  const isSame = (index: number): boolean => before?.outline.texts[index] === outline.texts[index];
  if (!before || ![...before.seen].every(isSame)) return { ...fresh, quiet: new Map(), seen: new Set() };
  const still = [...before.quiet].map(([topic, quiet]): [string, ReadonlySet<number>] => [
    topic,
    new Set([...quiet].filter((index) => index === outside || isSame(index))),
  ]);
  return { ...fresh, quiet: new Map(still), seen: before.seen };
}

const functions = new Set(['function', 'method', 'constructor']);

function outlineOf(subject: Subject): Outline {
  const { facts, text } = subject;
  const bodies: Span[] = [];
  const written: string[] = [];
  let at = 0;
  for (const { kind, body } of facts.symbols) {
    if (!body || !functions.has(kind) || body.start < at) continue;
    bodies.push(body);
    written.push(text.slice(at, body.start));
    at = body.end;
  }
  written.push(text.slice(at), ...saidOfClasses(subject), ...saidInside(bodies, subject));
  return { written: written.join('\n'), bodies, texts: bodies.map((body) => spanText(text, body)) };
}

/** Whether a class has other members than it shows can depend on what its methods do. */
function saidOfClasses({ facts, text, path, language: { types: rules } }: Subject): string[] {
  const { at } = declaredIn({ text, facts, module: '', path, rules });
  return facts.symbols.map((_, index) => {
    const members = ownMembersOf(at(index));
    return members ? `${index} ${members.complete} ${[...members.byName.keys()].join(' ')}` : '';
  });
}

/** What bodies declare for the rest of the file. */
function saidInside(bodies: readonly Span[], { facts, text, language: { types: rules } }: Subject): string[] {
  const said = [`${facts.opaque}`];
  const say = (place: Span, what: () => string): void => {
    const index = bodyAt(bodies, place.start);
    if (index !== outside) said.push(`${index} ${what()}`);
  };
  const written = (span: Span | undefined): string => (span ? spanText(text, span) : '');
  for (const { kind, name, span, container, signature, type } of facts.symbols)
    say(span, () => `${kind} ${name} ${container} ${written(signature)} ${written(type)}`);
  const shared = rules?.assignsOutward ? sharedNames(bodies, facts) : new Set();
  for (const { kind, name, target, type } of facts.assignments) {
    if (name !== undefined && !shared.has(name)) continue;
    say(target, () => `${kind} ${written(target)} ${written(type)}`);
  }
  for (const { span } of facts.imports) say(span, () => written(span));
  for (const { kind, name, span } of facts.topLevel) say(span, () => `${kind} ${name}`);
  return said;
}

/** Names that are bound outside of bodies, so that an assignment inside may be to them. */
function sharedNames(bodies: readonly Span[], facts: FileFacts): ReadonlySet<string | undefined> {
  const isOutside = ({ span }: { readonly span: Span }): boolean => bodyAt(bodies, span.start) === outside;
  return new Set([
    ...facts.topLevel.map(({ name }) => name),
    ...facts.symbols.filter(isOutside).map(({ name }) => name),
    ...facts.assignments.filter(isOutside).map(({ name }) => name),
    ...facts.imports.flatMap(({ names, namespace }) => [...names.map(({ local }) => local), namespace]),
  ]);
}

/**
 * @param bodies in order, apart from each other.
 * @param near where it is likely to be.
 */
function bodyAt(bodies: readonly Span[], offset: number, near = outside): number {
  const here = bodies[near];
  if (here && here.start <= offset && offset < here.end) return near;
  let low = 0;
  let high = bodies.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bodies[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low < bodies.length && bodies[low]!.start <= offset ? low : outside;
}
