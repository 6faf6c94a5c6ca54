// How long all checks take after one edit of a 1,000-line file within its project: real files (`--repos DIR`, one folder a
// repository), edits as people make them. CPU time of all threads, since machines that measure are seldom idle, and of whole
// edits the time until the findings are there. Rows: the whole from text to findings; each kind of facts and each check by
// itself; first use apart. `--profile` keeps to whole edits.
// npx tsx bench/validation/edit.ts --repos DIR [--edits N] [--language ID] [--file PATH]
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { FileFacts } from '../../server/core/facts.ts';
import type { Language } from '../../server/core/language.ts';
import { applyEdits, type Edit } from '../../server/core/span.ts';
import { createSyntax, type ParsedFile, type Syntax } from '../../server/input/syntax/index.ts';
import { createProject, type WorkspaceProject } from '../../server/input/workspace/project.ts';
import { secretSearch } from '../../server/orchestration/analysis/secret-search.ts';
import type { Subject } from '../../server/validation/check.ts';
import { checks, runChecks, severitiesOf } from '../../server/validation/index.ts';
import { createMemory } from '../../server/validation/memory.ts';
import { log, print, run } from './kit.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string' },
    edits: { type: 'string', default: '300' },
    language: { type: 'string' },
    file: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});

const wanted = ['python', 'typescript', 'javascript', 'go', 'rust', 'java'];
const linesWanted = 1000;
/** Files of a language; the nearest in length to `linesWanted`, of different folders where there are some. */
const filesPerLanguage = 2;
/** Edits that are made before any is measured: first use is a question of its own, and so is the compiler of the engine. */
const warmUp = 120;
const severities = severitiesOf({});

const kinds = [
  ...(['errors', 'symbols', 'comments', 'strings', 'imports', 'exports', 'calls'] as const),
  ...(['members', 'assignments', 'references', 'unresolved', 'topLevel'] as const),
] satisfies (keyof FileFacts)[];

const rounded = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;
const quantile = (times: readonly number[], share: number): number => {
  const sorted = [...times].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
};
const spread = (times: readonly number[]): { p50: number; p99: number } => ({
  p50: quantile(times, 0.5),
  p99: quantile(times, 0.99),
});

/** Milliseconds of the process's CPU time. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The same numbers each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface Sample {
  readonly repository: string;
  readonly path: string;
  readonly language: Language;
}

function samples(syntax: Syntax, repos: string): Sample[] {
  const found: (Sample & { lines: number })[] = [];
  for (const entry of readdirSync(repos, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const repository = join(repos, entry.name);
    for (const file of readdirSync(repository, { recursive: true, encoding: 'utf8' })) {
      const language = syntax.languageFor(file);
      if (!language || !wanted.includes(language.id) || file.includes('node_modules')) continue;
      const path = join(repository, file);
      found.push({ repository, path, language, lines: readFileSync(path, 'utf8').split('\n').length });
    }
  }
  found.sort((a, b) => Math.abs(a.lines - linesWanted) - Math.abs(b.lines - linesWanted));
  return wanted.flatMap((id) =>
    found.filter(({ language }) => language.id === id).slice(0, filesPerLanguage),
  );
}

/** A statement typed key by key and taken back, a name changed and changed back, a line deleted and put back. */
function* edits(text: () => string, next: () => number): Generator<Edit> {
  for (;;) {
    const now = text();
    const lineEnd = now.indexOf('\n', Math.floor(next() * now.length * 0.99));
    const lineStart = now.lastIndexOf('\n', lineEnd - 1) + 1;
    const line = now.slice(lineStart, lineEnd);
    const kind = next();
    if (kind < 0.4) {
      const typed = `\n${/^[ \t]*/.exec(line)![0]}total = compute(limit, 1);`;
      for (const [index, key] of [...typed].entries())
        yield { span: { start: lineEnd + index, end: lineEnd + index }, newText: key };
      yield { span: { start: lineEnd, end: lineEnd + typed.length }, newText: '' };
    } else if (kind < 0.8) {
      const word = /[A-Za-z_]{4,}/.exec(line);
      if (!word) continue;
      const at = lineStart + word.index + 2;
      for (const [index, key] of [...'New'].entries())
        yield { span: { start: at + index, end: at + index }, newText: key };
      yield { span: { start: at, end: at + 3 }, newText: '' };
    } else {
      yield { span: { start: lineStart, end: lineEnd + 1 }, newText: '' };
      yield { span: { start: lineStart, end: lineStart }, newText: `${line}\n` };
    }
  }
}

/** A document in its project, as the analysis holds it. */
async function open(syntax: Syntax, { repository, path, language }: Sample) {
  let text = readFileSync(path, 'utf8');
  let file: ParsedFile | undefined;
  const secretsIn = await secretSearch(log);
  const made: WorkspaceProject = createProject({
    log,
    syntax,
    folders: [{ path: repository, exclude: [] }],
    openText: (asked) => (asked === path ? text : undefined),
    openFacts: (asked) => (asked === path ? file?.facts : undefined),
  });
  const project = secretsIn ? { ...made, secretsIn } : made;
  await project.prepare(language.id);
  const memory = createMemory();
  return {
    project,
    text: () => text,
    parse(edit?: Edit): ParsedFile {
      if (edit) text = applyEdits(text, [edit]);
      const previous = file && edit && { file, edits: [edit] };
      file = undefined;
      file = syntax.parse(language.id, text, previous)!;
      return file;
    },
    subject: (): Subject => ({
      path,
      language,
      text,
      facts: file!.facts,
      visibleNames: (offset) => file!.visibleNames(offset),
      memory,
      project,
    }),
    release: () => file?.release(),
  };
}

const family = (name: string): string => (name.startsWith('security/') ? 'security/*' : name);

async function measure(syntax: Syntax, sample: Sample): Promise<void> {
  const { language, path, repository } = sample;
  await syntax.load(language.id);
  const document = await open(syntax, sample);
  const named = {
    bench: 'validation/edit',
    language: language.id,
    file: `${basename(repository)}/${relative(repository, path)}`,
    lines: document.text().split('\n').length,
  };
  const first = new Map<string, number>();
  const parts = new Map<string, number[]>();
  const note = (name: string, time: number): void => {
    const times = parts.get(name);
    if (times) times.push(time);
    else parts.set(name, [time]);
  };
  const byParts = (edit: Edit | undefined, to: (name: string, time: number) => void): void => {
    to(
      'parse',
      cpuOf(() => void document.parse(edit)),
    );
    const subject = document.subject();
    for (const kind of kinds)
      to(
        `facts/${kind}`,
        cpuOf(() => void subject.facts[kind]),
      );
    const ofFamily = new Map<string, number>();
    for (const check of checks) {
      if (!check.judges(language)) continue;
      const time = cpuOf(() => void check.run(run, subject));
      ofFamily.set(family(check.name), (ofFamily.get(family(check.name)) ?? 0) + time);
    }
    for (const [name, time] of ofFamily) to(name, time);
  };
  byParts(undefined, (name, time) => void first.set(name, time));

  const whole: number[] = [];
  const waited: number[] = [];
  let findings = 0;
  let broken = 0;
  let count = 0;
  for (const edit of edits(document.text, random(7))) {
    if (count++ === Number(values.edits) * 2 + warmUp) break;
    if (count % 2 === 0 && !values.profile) byParts(edit, count < warmUp ? () => undefined : note);
    else {
      const begun = performance.now();
      const time = cpuOf(() => {
        document.parse(edit);
        findings = runChecks(run, document.subject(), severities).findings.length;
      });
      const wait = performance.now() - begun;
      if (document.subject().facts.errors.length > 0) broken++;
      if (count < warmUp) continue;
      whole.push(time);
      waited.push(wait);
    }
  }
  document.release();
  print({
    ...named,
    part: 'all',
    cpuMs: spread(whole),
    wallMs: spread(waited),
    edits: whole.length,
    broken,
    findings,
  });
  for (const [name, times] of parts) {
    const mean = times.reduce((a, b) => a + b, 0) / times.length;
    print({
      ...named,
      part: name,
      firstCpuMs: rounded(first.get(name) ?? 0),
      meanCpuMs: rounded(mean),
      cpuMs: spread(times),
    });
  }
}

if (!values.repos) log('error', 'usage: edit --repos DIR [--edits N] [--language ID] [--file PATH]');
else {
  const syntax = await createSyntax({ log });
  const chosen = samples(syntax, values.repos).filter(
    ({ language, path }) =>
      (values.language === undefined || values.language === language.id) &&
      (values.file === undefined || path.endsWith(values.file)),
  );
  for (const sample of chosen) await measure(syntax, sample);
}
