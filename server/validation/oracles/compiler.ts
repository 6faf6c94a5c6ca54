// A compiler as a judge: run over a copy of the project in a sandbox, with the candidate in it and, if it complains, without.
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Finding } from '../../core/finding.ts';
import type { CompilerRules } from '../../core/judge-rules.ts';
import type { Run } from '../../core/run.ts';
import type { Outcome, Sandbox, Workplace } from '../sandbox/sandbox.ts';
import { withUnsaved } from '../sandbox/unsaved.ts';
import { diagnosticsWithin, newDiagnostics } from './compare.ts';
import { type CompilerOutput, readOutput } from './compiler-output.ts';
import { faultsElsewhere } from './elsewhere.ts';
import { JudgeFailure } from './failure.ts';
import type { FoundJudge } from './find.ts';
import type { JudgedChange } from './judge.ts';
import type { OracleLimits } from './limits.ts';
import { fillText, fillTree } from './texts.ts';

export interface CompilerQuestion {
  readonly run: Run;
  readonly sandbox: Sandbox;
  readonly found: FoundJudge;
  readonly root: string;
  readonly change: JudgedChange;
  readonly limits: OracleLimits;
}

/**
 * What is new in what it says with the candidate, of its file and of others.
 * @throws the abort reason; JudgeFailure when it could not be run to its end.
 */
export async function compileWith(question: CompilerQuestion): Promise<readonly Finding[]> {
  const { run, sandbox, found, root, change } = question;
  const { path, unsaved = [], before } = change;
  const { name } = found.tool;
  const rules = found.tool.compiler!;
  const readable = await existing(rules.readable ?? []);
  const place = withUnsaved(sandbox, unsaved);
  await using workplace = await openFor(run, place, root, { [path]: change.after }, readable);
  const job: Job = { ...question, rules, workplace };
  const after = await diagnose(job, change.after);
  if (before === undefined) return whole(after, diagnosticsWithin(name, change, after.ofFile));
  if (after.ofFile.length === 0 && !after.elsewhere.some(isError)) return whole(after, []);
  await workplace.write(path, before);
  const old = await diagnose(job, before);
  return whole(after, [
    ...newDiagnostics(name, { ...change, before }, old.ofFile, after.ofFile),
    ...(hides(old) ? [] : await faultsElsewhere(name, root, change, old.elsewhere, after.elsewhere)),
  ]);
}

/** That nothing was found says nothing where errors that are not the candidate's kept it from looking at all. */
function whole({ stopped, first }: CompilerOutput, findings: readonly Finding[]): readonly Finding[] {
  if (stopped && findings.length === 0) throw new JudgeFailure(`the project does not build: ${first}`);
  return findings;
}

const isError = ({ diagnostic }: CompilerOutput['elsewhere'][number]): boolean =>
  diagnostic.severity === 'error';

/** A compiler that stopped at errors of the file says nothing of what they keep it from seeing: that is not new when they are gone. */
const hides = ({ ofFile }: CompilerOutput): boolean => ofFile.some(({ severity }) => severity === 'error');

interface Job extends CompilerQuestion {
  readonly workplace: Workplace;
  readonly rules: CompilerRules;
}

async function openFor(
  run: Run,
  sandbox: Sandbox,
  project: string,
  files: Readonly<Record<string, string>>,
  readable: readonly string[],
): Promise<Workplace> {
  try {
    return await sandbox.open(run, { project, files, readable });
  } catch (error) {
    run.signal.throwIfAborted();
    throw new JudgeFailure(error instanceof Error ? error.message : String(error));
  }
}

async function diagnose(job: Job, text: string): Promise<CompilerOutput> {
  const { run, workplace, found, rules, root, change, limits } = job;
  const { path } = change;
  const folder = found.folder ?? root;
  // What it is to compile is the copy, wherever that is seen.
  const seen = (each: string): string => join(workplace.root, relative(root, each));
  const packageOf = (each: string): string => `.${sep}${relative(folder, dirname(each))}`;
  const dependents = (change.dependents ?? []).slice(0, limits.dependents);
  const several: Readonly<Record<string, readonly string[]>> = {
    '{dependents}': dependents.map(seen),
    '{dependentpackages}': [...new Set(dependents.map(packageOf))].filter((each) => each !== packageOf(path)),
  };
  const places = {
    ...found.places,
    root: workplace.root,
    path: seen(path),
    folder: seen(folder),
    package: packageOf(path),
    home: homedir(),
  };
  const outcome = await workplace.execute(run, {
    program: found.program,
    parameters: found.tool.command.slice(1).flatMap((each) => several[each] ?? fillText(each, places) ?? []),
    folder: relative(root, folder),
    environment: fillTree(found.tool.environment, places) as Record<string, string>,
    limits: { milliseconds: limits.compile },
  });
  const cut = cutShort(outcome, limits.compile);
  if (cut !== undefined) throw new JudgeFailure(cut);
  const output = `${outcome.errors}\n${outcome.output}`;
  const said = readOutput(output, rules, {
    ...{ root, seen: workplace.root, folder, path, text },
    dependents: change.dependents ?? [],
    limit: limits.diagnostics,
  });
  // One that could not begin, or stopped at what is no file of the project, has judged nothing.
  if (outcome.code !== 0 && !hides(said) && !said.elsewhere.some(isError)) {
    throw new JudgeFailure(`failed: ${said.first ?? `code ${outcome.code}`}`);
  }
  return said;
}

/** What kept it from its end; `undefined` where it ended by itself. */
function cutShort({ ended, signal }: Outcome, milliseconds: number): string | undefined {
  if (ended === 'timeout') return `took longer than ${milliseconds} ms`;
  if (ended === 'output') return 'wrote more than may be read';
  if (ended === 'resources') return 'took too much memory, disk or processes';
  return signal === undefined ? undefined : `ended by ${signal}`;
}

/** `~` and `$NAME` made out; what does not exist is left out. */
async function existing(paths: readonly string[]): Promise<readonly string[]> {
  const made = paths.map((path) =>
    path.startsWith('~/')
      ? join(homedir(), path.slice(2))
      : path.replace(/^\$(\w+)/, (_, name: string) => process.env[name] ?? ''),
  );
  const there = await Promise.all(
    made.map((path) =>
      access(path).then(
        () => isAbsolute(path),
        () => false,
      ),
    ),
  );
  return made.filter((_, index) => there[index]);
}
