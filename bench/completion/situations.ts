// Places to learn from as they come up where people write: anywhere in finished files, in projects of a few files, with more
// still to be written below, and line by line as commits were made.
import { dirname } from 'node:path';
import { lineSpanAt } from '../../server/core/lines.ts';
import type { CompletionRequest } from '../../server/development/models/embedded/index.ts';
import { namesOf } from '../../server/development/models/embedded/names.ts';
import type { Evidence, PredictorWeights } from '../../server/development/models/embedded/predict.ts';
import { type Place, placeOf } from '../../server/development/models/embedded/request.ts';
import { namesAlone, questionAt, type Setting } from './cursors.ts';
import { writtenPlaces } from './replay.ts';
import { type LearnedWorkspace, learnTexts, readTree, sourceEnding } from './workspace.ts';

export interface Situation {
  readonly origin: 'whole' | 'small' | 'replay';
  readonly workspace: LearnedWorkspace;
  readonly request: CompletionRequest;
  readonly place: Place;
  readonly evidence: Evidence;
  /** What was written there, to the end of the line. */
  readonly target: string;
}

export interface SituationCounts {
  /** Places in the whole tree. */
  readonly whole: number;
  /** Projects of a few of its files, and places in each. */
  readonly small: number;
  readonly smallPlaces: number;
  /** Commits of its history, where it has one. */
  readonly commits: number;
}

/** Files of small projects. */
const smallSizes = [3, 10, 30] as const;

/** Of places with text below, the share where some of the lines below are still to be written, and how many at most. */
const unwrittenShare = 0.4;
const unwrittenLines = 12;

/** Of places, the share at a line's start and the share where a word begins; the rest is anywhere. */
const startShare = 0.4;
const wordShare = 0.4;

/** One of so many places is asked about without the names that the parser sees. */
const nameless = 6;

/** Characters of files that are asked about in finished trees: larger ones only take longer. */
const maxLength = 60_000;

/** @param tree its folder. @param git its history, if any. */
export async function* situationsOf(
  tree: string,
  git: string | undefined,
  counts: SituationCounts,
  weights: PredictorWeights,
  random: () => number,
): AsyncGenerator<Situation> {
  const files = readTree(tree);
  const whole = learnTexts(tree, files, weights);
  yield* finished(whole, 'whole', counts.whole, random);
  const sources = whole.texts.filter(([path]) => sourceEnding.test(path)).map(([path]) => path);
  for (let project = 0; project < counts.small; project++) {
    const size = smallSizes[project % smallSizes.length]!;
    const first = sources[Math.floor(random() * sources.length)]!;
    // Neighbours, as what belongs together stands together.
    const near = sources.filter((path) => path.startsWith(dirname(first)));
    const from = Math.floor(random() * Math.max(1, near.length - size));
    const some = (near.length < size ? sources : near).slice(from, from + size);
    const workspace = learnTexts(tree, new Map(some.map((path) => [path, files.get(path)!])), weights);
    yield* finished(workspace, 'small', counts.smallPlaces, random);
  }
  if (git && counts.commits > 0) yield* replayed(git, counts.commits, weights);
}

async function* finished(
  workspace: LearnedWorkspace,
  origin: Situation['origin'],
  count: number,
  random: () => number,
): AsyncGenerator<Situation> {
  const sources = workspace.texts.filter(
    ([path, { length }]) => sourceEnding.test(path) && length < maxLength,
  );
  for (let position = 0; sources.length > 0 && position < count; position++) {
    const [path, text] = sources[Math.floor(random() * sources.length)]!;
    const offset = placeIn(text, random);
    const target = text.slice(offset, lineSpanAt(text, offset).end).trim();
    if (target === '') continue;
    const setting = position % 2 === 0 ? 'both' : 'prefix';
    const open = random() < unwrittenShare ? withoutLinesBelow(text, offset, random) : text;
    yield await situation(workspace, origin, path, open, offset, target, setting, position % nameless !== 0);
  }
}

async function* replayed(git: string, commits: number, weights: PredictorWeights): AsyncGenerator<Situation> {
  const workspace = learnTexts(git, new Map(), weights);
  for (const { path, text, offset, target } of writtenPlaces(
    git,
    { commits, linesOfFile: 6 },
    workspace.store,
  )) {
    yield await situation(workspace, 'replay', path, text, offset, target, 'both', true);
  }
}

async function situation(
  workspace: LearnedWorkspace,
  origin: Situation['origin'],
  path: string,
  text: string,
  offset: number,
  target: string,
  setting: Setting,
  named: boolean,
): Promise<Situation> {
  const { vocabulary, lexer, store, document } = workspace;
  const request = await questionAt(path, text, offset, setting, named ? namesAlone : undefined);
  const place = placeOf(lexer, request);
  document.update(place.after, place.before, store.abstraction);
  const names = request.names && namesOf(vocabulary, request.names);
  const evidence = { segments: store.segments, document, path, names, follows: setting === 'both' };
  return { origin, workspace, request, place, evidence, target };
}

function placeIn(text: string, random: () => number): number {
  const offset = Math.floor(random() * text.length);
  const { start, end } = lineSpanAt(text, offset);
  const kind = random();
  if (kind < startShare) return start + (/^[ \t]*/.exec(text.slice(start, end))?.[0].length ?? 0);
  if (kind > startShare + wordShare) return offset;
  let at = offset;
  while (at > start && /[\p{L}\p{N}_$]/u.test(text[at - 1]!)) at--;
  return at;
}

/** The text as it is while some of what comes below the cursor's line is still to be written. */
function withoutLinesBelow(text: string, offset: number, random: () => number): string {
  const { end } = lineSpanAt(text, offset);
  let until = end;
  for (let lines = 1 + Math.floor(random() * unwrittenLines); lines > 0 && until < text.length; lines--) {
    until = lineSpanAt(text, until + 1).end;
  }
  return text.slice(0, end) + text.slice(until);
}
