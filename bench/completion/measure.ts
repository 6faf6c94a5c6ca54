// One repository: what the engine says at each of its cursors, and what the baselines say there.
import { distance } from 'fastest-levenshtein';
import { lineSpanAt } from '../../server/core/lines.ts';
import {
  type CompletionRequest,
  createEmbeddedEngine,
  type EmbeddedEngine,
  type Suggestion,
  shownConfidence,
} from '../../server/development/models/embedded/index.ts';
import { bufferWords, copyLongest } from './baselines.ts';
import { type Cursor, languageOf, offsetOf, questionAt, type Setting, type UsableAt } from './cursors.ts';

/** The first suggestion of several tokens that would be shown. */
export interface Shown {
  readonly right: boolean;
  readonly confidence: number;
}

export interface Outcome extends Cursor {
  readonly language: string;
  readonly answer: string;
  readonly copied: string;
  readonly amongFour: boolean;
  readonly shown?: Shown;
  /** Of the rest of the line, with `--patience` for as long as it took. */
  readonly milliseconds: number;
  /** Predictions of a single token that it took. */
  readonly calls: number;
  /** One over the rank of the word at the cursor when one character of it is typed; absent where none begins there. */
  readonly word?: { readonly engine: number; readonly buffer: number };
}

export interface MeasureOptions {
  readonly setting: Setting;
  /** Tells the engine which names can be used; absent where it is not told. */
  readonly usable?: UsableAt | undefined;
  /** Whether the longest suffix is copied, too, which takes longer than the engine. */
  readonly baselines: boolean;
  /** Milliseconds; absent for the engine's own limit. */
  readonly patience?: number;
}

/** @param files of the repository. */
export async function measure(
  files: ReadonlyMap<string, string>,
  cursors: readonly Cursor[],
  { setting, usable, baselines, patience }: MeasureOptions,
): Promise<Outcome[]> {
  const engine = createEmbeddedEngine();
  for (const [path, text] of files) engine.learn(path, text);
  while (engine.work(1000));
  const outcomes: Outcome[] = [];
  for (const path of new Set(cursors.map((one) => one.path))) {
    const places = cursors.filter((one) => one.path === path);
    const text = files.get(path);
    if (text === undefined) throw new RangeError(`there is no ${path}`);
    engine.forget(path);
    const language = await languageOf(path);
    const others = [...files].filter(([other]) => other !== path).map(([, content]) => content);
    const corpus = others.join('\n\0\n');
    for (const cursor of places) {
      const offset = offsetOf(text, cursor);
      const question = await questionAt(path, text, offset, setting, usable);
      const request = { ...question, alternatives: 4, ...(patience ? { patience } : {}) };
      const copied = baselines ? copyLongest(text.slice(0, offset), corpus) : '';
      outcomes.push({ ...cursor, language, copied, ...answersTo(engine, request, cursor.target.trim()) });
    }
    engine.learn(path, text);
    while (engine.work(1000));
  }
  return outcomes;
}

function answersTo(
  engine: EmbeddedEngine,
  request: CompletionRequest,
  target: string,
): Omit<Outcome, keyof Cursor | 'language' | 'copied'> {
  const { calls } = engine.stats();
  const before = performance.now();
  const found = engine.complete({ ...request, threshold: 0 });
  const milliseconds = performance.now() - before;
  const made = engine.stats().calls - calls;
  const isStart = /^[ \t]*$/.test(lineBefore(request));
  const sure = found.filter(
    ({ whole, confidence }) => whole && confidence >= shownConfidence[isStart ? 'line' : 'rest'],
  );
  const shown = (sure.length > 0 ? sure : engine.complete(request)).find(({ tokens }) => tokens > 1);
  return {
    answer: found.find(({ whole }) => whole)?.text.trim() ?? '',
    amongFour: found.some(({ whole, text }) => whole && text.trim() === target),
    milliseconds,
    calls: made,
    ...(shown ? { shown: { right: isRight(shown, target), confidence: shown.confidence } } : {}),
    ...wordAt(target, (typed) => {
      const { text, offset } = request;
      const at = offset + typed.length;
      const open = text.slice(0, offset) + typed + text.slice(offset);
      const words = engine.words({ ...request, text: open, offset: at, alternatives: 50 });
      return { engine: words.map((one) => one.text), buffer: bufferWords(open, at, typed) };
    }),
  };
}

const lineBefore = ({ text, offset }: CompletionRequest): string =>
  text.slice(lineSpanAt(text, offset).start, offset);

export const isRight = ({ text, whole }: Pick<Suggestion, 'text' | 'whole'>, target: string): boolean =>
  whole ? text.trim() === target : target.startsWith(text.trimStart());

export const similarity = (a: string, b: string): number =>
  a === b ? 100 : 100 * (1 - distance(a, b) / Math.max(a.length, b.length));

/** Where the target begins with a word of two characters and more, ranks it among those that begin as it does. */
function wordAt(
  target: string,
  ask: (typed: string) => { engine: readonly string[]; buffer: readonly string[] },
): Pick<Outcome, 'word'> {
  const word = /^[\p{L}_$][\p{L}\p{N}_$]+/u.exec(target)?.[0];
  if (!word) return {};
  const { engine, buffer } = ask([...word][0]!);
  return { word: { engine: reciprocal(engine.indexOf(word)), buffer: reciprocal(buffer.indexOf(word)) } };
}

const reciprocal = (index: number): number => (index === -1 ? 0 : 1 / (index + 1));
