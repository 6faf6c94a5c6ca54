// Existing tests as evidence: those that name what is under check are run before and with a candidate, in a sandbox.
import { readFile } from 'node:fs/promises';
import type { Language } from '../../core/language.ts';
import { type Run, throwIfEnded } from '../../core/run.ts';
import type { TestRunner } from '../../core/test-rules.ts';
import { containsPath } from '../sandbox/programs.ts';
import type { Command, Sandbox, Workplace } from '../sandbox/sandbox.ts';
import { parametersOf, reportName, settle } from './command.ts';
import type { Written } from './raw.ts';
import { recogniseRunners } from './recognise.ts';
import { notRun, type TestReport, type WantedTest } from './result.ts';
import { reportOf } from './results.ts';

/** Milliseconds for the tests themselves; what a runner needs to build comes on top. */
const testTime = 60_000;
/** Bytes of memory of one process: compilers take much. */
const memory = 6 * 1024 ** 3;
/** Bytes of one file: compilers write large ones. */
const file = 512 * 1024 ** 2;

export interface TestQuestion {
  /** The project's folder. */
  readonly root: string;
  readonly language: Language;
  readonly tests: readonly WantedTest[];
  /** Texts by absolute path of test files that are not on disk yet. */
  readonly unsaved?: Readonly<Record<string, string>>;
  /** Whether the user said yes to running them where nothing closes them in. */
  readonly evenBestEffort?: boolean;
}

/** A project's tests in a place of their own, run as often as there are candidates. */
export interface TestBench extends AsyncDisposable {
  /** Without any candidate; run once. @param files texts by absolute path that are not saved yet. */
  before(run: Run, files?: Readonly<Record<string, string>>): Promise<TestReport>;
  /** @param files texts by absolute path, instead of the project's own. Those of the call before are taken back. */
  with(run: Run, files: Readonly<Record<string, string>>): Promise<TestReport>;
}

/**
 * Opens a place to run tests in. Never throws for what the project does: a report says why nothing could be run.
 * @throws the abort reason when the run ends; Error when the place cannot be made.
 */
export async function openTests(run: Run, sandbox: Sandbox, question: TestQuestion): Promise<TestBench> {
  const { root, language } = question;
  const tests = question.tests.filter(({ path }) => containsPath(root, path));
  const [reason, runners] = await runnersFor(sandbox, question, tests);
  throwIfEnded(run);
  const [runner] = runners;
  if (runner === undefined)
    return benchWithout(reason ?? `vouch knows no runner of ${language.name} tests here`);
  const settled = (paths: readonly string[] = []): readonly string[] =>
    paths.flatMap((path) => settle(path) ?? []);
  const place = await sandbox.open(run, {
    project: root,
    readable: runners.flatMap((one) => settled(one.readable)),
    caches: runners.flatMap((one) => settled(one.caches)),
  });
  return createBench(place, runners, { ...question, tests });
}

async function runnersFor(
  sandbox: Sandbox,
  { root, language, evenBestEffort, unsaved }: TestQuestion,
  tests: readonly WantedTest[],
): Promise<readonly [reason: string | undefined, runners: readonly TestRunner[]]> {
  if (tests.length === 0) return ['no test names it', []];
  if (sandbox.isolation === 'best-effort' && !evenBestEffort) {
    return [
      'nothing on this machine closes tests in, and the user did not say that they may run without',
      [],
    ];
  }
  const paths = tests.map(({ path }) => path);
  return [undefined, await recogniseRunners(language.testRunners ?? [], root, paths, unsaved)];
}

const benchWithout = (reason: string): TestBench => ({
  before: async () => notRun(reason),
  with: async () => notRun(reason),
  async [Symbol.asyncDispose]() {
    // There is no place to give back.
  },
});

function createBench(place: Workplace, runners: readonly TestRunner[], question: TestQuestion): TestBench {
  const { root } = question;
  let changed: readonly string[] = [];
  let first: Promise<TestReport> | undefined;
  /** The one that is installed, once it is known. */
  let chosen: TestRunner | undefined;
  // One after the other: they share the place.
  let last: Promise<unknown> = Promise.resolve();
  const put = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const path of changed.filter((one) => files[one] === undefined)) {
      await place.write(path, await readFile(path, 'utf8'));
    }
    for (const [path, text] of Object.entries(files)) await place.write(path, text);
    changed = Object.keys(files);
  };
  const runAll = async (run: Run, files: Readonly<Record<string, string>>): Promise<TestReport> => {
    throwIfEnded(run);
    await put(files);
    let report = notRun('there is no runner');
    for (const runner of chosen ? [chosen] : runners) {
      report = await runOnce(run, place, runner, question);
      if (report.outcome === 'not-run') continue;
      chosen = runner;
      break;
    }
    return report;
  };
  const queue = (run: Run, files: Readonly<Record<string, string>>): Promise<TestReport> => {
    const working = last.then(() => runAll(run, files));
    last = working.catch(() => undefined);
    return working;
  };
  return {
    before(run, files = {}) {
      if (first) return first;
      const asked = queue(run, relativeTo(root, files));
      first = asked;
      // One that was cancelled says nothing of the project.
      asked.catch(() => {
        first = undefined;
      });
      return asked;
    },
    with: (run, files) => queue(run, relativeTo(root, files)),
    async [Symbol.asyncDispose]() {
      await last;
      await place[Symbol.asyncDispose]();
    },
  };
}

/** @throws Error where a file lies outside of the project. */
function relativeTo(root: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const outside = Object.keys(files).find((path) => !containsPath(root, path));
  if (outside !== undefined) throw new Error(`${outside} is no file of ${root}`);
  return files;
}

async function runOnce(
  run: Run,
  place: Workplace,
  runner: TestRunner,
  { root, tests }: TestQuestion,
): Promise<TestReport> {
  const command: Omit<Command, 'program'> = {
    parameters: parametersOf(runner, root, place.root, tests),
    environment: environmentOf(runner),
    limits: { milliseconds: testTime + (runner.build ?? 0), memory, file },
  };
  const { files } = runner.report;
  // Reports of an earlier run must not be taken for those of this one.
  if (files !== undefined) await outputOf(run, place, `rm -f ${files}`);
  else await place.write(reportName, '');
  for (const program of runner.programs) {
    const outcome = await place.execute(run, { ...command, program: program.replace('{root}', root) });
    if (outcome.code === 127 && program !== runner.programs.at(-1)) continue;
    const report =
      files === undefined ? await place.read(reportName) : await outputOf(run, place, `cat ${files}`);
    const written: Written = { output: outcome.output, errors: outcome.errors, ...(report && { report }) };
    return reportOf(runner, tests, outcome, written, { root, seen: place.root });
  }
  return notRun(`${runner.name} is not installed`, runner.name);
}

/** What a line of the rules, written by nobody but vouch's own authors, puts out. */
async function outputOf(run: Run, place: Workplace, line: string): Promise<string> {
  const { output } = await place.execute(run, { program: '/bin/sh', parameters: ['-c', line] });
  return output;
}

function environmentOf(runner: TestRunner): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(runner.environment ?? {}).flatMap(([name, text]) => {
      const value = settle(text);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
