// A compiler as a judge: run over a copy of the project in a sandbox, with the candidate in it and, if it complains, without.
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { CompilerRules } from '../../core/judge-rules.ts';
import type { Run } from '../../core/run.ts';
import type { Sandbox, Workplace } from '../sandbox/sandbox.ts';
import type { Diagnostic } from './diagnostics.ts';
import { JudgeFailure } from './failure.ts';
import type { FoundJudge } from './find.ts';
import type { JudgedChange } from './judge.ts';
import type { OracleLimits } from './limits.ts';
import { placesIn } from './positions.ts';
import { fillText, fillTree } from './texts.ts';

export interface Compiled {
  readonly after: readonly Diagnostic[];
  /** Absent where nothing was found after, or there is no text before. */
  readonly before?: readonly Diagnostic[];
}

/**
 * Its diagnostics of the file, with the candidate and without.
 * @throws the abort reason; JudgeFailure when it could not be run to its end.
 */
export async function compile(
  run: Run,
  sandbox: Sandbox,
  found: FoundJudge,
  rules: CompilerRules,
  root: string,
  change: JudgedChange,
  limits: OracleLimits,
): Promise<Compiled> {
  const { path } = change;
  const readable = await existing(rules.readable ?? []);
  await using workplace = await openFor(run, sandbox, root, { [path]: change.after }, readable);
  const job: Job = { run, workplace, found, rules, root, path, limits };
  const after = await diagnose(job, change.after);
  if (after.length === 0 || change.before === undefined) return { after };
  await workplace.write(path, change.before);
  return { after, before: await diagnose(job, change.before) };
}

interface Job {
  readonly run: Run;
  readonly workplace: Workplace;
  readonly found: FoundJudge;
  readonly rules: CompilerRules;
  readonly root: string;
  readonly path: string;
  readonly limits: OracleLimits;
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

async function diagnose(job: Job, text: string): Promise<readonly Diagnostic[]> {
  const { run, workplace, found, rules, root, path, limits } = job;
  const folder = found.folder ?? root;
  const places = {
    ...found.places,
    root,
    path,
    folder,
    package: `.${sep}${relative(folder, dirname(path))}`,
    home: homedir(),
  };
  const outcome = await workplace.execute(run, {
    program: found.program,
    parameters: found.tool.command.slice(1).flatMap((each) => fillText(each, places) ?? []),
    folder: relative(root, folder),
    environment: fillTree(found.tool.environment, places) as Record<string, string>,
    limits: { milliseconds: limits.compile },
  });
  if (outcome.ended === 'timeout') throw new JudgeFailure(`took longer than ${limits.compile} ms`);
  const output = `${outcome.errors}\n${outcome.output}`;
  const diagnostics = readOutput(output, rules, { root, folder, path, text, limit: limits.diagnostics });
  // A compiler that could not begin has judged nothing; one that stopped at another file has not come to this one.
  if (outcome.code !== 0 && outcome.ended === 'exit' && diagnostics.everything === 0) {
    const line = output.split('\n').find((each) => each.trim() !== '') ?? `code ${outcome.code}`;
    throw new JudgeFailure(`failed: ${line.trim()}`);
  }
  return diagnostics.ofFile;
}

export interface OutputOf {
  readonly root: string;
  /** That it ran in: its paths are relative to it, or to the root. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
  readonly limit: number;
}

/** What a compiler's output says of one file, and of how many places in all. Equal ones count once. */
export function readOutput(
  output: string,
  rules: CompilerRules,
  { root, folder, path, text, limit }: OutputOf,
): { readonly ofFile: readonly Diagnostic[]; readonly everything: number } {
  const pattern = new RegExp(rules.diagnostic, 'u');
  const ignored = rules.ignored === undefined ? undefined : new RegExp(rules.ignored, 'u');
  const places = placesIn(text);
  const found = new Map<string, Diagnostic>();
  let everything = 0;
  for (const each of output.split('\n')) {
    const groups = pattern.exec(each.trimEnd())?.groups;
    if (!groups) continue;
    everything++;
    const { path: named = '', line = '1', column, severity, code, message = '' } = groups;
    if (![folder, root].some((base) => resolve(base, named) === path) || found.size >= limit) continue;
    if (ignored?.test(each)) continue;
    const at = { line: Number(line) - 1, character: column === undefined ? 0 : Number(column) - 1 };
    const start = places.offsetAt(at);
    const width = column === undefined ? places.lineWidth(start) : wordAt(text, start);
    found.set(each, {
      range: { start: places.positionAt(start), end: places.positionAt(start + width) },
      severity: severity?.startsWith('warn') ? 'warning' : severity?.startsWith('note') ? 'advice' : 'error',
      message,
      ...(code !== undefined && { code }),
    });
  }
  return { ofFile: [...found.values()], everything };
}

/** Compilers name where something begins; it is marked as far as a word goes. */
const wordAt = (text: string, start: number): number =>
  /^(?:\w+|.)?/.exec(text.slice(start, start + 200))![0].length;

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
