// The baseline: findings that a project has decided to live with, so that only new ones count.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod/mini';
import { baselineFileName } from '../../input/settings/index.ts';
import { wrongUsage } from '../failure.ts';
import { fileExists, shownPath } from '../places.ts';
import type { Report, ReportedFinding } from './report.ts';

const schema = z.object({
  version: z.literal(1),
  /** Path from the project's folder, with forward slashes, to fingerprint and what it stands for, for a reader. */
  files: z.record(z.string(), z.record(z.string(), z.string())),
});

type Baseline = z.infer<typeof schema>;

/**
 * Which findings the baselines of the projects know: a file in each project's folder, to be kept under version control.
 * @param projects absolute paths of the projects' folders.
 * @throws CommandFailure for a file that is no baseline.
 */
export async function readKnown(
  report: Report,
  projects: readonly string[],
): Promise<(finding: ReportedFinding) => boolean> {
  const baselines = new Map<string, Baseline>();
  for (const folder of projects) baselines.set(folder, await readBaseline(folder));
  return (finding) => {
    const folder = projectOf(projects, resolve(finding.path));
    const known = baselines.get(folder)?.files[pathIn(folder, finding.path)];
    return known?.[report.fingerprints.get(finding) ?? ''] !== undefined;
  };
}

/**
 * Writes what was found into the baselines of the projects. Files that were not checked keep what is known of them, as
 * long as they exist.
 * @param checked absolute paths of the files that were checked.
 * @returns the paths of the files written.
 */
export async function writeBaselines(
  report: Report,
  checked: readonly string[],
  projects: readonly string[],
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const folder of projects) {
    const { files: before } = await readBaseline(folder);
    const own = checked.filter((path) => projectOf(projects, path) === folder);
    const here = new Set(own.map((path) => pathIn(folder, path)));
    const kept = Object.entries(before).filter(([path]) => !here.has(path) && existsSync(join(folder, path)));
    const files = new Map(kept);
    for (const finding of report.findings) {
      const path = pathIn(folder, finding.path);
      if (!here.has(path)) continue;
      const title = `${finding.check}: ${finding.message}`;
      files.set(path, { ...files.get(path), [report.fingerprints.get(finding)!]: title });
    }
    const ordered = Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
    const baseline: Baseline = { version: 1, files: ordered };
    const path = join(folder, baselineFileName);
    await writeFileAtomic(path, `${JSON.stringify(baseline, null, 2)}\n`);
    written.push(path);
  }
  return written;
}

async function readBaseline(folder: string): Promise<Baseline> {
  const path = join(folder, baselineFileName);
  if (!existsSync(path)) return { version: 1, files: {} };
  try {
    if (!fileExists(path)) throw new Error('not a file');
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw wrongUsage(
      `${shownPath(path)} is no baseline of vouch; delete it and write it anew with vouch check --write-baseline`,
    );
  }
}

/** The innermost project that holds the path. */
const projectOf = (projects: readonly string[], path: string): string =>
  projects.filter((each) => !pathIn(each, path).startsWith('..')).sort((a, b) => b.length - a.length)[0] ??
  projects[0]!;

const pathIn = (folder: string, path: string): string => relative(folder, resolve(path)).split(sep).join('/');
