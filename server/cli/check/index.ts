// `vouch check`: the editor's findings for whole files on disk, for people and for programs.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { findProjectFolder } from '../../input/settings/index.ts';
import type { CheckedFile } from '../../orchestration/workbench.ts';
import { exitCodes, wrongUsage } from '../failure.ts';
import { folderExists, shownPath } from '../places.ts';
import type { CommandContext, Format } from '../program.ts';
import { isRevision, requireRevision } from '../revision.ts';
import { type CommandSession, tellProblems, withSession } from '../session.ts';
import { readKnown, writeBaselines } from './baseline.ts';
import { applyCertainFixes } from './fix.ts';
import { formatGithub, formatJson } from './machine-formats.ts';
import { formatPretty, plural } from './pretty.ts';
import { createReport, type Report, withoutKnown } from './report.ts';
import { formatSarif } from './sarif.ts';

export interface CheckOptions {
  /** A git revision; true for the default one. */
  readonly changed?: string | true;
  readonly format: Format;
  readonly fix?: true;
  /** False to count findings that the baseline knows. */
  readonly baseline?: boolean;
  readonly writeBaseline?: true;
}

/** One for each check that has fixes, and some for those that a fix brings out (an import, then its use). */
const maximumFixRounds = 12;

export async function check(
  context: CommandContext,
  pathParameters: readonly string[],
  options: CheckOptions,
): Promise<number> {
  const { terminal } = context;
  if (options.writeBaseline && options.changed !== undefined)
    throw wrongUsage('--write-baseline is about whole files; leave out --changed');
  const { paths, since } = await readTargets(pathParameters, options.changed);
  const folders = [...new Set(paths.map(projectOf))];
  if (since !== undefined) for (const folder of folders) await requireRevision(folder, since);

  return withSession(context, folders, async (session) => {
    tellProblems(context, session);
    let files = await checkAll(session, paths, since, terminal.progress);
    let fixed = 0;
    for (let round = 0; options.fix && round < maximumFixRounds; round++) {
      const fixing = await applyCertainFixes(files);
      for (const { path, reason } of fixing.refused)
        terminal.err(`${shownPath(path)} was not fixed: ${reason}`);
      if (fixing.written.length === 0) break;
      fixed += fixing.count;
      session.workbench.filesChanged(fixing.written);
      // All of them: a name that one file gained or lost can be another's finding.
      files = await checkAll(session, paths, since, terminal.progress);
    }
    const all = await createReport(files, (path) => readFile(path, 'utf8'), fixed);
    terminal.progress('');
    if (options.writeBaseline) {
      const checked = files.filter(({ skipped }) => skipped === undefined).map(({ path }) => path);
      const written = await writeBaselines(all, checked, folders);
      const where = written.map((path) => shownPath(path)).join(', ');
      terminal.out(`${plural(all.findings.length, 'finding')} written to ${where}`);
      return exitCodes.clean;
    }
    const report = options.baseline === false ? all : withoutKnown(all, await readKnown(all, folders));
    terminal.out(print(report, options.format, context));
    if (fixed > 0 && options.format !== 'pretty') terminal.err(`${plural(fixed, 'problem')} fixed`);
    return report.summary.error > 0 ? exitCodes.found : exitCodes.clean;
  });
}

function print(report: Report, format: Format, { terminal, version }: CommandContext): string {
  switch (format) {
    case 'json':
      return formatJson(report);
    case 'sarif':
      return formatSarif(report, version);
    case 'github':
      return formatGithub(report);
    default:
      return formatPretty(report, terminal.colors);
  }
}

async function checkAll(
  { workbench, run }: CommandSession,
  paths: readonly string[],
  since: string | undefined,
  progress: (text: string) => void,
): Promise<CheckedFile[]> {
  const files: CheckedFile[] = [];
  for await (const file of workbench.check(run, paths, since)) {
    files.push(file);
    progress(`${files.length} ${shownPath(file.path)}`);
  }
  return files;
}

const projectOf = (path: string): string => findProjectFolder(folderExists(path) ? path : dirname(path));

/** `--changed src` means the folder, unless there is a revision of that name. */
async function readTargets(
  parameters: readonly string[],
  changed: string | true | undefined,
): Promise<{ paths: readonly string[]; since: string | undefined }> {
  const named = [...parameters];
  let since = changed === true ? 'HEAD' : changed;
  if (typeof changed === 'string' && existsSync(changed)) {
    const folder = projectOf(resolve(changed));
    if (!(await isRevision(folder, changed))) {
      named.unshift(changed);
      since = 'HEAD';
    }
  }
  const paths = (named.length > 0 ? named : ['.']).map((path) => resolve(path));
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length > 0)
    throw wrongUsage(`no such file or folder: ${missing.map((path) => shownPath(path)).join(', ')}`);
  return { paths, since };
}
