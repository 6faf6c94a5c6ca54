// Files on disk as the command line checks them: which ones there are, and the findings of one.
import { statSync } from 'node:fs';
import { normalize, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Run } from '../../core/run.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Span } from '../../core/span.ts';
import type { ParsedFile, Syntax } from '../../input/syntax/index.ts';
import { changedSpans } from '../../input/workspace/changed-spans.ts';
import type { Git } from '../../input/workspace/git.ts';
import type { WorkspaceProject } from '../../input/workspace/project.ts';
import { readSource, type SourceText } from '../../input/workspace/read.ts';
import { walk } from '../../input/workspace/walk.ts';
import type { Subject } from '../../validation/check.ts';
import { runChecks } from '../../validation/index.ts';
import type { CheckedFile } from '../workbench.ts';
import type { Destination, Severities } from './analysis.ts';

export interface Tools {
  readonly syntax: Syntax;
  readonly git: Git;
  readonly project: WorkspaceProject;
}

export async function checkFile(
  run: Run,
  { syntax, git, project }: Tools,
  path: string,
  severities: Severities,
  since?: string,
): Promise<CheckedFile> {
  // What the project knows is what the file's neighbours ask it for: read and parsed once for all of them.
  const source = textOf(project, path);
  if ('skipped' in source) {
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    return { path, findings: [], skipped: isFolder ? 'a folder that lies too deep' : source.skipped };
  }
  const { text } = source;
  const language = syntax.languageFor(path);
  if (!language || !(await syntax.load(language.id))) {
    return { path, findings: [], skipped: 'unknown language' };
  }
  const spans = since === undefined ? undefined : await changedSince(run, git, path, text, since);
  if (spans?.length === 0) return { path, findings: [] };
  let file: ParsedFile | undefined;
  const parsed = (): ParsedFile | undefined => {
    file ??= syntax.parse(language.id, text);
    return file;
  };
  const facts = (source.shared ? project.facts(path) : undefined) ?? parsed()?.facts;
  if (!facts) return { path, findings: [], skipped: 'too large' };
  try {
    const visibleNames: Subject['visibleNames'] = (offset) => parsed()?.visibleNames(offset) ?? [];
    const subject: Subject = { path, language, text, facts, visibleNames, project };
    const { findings } = runChecks(run, spans ? { ...subject, spans } : subject, severities);
    return findings.length === 0 ? { path, findings } : { path, text, findings };
  } finally {
    file?.release();
  }
}

/** A file's text, and whether the project has it: not of what the workspace leaves out and the user has named. */
function textOf(project: WorkspaceProject, path: string): SourceText & { shared?: boolean } {
  const text = project.text(path);
  return text === undefined ? readSource(path) : { text, shared: true };
}

/** @throws Error with git's reason for the user when there is nothing to compare with. */
async function changedSince(
  run: Run,
  git: Git,
  path: string,
  text: string,
  since: string,
): Promise<readonly Span[]> {
  const baseline = await git.baseline(run, path, since);
  if (baseline.kind === 'unavailable') throw new Error(baseline.reason);
  return changedSpans(baseline.kind === 'tracked' ? baseline.text : undefined, text);
}

/**
 * Files under the paths, in the order of names, each once. In folders, what git ignores and languages without a grammar
 * are left out; a file that is named is listed whatever it is, so that it can be said why it is not checked.
 * @param since a git revision: in folders, only files that differ from it or that git does not track.
 * @throws Error for the user: a path that does not exist, or nothing to compare with.
 */
export async function listFiles(
  run: Run,
  { syntax, git, project }: Tools,
  paths: readonly string[],
  since?: string,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) throw new Error(`${path}: no such file or folder`);
    if (!stat.isDirectory()) {
      found.add(path);
      continue;
    }
    const changed = since === undefined ? undefined : await git.changedFiles(run, path, since);
    if (changed && 'reason' in changed) throw new Error(changed.reason);
    const accepts = (file: string): boolean =>
      syntax.languageFor(file) !== undefined && (!changed || changed.paths.has(file));
    const { disk } = project;
    // Such a folder is listed as a file that is named is, so that it is said of it that it was not checked.
    const tooDeep = (folder: string): void => {
      if (!changed) found.add(folder);
    };
    const options = { disk, bounds: project.boundsOf(path), accepts, tooDeep, probe: false };
    for (const file of walk(path, options)) found.add(file);
  }
  return [...found];
}

/** Where the tests of a source file go when the language names no place. */
const besideTheSource = '{folder}/{stem}.test{extension}';

/**
 * The test file of a source file by the language's pattern; an existing one is appended to.
 * @param root absolute path of the workspace folder; the file's own folder where there is none.
 * @param openText the text of an open document, which counts before the disk.
 */
export function testDestination(
  { path: source, languageId }: Snapshot,
  root: string | undefined,
  pattern: string = besideTheSource,
  openText: (path: string) => string | undefined,
): Destination {
  if (source === '') throw new Error('Save the document first: where its tests go depends on where it lies.');
  const { dir, name, ext } = parse(source);
  const path = normalize(
    pattern
      .replaceAll('{root}', root ?? dir)
      .replaceAll('{folder}', dir)
      .replaceAll('{stem}', name)
      .replaceAll('{extension}', ext),
  );
  const exists = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  const text = openText(path) ?? (exists ? textToAppendTo(path) : '');
  return {
    creates: !exists,
    snapshot: { uri: pathToFileURL(path).href, path, languageId, version: 0, text },
  };
}

/** @throws Error for the user when the file cannot be read as text. */
function textToAppendTo(path: string): string {
  const source = readSource(path);
  if ('skipped' in source) throw new Error(`${path} cannot be appended to: ${source.skipped}`);
  return source.text;
}
