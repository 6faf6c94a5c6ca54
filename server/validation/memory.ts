// What is remembered of a document from one edit to the next: where in its functions there was nothing to look into.
//
// A place in a function is quiet for a topic where a first look gave no reason for a closer one. It stays quiet for as long
// as nothing changes that the look can have rested on: the function's own body; the outline of the file, which is all that is
// written outside of bodies and what bodies declare for others; and the bodies that were looked into from elsewhere. After
// any other change everything is looked at anew. Findings themselves are never remembered.
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
  /** By topic and body, where it needs a closer look; a body that is not there has not been looked at. */
  readonly suspects: Map<string, ReadonlyMap<number, ReadonlySet<number>>>;
  /** By topic, expressions that were looked for in all of the text, and whether they were found. */
  readonly searched: Map<string, ReadonlyMap<RegExp, boolean>>;
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
  /** Code units of the bodies before each, and of all. */
  readonly lengths: readonly number[];
}

/** A first look at all code of a file. */
export interface Look {
  /** Goes on to the code at an offset. @returns whether it needs no look. */
  isQuiet(offset: number): boolean;
  /** The code at hand needs a closer look, now and after each edit. */
  suspect(): void;
  /** Whether an expression is found in the file. As long as it is as it was, nothing needs another look for that. */
  finds(expression: RegExp): boolean;
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
 * @param topic what is looked for. A look may rest on nothing of the subject but what this file's first lines name.
 * @param whole whether what is found at a place depends on what was looked at before in its function: then all of a function
 *   is looked at, or nothing.
 */
export function lookAt(subject: Subject, topic: string, whole = false): Look {
  const remembered = rememberedOf(subject);
  if (!remembered) return forgetfulLook(subject.text);
  const { outline, suspects, searched } = remembered;
  const answers = new Map<RegExp, boolean>();
  const finds = searchIn(subject.text, answers);
  const isAsBefore = [...(searched.get(topic) ?? [])].every(([expression, was]) => finds(expression) === was);
  const known = isAsBefore ? suspects.get(topic) : undefined;
  const found = new Map<number, Set<number>>();
  let body = outside;
  let place = 0;
  return {
    isQuiet(offset) {
      body = bodyAt(outline.bodies, offset, remembered.here);
      remembered.here = body;
      place = whole ? 0 : placeIn(outline, body, offset);
      return known?.get(body)?.has(place) === false;
    },
    finds,
    suspect: () => void found.set(body, (found.get(body) ?? new Set()).add(place)),
    end() {
      if (remembered.unsure) return;
      searched.set(topic, answers);
      const all = [outside, ...outline.bodies.keys()];
      suspects.set(topic, new Map(all.map((one) => [one, found.get(one) ?? none])));
    },
  };
}

const none: ReadonlySet<number> = new Set();

/** Where something stands in a body or, without the bodies, outside of them: the same after an edit elsewhere. */
function placeIn({ bodies, lengths }: Outline, body: number, offset: number): number {
  return offset - (bodies[body]?.start ?? lengths[bodiesBefore(bodies, offset)]!);
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
      remembered.suspects.clear();
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
  if (!before || ![...before.seen].every(isSame))
    return { ...fresh, suspects: new Map(), searched: new Map(), seen: new Set() };
  const still = [...before.suspects].map(
    ([topic, all]) =>
      [topic, new Map([...all].filter(([body]) => body === outside || isSame(body)))] as const,
  );
  return { ...fresh, suspects: new Map(still), searched: new Map(before.searched), seen: before.seen };
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
  const lengths = [0];
  for (const { start, end } of bodies) lengths.push(lengths.at(-1)! + end - start);
  const texts = bodies.map((body) => spanText(text, body));
  return { written: written.join('\n'), bodies, texts, lengths };
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
  const next = bodiesBefore(bodies, offset);
  return next < bodies.length && bodies[next]!.start <= offset ? next : outside;
}

/** How many of them end at an offset or before it. */
function bodiesBefore(bodies: readonly Span[], offset: number): number {
  let low = 0;
  let high = bodies.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bodies[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
