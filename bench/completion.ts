// How often the embedded engine completes a line exactly, on cursors in real repositories:
//   tsx bench/completion.ts --data DIR --repos DIR [--setting prefix|both] [--repo NAME] [--limit N]
// DIR/completion/lines.jsonl.gz holds the cursors; each repository is a folder under --repos. The engine sees every other
// file of the repository, and of the file itself what stands before the cursor (`both`: what stands after it, too). The
// baseline of the same run copies the rest of the line from where the longest suffix of the text before stood last.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { distance } from 'fastest-levenshtein';
import { lineSpanAt, lineStarts } from '../server/core/lines.ts';
import { createEmbeddedEngine, shownConfidence } from '../server/development/models/embedded/index.ts';

interface Cursor {
  readonly repo: string;
  readonly path: string;
  readonly line: number;
  readonly col: number;
  readonly kind: 'line' | 'mid';
  readonly target: string;
  readonly same_line_elsewhere: number;
  readonly is_test: boolean;
}

interface Outcome extends Cursor {
  readonly answer: string;
  readonly copied: string;
  readonly amongFour: boolean;
  readonly milliseconds: number;
  /** The first suggestion of several tokens that would be shown, and whether it is right as far as it goes. */
  readonly shown?: { readonly right: boolean; readonly confidence: number };
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    repos: { type: 'string' },
    setting: { type: 'string', default: 'prefix' },
    repo: { type: 'string' },
    limit: { type: 'string' },
    patience: { type: 'string' },
    misses: { type: 'boolean', default: false },
  },
});
if (!values.data || !values.repos || !['prefix', 'both'].includes(values.setting)) {
  throw new Error(
    'usage: completion.ts --data DIR --repos DIR [--setting prefix|both] [--repo NAME] [--limit N]',
  );
}
const { repos, setting } = values;

const cursors = gunzipSync(readFileSync(join(values.data, 'completion/lines.jsonl.gz')))
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Cursor);
const names = [...new Set(cursors.map(({ repo }) => repo))].filter(
  (name) => (!values.repo || name === values.repo) && existsSync(join(repos, name)),
);
const all: Outcome[] = [];
for (const name of names) all.push(...measure(name));
print({ repo: 'all' }, all);

function measure(name: string): Outcome[] {
  const root = join(repos, name);
  const files = new Map(
    [...filesUnder(root)].map((path) => [relative(root, path), readFileSync(path, 'utf8')]),
  );
  const engine = createEmbeddedEngine();
  const started = performance.now();
  for (const [path, text] of files) engine.learn(path, text);
  while (engine.work(1000));
  const seconds = (performance.now() - started) / 1000;
  const { length, memory, files: learned, leftOut } = engine.stats();
  console.log(
    JSON.stringify({
      bench: 'completion-index',
      repo: name,
      files: learned,
      leftOut,
      megabytes: round(length / 1e6),
      'MB/s': round(length / 1e6 / seconds),
      bytesPerByte: round(memory / length),
    }),
  );
  const outcomes: Outcome[] = [];
  const mine = cursors
    .filter(({ repo }) => repo === name)
    .slice(0, Number(values.limit ?? Number.POSITIVE_INFINITY));
  for (const [path, places] of grouped(mine)) {
    const text = files.get(path);
    if (text === undefined) throw new Error(`${name} has no ${path}`);
    engine.forget(path);
    const others = [...files].filter(([other]) => other !== path).map(([, content]) => content);
    const corpus = others.join('\n\0\n');
    const starts = lineStarts(text);
    for (const cursor of places) {
      // The data counts lines from one.
      const offset = starts[cursor.line - 1]! + cursor.col;
      if (!text.startsWith(cursor.target.trim(), offset))
        throw new Error(`${name}/${path}:${cursor.line} is another`);
      const { end } = lineSpanAt(text, offset);
      // The line ends at the cursor; what stands below is there where the setting says so.
      const open = text.slice(0, offset) + (setting === 'both' ? text.slice(end) : '');
      const request = {
        path,
        text: open,
        offset,
        after: setting === 'both',
        alternatives: 4,
        ...(values.patience ? { patience: Number(values.patience) } : {}),
      };
      const before = performance.now();
      const found = engine.complete({ ...request, threshold: 0 });
      const milliseconds = performance.now() - before;
      const shown = engine.complete(request).find(({ tokens }) => tokens > 1);
      const target = cursor.target.trim();
      outcomes.push({
        ...cursor,
        answer: found.find(({ whole }) => whole)?.text.trim() ?? '',
        amongFour: found.some(({ whole, text: one }) => whole && one.trim() === target),
        copied: copyLongest(text.slice(0, offset), corpus),
        milliseconds,
        ...(shown
          ? {
              shown: {
                right: shown.whole ? shown.text.trim() === target : target.startsWith(shown.text.trimStart()),
                confidence: shown.confidence,
              },
            }
          : {}),
      });
    }
    engine.learn(path, text);
    while (engine.work(1000));
  }
  if (values.misses) {
    for (const { path, line, col, kind, target, answer, copied } of outcomes) {
      if (target.trim() !== answer)
        console.log(JSON.stringify({ path, line, col, kind, target, answer, copied }));
    }
  }
  print({ repo: name }, outcomes);
  return outcomes;
}

function print(row: object, outcomes: readonly Outcome[]): void {
  for (const kind of ['line', 'mid'] as const) {
    const some = outcomes.filter((one) => one.kind === kind);
    const unique = some.filter((one) => one.same_line_elsewhere === 0);
    const shown = some.flatMap((one) => (one.shown ? [one.shown] : []));
    const times = some.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    console.log(
      JSON.stringify({
        bench: 'completion',
        ...row,
        setting,
        kind,
        cursors: some.length,
        exact: share(some, right),
        similarity: mean(some.map(({ target, answer }) => similarity(target.trim(), answer))),
        amongFour: share(some, ({ amongFour }) => amongFour),
        nowhereElse: { cursors: unique.length, exact: share(unique, right) },
        tests: share(
          some.filter((one) => one.is_test),
          right,
        ),
        notTests: share(
          some.filter((one) => !one.is_test),
          right,
        ),
        copy: {
          exact: share(some, ({ target, copied }) => copied === target.trim()),
          similarity: mean(some.map(({ target, copied }) => similarity(target.trim(), copied))),
          nowhereElse: share(unique, ({ target, copied }) => copied === target.trim()),
        },
        shown: {
          threshold: shownConfidence,
          coverage: round((100 * shown.length) / some.length),
          precision: share(shown, (one) => one.right),
        },
        p50: round(times[times.length >> 1] ?? 0),
        p99: round(times[Math.floor(times.length * 0.99)] ?? 0),
      }),
    );
  }
}

function right({ target, answer }: Outcome): boolean {
  return target.trim() === answer;
}

/** The rest of the line after the last place where the longest suffix of `before` stood. */
function copyLongest(before: string, corpus: string): string {
  let low = 0;
  let high = Math.min(before.length, 2_000);
  const find = (length: number): { list: string; end: number } | undefined => {
    const suffix = before.slice(before.length - length);
    const own = before.lastIndexOf(suffix, before.length - length - 1);
    if (own >= 0 && before.length - length > 0) return { list: before, end: own + length };
    const other = corpus.indexOf(suffix);
    return other >= 0 ? { list: corpus, end: other + length } : undefined;
  };
  let best: { list: string; end: number } | undefined;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const found = find(middle);
    if (found) {
      best = found;
      low = middle;
    } else high = middle - 1;
  }
  return best ? best.list.slice(best.end, lineSpanAt(best.list, best.end).end).trim() : '';
}

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.name === '.git' || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

function grouped(list: readonly Cursor[]): Map<string, Cursor[]> {
  const groups = new Map<string, Cursor[]>();
  for (const cursor of list) groups.set(cursor.path, [...(groups.get(cursor.path) ?? []), cursor]);
  return groups;
}

function similarity(a: string, b: string): number {
  return a === b ? 100 : 100 * (1 - distance(a, b) / Math.max(a.length, b.length));
}

function share<One>(list: readonly One[], holds: (one: One) => boolean): number {
  return list.length === 0 ? 0 : round((100 * list.filter(holds).length) / list.length);
}

function mean(list: readonly number[]): number {
  return round(list.reduce((sum, one) => sum + one, 0) / (list.length || 1));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
