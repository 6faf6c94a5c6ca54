// How good the checks are, one JSON line a row: names/unresolved against exceptions that really happened
// (`--data DIR`), false alarms, time and findings over real trees (`--repos DIR`, one folder a repository).
// `--findings` prints each finding too, for reading.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { FileFacts } from '../server/core/facts.ts';
import type { Finding } from '../server/core/finding.ts';
import { lineAt, lineStarts } from '../server/core/lines.ts';
import { noProject, type Project } from '../server/core/project.ts';
import { detachedRun } from '../server/core/run.ts';
import { createSyntax, type ParsedFile, type Syntax } from '../server/input/syntax/index.ts';
import { createProject } from '../server/input/workspace/project.ts';
import { runChecks, severitiesOf } from '../server/validation/index.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    repos: { type: 'string' },
    findings: { type: 'boolean', default: false },
  },
});

const print = (row: object): void => void process.stdout.write(`${JSON.stringify(row)}\n`);
const log = (_: string, message: string): void => void process.stderr.write(`${message}\n`);
const run = detachedRun(log);
const severities = severitiesOf({});

/** The samples were run with a test function after them, by which a decorator at their end got something to decorate. */
const asRun = '\ndef check(candidate):\n    pass\n';

const syntax = await createSyntax({ log });
if (values.data) await measureNames(syntax, values.data);
if (values.repos) {
  for (const entry of readdirSync(values.repos, { withFileTypes: true })) {
    if (entry.isDirectory()) await measureRepository(syntax, join(values.repos, entry.name));
  }
}
if (!values.data && !values.repos)
  log('error', 'usage: validation --data DIR and/or --repos DIR [--findings]');

interface Sample {
  readonly task_id: string;
  readonly completion: string;
  readonly passed: boolean;
  readonly result: string | null;
}

/** Samples that passed their tests use no undefined name on the way; those that died of a NameError do. */
async function measureNames(all: Syntax, folder: string): Promise<void> {
  const tasks = new Map(
    records<{ task_id: string; prompt_original: string }>(join(folder, 'humaneval/tasks.jsonl.gz')).map(
      ({ task_id, prompt_original }) => [task_id, prompt_original],
    ),
  );
  const language = all.languageFor('sample.py')!;
  await all.load(language.id);
  const count = { samples: 0, passed: 0, flaggedPassed: 0, nameErrors: 0, found: 0, foundByName: 0 };
  let milliseconds = 0;
  for (const sample of records<Sample>(join(folder, 'humaneval/samples.jsonl.gz'))) {
    const text = (tasks.get(sample.task_id) ?? '') + sample.completion + asRun;
    const started = performance.now();
    const file = all.parse(language.id, text)!;
    const findings = check(file, 'sample.py', language, noProject).filter(
      ({ check: name }) => name === 'names/unresolved',
    );
    milliseconds += performance.now() - started;
    tally(count, sample, text, findings);
    file.release();
  }
  print({
    bench: 'validation/names',
    data: 'humaneval',
    ...count,
    recall: count.foundByName / count.nameErrors,
    millisecondsEach: milliseconds / count.samples,
  });
}

type Count = Record<'samples' | 'passed' | 'flaggedPassed' | 'nameErrors' | 'found' | 'foundByName', number>;

function tally(count: Count, sample: Sample, text: string, findings: readonly Finding[]): void {
  const task = sample.task_id;
  count.samples++;
  if (sample.passed) {
    count.passed++;
    if (findings.length > 0) {
      count.flaggedPassed++;
      if (values.findings) print({ false: findings.map(({ message }) => message), task, text });
    }
  }
  const missing = /NameError: name '([^']+)' is not defined/.exec(sample.result ?? '')?.[1];
  if (missing === undefined) return;
  count.nameErrors++;
  if (findings.length > 0) count.found++;
  if (findings.some(({ message }) => message.startsWith(`\`${missing}\``))) count.foundByName++;
  else if (values.findings) print({ missed: missing, task, text });
}

async function measureRepository(all: Syntax, folder: string): Promise<void> {
  const project = createProject({
    log,
    syntax: all,
    folders: [{ path: folder, exclude: [] }],
    openText: () => undefined,
  });
  const found = new Map<string, number>();
  let files = 0;
  let bytes = 0;
  let milliseconds = 0;
  let slowest = 0;
  for (const path of project.files(folder)) {
    const language = all.languageFor(path);
    if (!language || !(await all.load(language.id))) continue;
    await project.prepare(language.id);
    const text = readFileSync(path, 'utf8');
    const started = performance.now();
    const file = all.parse(language.id, text);
    if (!file) continue;
    const findings = check(file, path, language, project);
    const took = performance.now() - started;
    file.release();
    files++;
    bytes += text.length;
    milliseconds += took;
    slowest = Math.max(slowest, took);
    const starts = lineStarts(text);
    for (const finding of findings) {
      found.set(finding.check, (found.get(finding.check) ?? 0) + 1);
      if (!values.findings) continue;
      const line = lineAt(starts, finding.span.start);
      const code = text.slice(starts[line], starts[line + 1]).trim();
      print({
        at: `${relative(folder, path)}:${line + 1}`,
        check: finding.check,
        message: finding.message,
        fix: finding.fixes.find(({ certain }) => certain)?.title,
        code: code.slice(0, 160),
      });
    }
  }
  print({
    bench: 'validation/repository',
    repository: folder.split('/').at(-1),
    files,
    bytes,
    findings: Object.fromEntries(found),
    millisecondsPerFile: milliseconds / files,
    slowestMilliseconds: slowest,
  });
}

function check(
  file: ParsedFile,
  path: string,
  language: Syntax['languages'][number],
  project: Project,
): readonly Finding[] {
  const subject = {
    path,
    language,
    text: file.text,
    facts: file.facts satisfies FileFacts,
    visibleNames: (offset: number) => file.visibleNames(offset),
    project,
  };
  return runChecks(run, subject, severities).findings;
}

function records<T>(path: string): T[] {
  if (!existsSync(path)) throw new Error(`there is no ${path}`);
  return gunzipSync(readFileSync(path))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
