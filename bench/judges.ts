// How well judges judge, one JSON line a judge: type, member and argument errors seeded in small projects, found and on the
// right line, against what the judge reports when it is asked directly; the time of a warm verdict against the judge's own.
// `--only NAME` asks one judge; `--rounds N` asks each seed N times; `--compilers` asks those, too; `--candidates N` puts N
// candidates in a row through one judge and tells what is left of them. Judges are those in the PATH.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { detachedRun } from '../server/core/run.ts';
import { defaultSettings } from '../server/core/settings.ts';
import { readLanguages } from '../server/input/syntax/languages.ts';
import { findResources } from '../server/input/syntax/resources.ts';
import { findJudges } from '../server/validation/oracles/find.ts';
import { createJudges, findTools } from '../server/validation/oracles/index.ts';
import type { JudgedChange, JudgeReport } from '../server/validation/oracles/judge.ts';
import { findSandbox } from '../server/validation/sandbox/index.ts';
import { askDirectly, type Direct, type Reported } from './judges/direct.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    compilers: { type: 'boolean', default: false },
    candidates: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

interface Seed {
  readonly kind: 'type' | 'member' | 'argument';
  readonly find: string;
  readonly replace: string;
}

/** A change of another file, and a part of the line of the judged file that does not fit any more. */
interface Breaking {
  readonly find: string;
  readonly replace: string;
  readonly breaks: string;
}

interface Seeds {
  /** Names from the project's folder. */
  readonly file: string;
  readonly seeds: readonly Seed[];
  readonly elsewhere: { readonly file: string; readonly seeds: readonly Breaking[] };
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const projects = join(dirname(fileURLToPath(import.meta.url)), 'judges/projects');
const languages = readLanguages(findResources().grammars);
/** A busy machine is not what is measured here. */
const limits = { initialize: 300_000, ready: 300_000, verdict: 60_000 };
const quiet = (): void => undefined;
const log = values.verbose ? (level: string, message: string) => console.error(level, message) : quiet;

async function measureLanguage(languageId: string): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'vouch-bench-judges-'));
  try {
    cpSync(join(projects, languageId), root, { recursive: true });
    const seeds = JSON.parse(readFileSync(join(root, 'seeds.json'), 'utf8')) as Seeds;
    rmSync(join(root, 'seeds.json'));
    const language = languages.find(({ id }) => id === languageId)!;
    const tools = await findTools([language], {}, root);
    for (const { name, kind, program } of tools) {
      if (values.only !== undefined && values.only !== name) continue;
      if (program === undefined)
        console.log(JSON.stringify({ language: languageId, judge: name, installed: false }));
      else if (kind === 'server' || values.compilers) await measure(languageId, name, root, seeds);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function measure(
  languageId: string,
  name: string,
  root: string,
  { file, seeds, elsewhere }: Seeds,
): Promise<void> {
  const path = join(root, file);
  const language = languages.find(({ id }) => id === languageId)!;
  const others = language
    .judges!.filter((tool) => tool.name !== name)
    .map((tool) => [tool.name, false] as const);
  const judges = Object.fromEntries(others);
  const settings = { ...defaultSettings, validation: { ...defaultSettings.validation, judges } };
  const pool = createJudges({
    languages,
    log,
    settingsFor: () => settings,
    sandbox: () => findSandbox(log),
    limits,
  });
  const [found] = await findJudges(language, languageId, judges, {
    path,
    root,
    environment: process.env,
    compilers: true,
  });
  const row = { language: languageId, judge: name, version: found?.version };
  if (!found) return console.log(JSON.stringify({ ...row, installed: false }));
  const scratch = mkdtempSync(join(tmpdir(), 'vouch-bench-scratch-'));
  mkdirSync(scratch, { recursive: true });
  let direct: Direct | undefined;
  try {
    const before = readFileSync(path, 'utf8');
    const judge: Judge = async (after, spans) => {
      const change = { path, languageId, before, after, spans };
      const [report] = await pool.judge(detachedRun(log), root, change);
      if (report!.failed) throw new Error(report!.failed);
      return report!;
    };
    if (values.candidates !== undefined) {
      await measureRow(row, Number(values.candidates), before, seeds, judge);
      return;
    }
    direct = found.tool.server && (await askDirectly(found, root, path, languageId, scratch));
    // Both warm: the project is read, and the text before is known.
    await judge(`${before}\n`, []);
    const old = (await direct?.ask(before))?.reported ?? [];
    await judge(mutated(before, seeds[0]!).after, []);

    const { counts, own, ours, misses } = await ask(direct, judge, before, old, seeds);
    const broken = await askElsewhere(pool, languageId, root, path, elsewhere);
    const [ownTime, ourTime] = [tenth(own), tenth(ours)];
    const times = direct
      ? { own: round1(ownTime), ours: round1(ourTime), ratio: Math.round((ourTime / ownTime) * 100) / 100 }
      : { ours: round1(ourTime) };
    console.log(
      JSON.stringify({
        ...row,
        ...counts,
        ...broken,
        milliseconds: times,
        ...(misses.length > 0 && { misses }),
      }),
    );
  } catch (error) {
    console.log(JSON.stringify({ ...row, failed: String(error) }));
  } finally {
    direct?.stop();
    await pool.dispose();
    rmSync(scratch, { recursive: true, force: true });
  }
}

type Judge = (after: string, spans: JudgedChange['spans']) => Promise<JudgeReport>;

/** Both in turn, so that what else the machine does costs them the same. */
async function ask(
  direct: Direct | undefined,
  judge: Judge,
  before: string,
  old: readonly Reported[],
  seeds: readonly Seed[],
) {
  const counts = { seeds: seeds.length, reported: 0, found: 0, onLine: 0, further: 0 };
  const own: number[] = [];
  const ours: number[] = [];
  const misses: string[] = [];
  for (let round = 0; round < (direct ? Number(values.rounds) : 1); round++) {
    for (const seed of seeds) {
      // A comment makes each text one that neither has seen.
      const { after, spans, lines } = mutated(before, seed);
      const text = `${after}${' '.repeat(round)}\n`;
      // By turns first, too.
      const early = round % 2 === 0 ? await direct?.ask(text) : undefined;
      const report = await judge(text, spans);
      const asked = early ?? (await direct?.ask(text));
      own.push(asked?.milliseconds ?? 0);
      ours.push(report.milliseconds);
      if (round > 0) continue;
      const places = report.findings.map(({ span, message }) => ({
        line: text.slice(0, span.start).split('\n').length - 1,
        message,
      }));
      const reported = asked ? newIn(asked.reported, old, before, text) : places;
      const told = reported.filter((one) => places.some((place) => isSame(one, place)));
      counts.reported += reported.length;
      counts.found += told.length;
      counts.further += places.length - told.length;
      if (places.some(({ line }) => lines.includes(line))) counts.onLine++;
      else misses.push(`${seed.kind}: ${seed.replace}`);
    }
  }
  return { counts, own, ours, misses };
}

/** How many of the changes that break the judged file are told where they are made, with the line that they break. */
async function askElsewhere(
  pool: ReturnType<typeof createJudges>,
  languageId: string,
  root: string,
  dependent: string,
  { file, seeds }: Seeds['elsewhere'],
) {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const times: number[] = [];
  let told = 0;
  for (const seed of seeds) {
    const { after, spans } = mutated(before, seed);
    const change = { path, languageId, before, after, spans, dependents: [dependent] };
    const [report] = await pool.judge(detachedRun(log), root, change);
    times.push(report!.milliseconds);
    const places = report!.findings.flatMap(({ span, related = [] }) =>
      span.start >= spans[0]!.start && span.end <= spans[0]!.end ? related : [],
    );
    if (places.some(({ path: at, text }) => at === dependent && text.includes(seed.breaks))) told++;
    else if (values.verbose) console.error(seed.replace, report);
  }
  return { elsewhere: { seeds: seeds.length, told, milliseconds: round1(tenth(times)) } };
}

function mutated(before: string, { find, replace }: Pick<Seed, 'find' | 'replace'>) {
  const start = before.indexOf(find);
  if (start < 0) throw new Error(`the project has no "${find}"`);
  const after = before.slice(0, start) + replace + before.slice(start + find.length);
  const first = before.slice(0, start).split('\n').length - 1;
  const lines = Array.from({ length: replace.split('\n').length }, (_, index) => first + index);
  return { after, spans: [{ start, end: start + replace.length }], lines };
}

/** What it says of the text and did not say of the one before, whose lines are the same ones but for the seed's. */
function newIn(
  after: readonly Reported[],
  old: readonly Reported[],
  before: string,
  text: string,
): readonly Reported[] {
  const [oldLines, newLines] = [before.split('\n'), text.split('\n')];
  const left = old.map(({ line, message }) => `${oldLines[line]} ${message}`);
  return after.filter(({ line, message }) => {
    const index = left.indexOf(`${newLines[line]} ${message}`);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

const isSame = (reported: Reported, place: Reported): boolean =>
  reported.line === place.line && place.message.slice(0, 200).startsWith(reported.message.slice(0, 200));

/** A tenth took less: on a machine that does much else it shows what each takes by itself. */
const tenth = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 10)]!;
const round1 = (value: number): number => Math.round(value * 10) / 10;

/** Many in a row: memory and processes at an early one and at the end. */
async function measureRow(
  row: Readonly<Record<string, unknown>>,
  count: number,
  before: string,
  seeds: readonly Seed[],
  judge: Judge,
): Promise<void> {
  const temporary = (): number => readdirSync(tmpdir()).filter((name) => name.startsWith('vouch-')).length;
  const at: Record<string, unknown>[] = [];
  for (let index = 0; index < count; index++) {
    const { after, spans } = mutated(before, seeds[index % seeds.length]!);
    await judge(`${after}\n# ${index}\n`, spans);
    if (index + 1 === Math.ceil(count / 4) || index + 1 === count) {
      collect();
      at.push({
        after: index + 1,
        ours: process.memoryUsage().heapUsed,
        ...descendants(),
        temporaryFolders: temporary(),
      });
    }
  }
  console.log(JSON.stringify({ ...row, candidates: at }));
}

/** Processes below this one and the bytes that they hold, from /proc. */
function descendants(): { processes: number; theirs: number } {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]!.split(' ');
        return [{ id: Number(id), parent: Number(fields[1]), pages: Number(fields[21]) }];
      } catch {
        return []; // It has ended in between.
      }
    });
  const below = new Set([process.pid]);
  for (let grown = true; grown; ) {
    const more = processes.filter(({ id, parent }) => below.has(parent) && !below.has(id));
    for (const { id } of more) below.add(id);
    grown = more.length > 0;
  }
  const children = processes.filter(({ id }) => id !== process.pid && below.has(id));
  return { processes: children.length, theirs: children.reduce((sum, { pages }) => sum + pages * 4096, 0) };
}

for (const languageId of readdirSync(projects)) await measureLanguage(languageId);
