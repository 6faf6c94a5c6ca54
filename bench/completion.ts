// How often the embedded engine completes a line exactly, on cursors in real repositories:
//   tsx bench/completion.ts --data DIR --repos DIR [--setting prefix|both] [--repo NAME] [--limit N] [--patience MS]
//     [--no-names] [--no-baselines] [--speed] [--tokens] [--misses]
//   tsx bench/completion.ts --replay --git DIR [--git DIR…] [--commits N]
// DIR/completion/lines.jsonl.gz holds the cursors; each repository is a folder under --repos. The engine sees every other
// file of the repository, and of the file itself what stands before the cursor (`both`: what stands after it, too), and the
// names that the parser sees in just that. With --patience no answer is cut off by the clock of a busy machine.
import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Cursor, readCursors, type Setting, usableIn } from './completion/cursors.ts';
import { measure, type Outcome } from './completion/measure.ts';
import { type Replayed, replay } from './completion/replay.ts';
import { type Row, round, rowOf, share, table } from './completion/rows.ts';
import { speedOf } from './completion/speed.ts';
import { nextTokens } from './completion/tokens.ts';
import { readTree } from './completion/workspace.ts';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    data: { type: 'string' },
    repos: { type: 'string' },
    setting: { type: 'string', default: 'prefix' },
    repo: { type: 'string' },
    limit: { type: 'string' },
    patience: { type: 'string' },
    names: { type: 'boolean', default: true },
    baselines: { type: 'boolean', default: true },
    speed: { type: 'boolean', default: false },
    tokens: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
    replay: { type: 'boolean', default: false },
    git: { type: 'string', multiple: true, default: [] },
    commits: { type: 'string', default: '40' },
  },
});

/** Cursors of a language below which it has no row. */
const leastCursors = 50;

/** Milliseconds: no answer of a replay is cut off by the clock. */
const longPatience = 5_000;

if (values.replay) await replayAll();
else await measureAll(values.data, values.repos);

async function measureAll(data: string | undefined, repos: string | undefined): Promise<void> {
  if (!data || !repos || !isSetting(values.setting)) {
    throw new Error(
      'usage: completion.ts --data DIR --repos DIR [--setting prefix|both], or --replay --git DIR',
    );
  }
  const { setting } = values;
  const patience = values.patience ? { patience: Number(values.patience) } : {};
  const cursors = readCursors(data);
  const names = [...new Set(cursors.map(({ repo }) => repo))].filter(
    (name) => (!values.repo || values.repo.split(',').includes(name)) && existsSync(join(repos, name)),
  );
  const rows: Row[] = [];
  const all: Outcome[] = [];
  for (const name of names) {
    const files = readTree(join(repos, name));
    if (values.speed) print({ bench: 'completion-speed', repo: name, ...rounded(speedOf(files)) });
    if (values.tokens)
      print({ bench: 'completion-tokens', repo: name, ...rounded(nextTokens(join(repos, name))) });
    if (values.speed || values.tokens) continue;
    const outcomes = await measure(files, sample(cursors.filter(({ repo }) => repo === name)), {
      setting,
      usable: values.names ? await usableIn(resolve(repos, name)) : undefined,
      baselines: values.baselines,
      ...patience,
    });
    if (values.misses) printMisses(outcomes);
    all.push(...outcomes);
    rows.push(...printRows(name, setting, outcomes));
  }
  if (all.length === 0) return;
  // A few files in other languages are no figure of their own.
  const languages = [...new Set(all.map(({ language }) => language))].filter(
    (language) => all.filter((one) => one.language === language).length >= leastCursors,
  );
  for (const language of languages) {
    rows.push(
      ...printRows(
        language,
        setting,
        all.filter((one) => one.language === language),
      ),
    );
  }
  rows.push(...printRows('all', setting, all));
  console.error(table(rows));
}

async function replayAll(): Promise<void> {
  if (values.git.length === 0)
    throw new Error('usage: completion.ts --replay --git DIR [--git DIR…] [--commits N]');
  const all: Replayed[] = [];
  for (const git of values.git) {
    const found = await replay(git, Number(values.commits), Number(values.patience ?? longPatience));
    all.push(...found);
    printReplay(basename(git) === 'repo' ? basename(join(git, '..')) : basename(git), found);
  }
  printReplay('all', all);
}

function printReplay(of: string, found: readonly Replayed[]): void {
  for (const [kind, rewritten] of [
    ['line', false],
    ['line', true],
    ['mid', false],
    ['mid', true],
  ] as const) {
    const some = found.filter((one) => one.kind === kind && one.rewritten === rewritten);
    const shown = some.flatMap((one) => (one.shown ? [one.shown] : []));
    print({
      bench: 'completion-replay',
      of,
      kind,
      rewritten,
      places: some.length,
      exact: share(some, ({ exact }) => exact),
      coverage: round((100 * shown.length) / (some.length || 1)),
      precision: share(shown, ({ right }) => right),
      standsBelow: share(shown, ({ standsBelow }) => standsBelow),
    });
  }
}

function printRows(of: string, setting: Setting, outcomes: readonly Outcome[]): Row[] {
  const rows = (['line', 'mid'] as const).map((kind) => rowOf(of, kind, outcomes));
  for (const row of rows) print({ bench: 'completion', setting, ...row });
  return rows.map(({ of: name, kind, cursors, exact, similarity, elsewhere, nowhereElse, coverage, precision, copy }) => ({
    of: name, kind, cursors, exact, similarity, elsewhere, nowhereElse, coverage, precision, copy,
  })); // biome-ignore format: a table
}

function printMisses(outcomes: readonly Outcome[]): void {
  for (const { path, line, col, kind, target, answer, copied } of outcomes) {
    if (target.trim() !== answer)
      print({ bench: 'completion-miss', path, line, col, kind, target, answer, copied });
  }
}

/** Every nth cursor where fewer are wanted, so that they come from all files. */
function sample(cursors: readonly Cursor[]): readonly Cursor[] {
  const every = cursors.length / Number(values.limit ?? cursors.length);
  return cursors.filter((_, at) => Math.floor((at + 1) / every) > Math.floor(at / every));
}

function rounded<Numbers extends object>(numbers: Numbers): object {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value]),
  );
}

function isSetting(word: string): word is Setting {
  return word === 'prefix' || word === 'both';
}

function print(row: object): void {
  console.log(JSON.stringify(row));
}
