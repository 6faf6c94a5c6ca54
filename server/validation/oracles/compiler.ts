// A compiler as a judge: run over a copy of the project in a sandbox, with the candidate in it and, if it complains, without.
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Finding } from '../../core/finding.ts';
import type { CompilerRules } from '../../core/judge-rules.ts';
import type { Run } from '../../core/run.ts';
import type { Sandbox, Workplace } from '../sandbox/sandbox.ts';
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
  if (before === undefined) return diagnosticsWithin(name, change, after.ofFile);
  const broken = after.elsewhere.some(({ diagnostic }) => diagnostic.severity === 'error');
  if (after.ofFile.length === 0 && !broken) return [];
  await workplace.write(path, before);
  const old = await diagnose(job, before);
  return [
    ...newDiagnostics(name, { ...change, before }, old.ofFile, after.ofFile),
    ...(hides(old) ? [] : await faultsElsewhere(name, root, change, old.elsewhere, after.elsewhere)),
  ];
}

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
  const packageOf = (each: string): string => `.${sep}${relative(folder, dirname(each))}`;
  const dependents = (change.dependents ?? []).slice(0, limits.dependents);
  const several: Readonly<Record<string, readonly string[]>> = {
    '{dependents}': dependents,
    '{dependentpackages}': [...new Set(dependents.map(packageOf))].filter((each) => each !== packageOf(path)),
  };
  const places = {
    ...found.places,
    root,
    path,
    folder,
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
  if (outcome.ended === 'timeout') throw new JudgeFailure(`took longer than ${limits.compile} ms`);
  const output = `${outcome.errors}\n${outcome.output}`;
  const said = readOutput(output, rules, { root, folder, path, text, limit: limits.diagnostics });
  // A compiler that could not begin has judged nothing; one that stopped at another file has not come to this one.
  if (outcome.code !== 0 && outcome.ended === 'exit' && said.everything === 0) {
    const line = output.split('\n').find((each) => each.trim() !== '') ?? `code ${outcome.code}`;
    throw new JudgeFailure(`failed: ${line.trim()}`);
  }
  return said;
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
