// A quick look at a text: its identifiers, which of them are called, and the blocks that test runners are given. No parse:
// comments and strings are told apart by their marks alone, which is right but for oddities, and costs a fiftieth of one.
import type { Language } from '../../../core/language.ts';

export interface Scan {
  /** The different identifiers that stand in code. */
  readonly names: readonly string[];
  /** For each place of one, in order, which one it is. */
  readonly ids: Uint32Array;
  /** Where each place begins. */
  readonly starts: Uint32Array;
  /** Those places, by their number, at which a call names it. */
  readonly called: readonly number[];
  /** Calls that give a title and a body to a test runner: `it('adds', () => …)`. */
  readonly blocks: readonly TestBlock[];
}

export interface TestBlock {
  readonly title: string;
  readonly start: number;
  readonly end: number;
}

/** What the runners of every language with titled tests call them. */
const titled = new Set(['it', 'test', 'specify', 'describe', 'context', 'suite', 'scenario', 'testWidgets']);

const title = /\(\s*(["'`])((?:(?!\1)[^\n\\]|\\.){1,200})\1\s*,/y;
const generics = /(?:::)?<[\w\s,.:&'[\]<>]{1,80}>\(/y;

export function scan(text: string, comment: Language['comment'], tests: boolean): Scan {
  const names = createNames(text);
  const called: number[] = [];
  const blocks: TestBlock[] = [];
  const open: { title: string; start: number; depth: number }[] = [];
  const lineFirst = comment.line?.charCodeAt(0) ?? -1;
  const blockFirst = comment.block?.[0].charCodeAt(0) ?? -1;
  const { length } = text;
  let depth = 0;
  let at = 0;
  const bracket = (unit: number): void => {
    depth += unit === 40 ? 1 : -1;
    while (unit === 41 && open.length > 0 && open.at(-1)!.depth >= depth) {
      const { title, start } = open.pop()!;
      blocks.push({ title, start, end: at + 1 });
    }
  };
  const word = (): void => {
    const start = at;
    at = pastWord(text, at);
    const place = names.add(start, at);
    if (!isCalled(text, at)) return;
    called.push(place);
    const head = tests ? titleOf(text, start, at) : undefined;
    if (head !== undefined) open.push({ title: head, start, depth });
  };
  while (at < length) {
    const unit = text.charCodeAt(at);
    if (isStart(unit)) word();
    else if (unit <= 32) at++;
    // Numbers with their letters: `0xff`, `10px`, `1_000`.
    else if (isPart(unit)) at = pastWord(text, at);
    else if (unit === blockFirst || unit === lineFirst) at = pastComment(text, at, comment);
    else if (unit === 34 || unit === 39) at = pastString(text, at, unit);
    else {
      if (unit === 40 || unit === 41) bracket(unit);
      at++;
    }
  }
  return { ...names.all(), called, blocks };
}

/** Behind the comment that begins here; behind one character where none does. */
function pastComment(text: string, at: number, { line, block }: Language['comment']): number {
  if (block && text.startsWith(block[0], at)) return past(text, block[1], at + block[0].length);
  if (line !== undefined && text.startsWith(line, at)) return endOfLine(text, at);
  return at + 1;
}

/** Room for the places of one text, used again for the next. */
let idBuffer = new Uint32Array(1 << 16);
let startBuffer = new Uint32Array(1 << 16);

/** Identifiers by their content: no string is made for one that was there before. */
function createNames(text: string) {
  const names: string[] = [];
  const byHash = new Map<number, number>();
  let places = 0;
  const idOf = (start: number, end: number): number => {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    for (; ; hash++) {
      const id = byHash.get(hash);
      if (id === undefined) {
        byHash.set(hash, names.length);
        return names.push(text.slice(start, end)) - 1;
      }
      if (names[id]!.length === end - start && text.startsWith(names[id]!, start)) return id;
    }
  };
  return {
    /** The number of the place. */
    add(start: number, end: number): number {
      if (places === idBuffer.length) {
        idBuffer = grown(idBuffer);
        startBuffer = grown(startBuffer);
      }
      idBuffer[places] = idOf(start, end);
      startBuffer[places] = start;
      return places++;
    },
    all: () => ({ names, ids: idBuffer.slice(0, places), starts: startBuffer.slice(0, places) }),
  };
}

function grown(buffer: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(buffer.length * 2);
  larger.set(buffer);
  return larger;
}

function pastWord(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && isPart(text.charCodeAt(end))) end++;
  return end;
}

const isStart = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95 || unit === 36 || unit >= 0xaa;
const isPart = (unit: number): boolean => isStart(unit) || (unit >= 48 && unit <= 57);

/** Whether arguments follow: at once, or behind the marks of a macro, an optional call or type arguments. */
function isCalled(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit === 40) return true;
  const after = text.charCodeAt(at + 1);
  // A space, `!` and `?.` stand before the bracket itself.
  if (unit === 32 || unit === 33) return after === 40;
  if (unit === 63) return after === 46 && text.charCodeAt(at + 2) === 40;
  if (unit !== 60 && !(unit === 58 && after === 58 && text.charCodeAt(at + 2) === 60)) return false;
  generics.lastIndex = at;
  return generics.test(text);
}

function titleOf(text: string, start: number, end: number): string | undefined {
  if (!titled.has(text.slice(start, end))) return undefined;
  title.lastIndex = end;
  return title.exec(text)?.[2];
}

function past(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Behind a string that begins at `at`; only behind its mark where none does: an apostrophe, the mark of a lifetime. */
function pastString(text: string, at: number, quote: number): number {
  const mark = text[at]!;
  if (text.startsWith(mark.repeat(3), at)) return past(text, mark.repeat(3), at + 3);
  const before = text.charCodeAt(at - 1);
  if (quote === 39 && (before === 38 || before === 60)) {
    let end = at + 1;
    while (isPart(text.charCodeAt(end))) end++;
    if (text.charCodeAt(end) !== 39) return end;
  }
  for (let end = at + 1; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit === quote) return end + 1;
    if (unit === 92) end++;
    else if (unit === 10) return at + 1;
  }
  return at + 1;
}
