// The same questions in a workspace of 10 MB, put together of the repositories until it is that large.
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Syntax } from '../../server/input/syntax/index.ts';
import { ask, type Case, openRepository, parsers } from './repository.ts';

const bytesWanted = 10_000_000;

/** Questions; each is asked of a file that is open and was asked about before. */
const maxQuestions = 300;

export async function measureLargeWorkspace(
  repos: string,
  cases: readonly Case[],
): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-bench-context-'));
  try {
    const copied = copyUntilLarge(
      repos,
      folder,
      [...new Set(cases.map(({ repo }) => repo))],
      await parsers(),
    );
    const repository = await openRepository(folder);
    const files = repository.project.files(folder);
    const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
    const times: number[] = [];
    const busy: number[] = [];
    for (const one of cases.slice(0, maxQuestions)) {
      const at = (path: string): string => join(one.repo, path);
      const moved = {
        ...one,
        path: at(one.path),
        gold_path: at(one.gold_path),
        cands: one.cands.map((each) => ({ ...each, path: at(each.path) })),
      };
      const answer = await ask(repository, moved, true);
      times.push(answer.milliseconds);
      busy.push(answer.busy);
    }
    return {
      repositories: copied,
      files: files.length,
      megabytes: Math.round(bytes / 1e5) / 10,
      'p50 ms': quantile(times, 0.5),
      'p99 ms': quantile(times, 0.99),
      'p50 processor ms': quantile(busy, 0.5),
      'p99 processor ms': quantile(busy, 0.99),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Those with questions first, then the others, then all again under other names. */
function copyUntilLarge(
  repos: string,
  folder: string,
  first: readonly string[],
  { languageFor }: Syntax,
): number {
  const others = readdirSync(repos, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !first.includes(entry.name),
  );
  const names = [...first, ...others.map(({ name }) => name)];
  const isSource = (path: string): boolean => languageFor(path) !== undefined;
  let bytes = 0;
  let copied = 0;
  for (let round = 0; bytes < bytesWanted; round++) {
    for (const name of names) {
      if (bytes >= bytesWanted && !(round === 0 && first.includes(name))) break;
      const target = join(folder, round === 0 ? name : `${name}-${round}`);
      cpSync(join(repos, name), target, { recursive: true });
      for (const entry of readdirSync(target, { withFileTypes: true, recursive: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && isSource(path)) bytes += statSync(path).size;
      }
      copied++;
    }
  }
  return copied;
}

export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
