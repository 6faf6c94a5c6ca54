// What the questions of this bench share: printing a row, running the checks, reading records.
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { FileFacts } from '../../server/core/facts.ts';
import type { Finding } from '../../server/core/finding.ts';
import type { Project } from '../../server/core/project.ts';
import { detachedRun } from '../../server/core/run.ts';
import type { ParsedFile, Syntax } from '../../server/input/syntax/index.ts';
import { checks, runChecks, severitiesOf } from '../../server/validation/index.ts';

export const print = (row: object): void => void process.stdout.write(`${JSON.stringify(row)}\n`);
export const log = (_: string, message: string): void => void process.stderr.write(`${message}\n`);
export const run = detachedRun(log);
const severities = severitiesOf({});

const leaving = (only: readonly string[]) =>
  severitiesOf(
    Object.fromEntries(checks.flatMap(({ name }) => (only.includes(name) ? [] : [[name, 'off']]))),
  );

/** @param only names of the checks that are run; all where absent. */
export function check(
  file: ParsedFile,
  path: string,
  language: Syntax['languages'][number],
  project: Project,
  only?: readonly string[],
): readonly Finding[] {
  const subject = {
    path,
    language,
    text: file.text,
    facts: file.facts satisfies FileFacts,
    visibleNames: (offset: number) => file.visibleNames(offset),
    project,
  };
  return runChecks(run, subject, only ? leaving(only) : severities).findings;
}

export function records<T>(path: string): T[] {
  if (!existsSync(path)) throw new Error(`there is no ${path}`);
  return gunzipSync(readFileSync(path))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
