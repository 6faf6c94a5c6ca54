// What git knows of a file: its text at HEAD or another revision, and whether it is tracked at all.
import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Run } from '../../core/run.ts';
import { type GitAnswer, git } from './git-command.ts';
import { maxGitBytes } from './limits.ts';

export type Baseline =
  | { readonly kind: 'tracked'; readonly text: string }
  /** The revision does not have it: the file is new. */
  | { readonly kind: 'untracked' }
  /** Nothing to compare with; `reason` is for the user. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface Git {
  /**
   * The file's text at a revision; with its line breaks as git keeps them, and before any filter.
   * @param path absolute; the file need not exist any more.
   * @param revision anything that names a commit.
   * @throws only the abort reason of the run.
   */
  baseline(run: Run, path: string, revision?: string): Promise<Baseline>;
  /**
   * Absolute paths under `folder` that differ from a revision or are untracked and not ignored.
   * @returns `{ reason }` for the user where git cannot tell: no repository, an unknown revision.
   */
  changedFiles(
    run: Run,
    folder: string,
    revision?: string,
  ): Promise<{ readonly paths: ReadonlySet<string> } | { readonly reason: string }>;
}

interface Repository {
  /** Paths whose times change whenever HEAD or the index may mean something else. */
  readonly watched: readonly string[];
  stamp: string;
  /** `revision:path` to what was found; emptied when the stamp changes. */
  readonly known: Map<string, Baseline>;
}

/** Answers come from memory until HEAD or the index of the repository changes. */
export function createGit(): Git {
  const repositories = new Map<string, Repository | string>();

  const repositoryOf = async (run: Run, folder: string): Promise<Repository | string> => {
    const cached = repositories.get(folder);
    // A folder that was none may have become a repository; one that was, stays one until a stamp fails.
    if (typeof cached === 'object') return cached;
    const answer = await git(run, folder, ['rev-parse', '--absolute-git-dir', '--git-common-dir']);
    if (!answer.ok) return noRepository(answer);
    const [own = '', common = ''] = answer.output.split('\n');
    const shared = resolve(folder, common);
    const repository: Repository = {
      watched: [
        join(own, 'HEAD'),
        join(own, 'index'),
        join(own, 'logs', 'HEAD'),
        join(shared, 'packed-refs'),
        join(shared, 'refs', 'heads'),
      ],
      stamp: '',
      known: new Map(),
    };
    repositories.set(folder, repository);
    return repository;
  };

  return {
    async baseline(run, path, revision = 'HEAD') {
      const folder = nearestFolder(dirname(path));
      const repository = await repositoryOf(run, folder);
      if (typeof repository === 'string') return { kind: 'unavailable', reason: repository };
      const stamp = repository.watched.map(stampOf).join(' ');
      if (stamp !== repository.stamp) {
        repository.known.clear();
        repository.stamp = stamp;
      }
      const key = `${revision}:${path}`;
      let known = repository.known.get(key);
      if (!known) {
        // In a folder that is gone, only the path from the nearest one that is left names the file.
        const name = dirname(path) === folder ? basename(path) : path.slice(folder.length + 1);
        known = await read(run, folder, name, revision);
        repository.known.set(key, known);
      }
      return known;
    },

    async changedFiles(run, folder, revision = 'HEAD') {
      const commit = await commitOf(run, folder, revision);
      if ('reason' in commit) {
        const repository = await repositoryOf(run, folder);
        return { reason: typeof repository === 'string' ? repository : commit.reason };
      }
      const lists = await Promise.all([
        git(run, folder, [
          'diff', '--name-only', '-z', '--relative', '--no-ext-diff', '--no-textconv', '--no-renames', commit.id, '--', '.',
        ]), // biome-ignore format: one command
        git(run, folder, ['ls-files', '-z', '--others', '--exclude-standard', '--', '.']),
      ]);
      const paths = new Set<string>();
      for (const list of lists) {
        if (!list.ok) return { reason: list.reason };
        for (const name of list.output.split('\0')) if (name !== '') paths.add(join(folder, name));
      }
      return { paths };
    },
  };
}

async function read(run: Run, folder: string, name: string, revision: string): Promise<Baseline> {
  const commit = await commitOf(run, folder, revision);
  if ('reason' in commit) {
    // A repository without a commit has no HEAD: all in it is new.
    return revision === 'HEAD' ? { kind: 'untracked' } : { kind: 'unavailable', reason: commit.reason };
  }
  const object = `${commit.id}:./${name.split('\\').join('/')}`;
  const size = await git(run, folder, ['cat-file', '-s', object]);
  if (!size.ok) {
    const absent =
      /exists on disk, but not in|does not exist in|Not a valid object name|path .* not in/i.test(
        size.reason,
      );
    return absent ? { kind: 'untracked' } : { kind: 'unavailable', reason: size.reason };
  }
  if (Number(size.output) > maxGitBytes)
    return { kind: 'unavailable', reason: 'the file is too large to compare' };
  const blob = await git(run, folder, ['cat-file', 'blob', object]);
  if (!blob.ok) return { kind: 'unavailable', reason: blob.reason };
  const text = blob.output;
  return { kind: 'tracked', text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text };
}

async function commitOf(
  run: Run,
  folder: string,
  revision: string,
): Promise<{ readonly id: string } | { readonly reason: string }> {
  const answer = await git(run, folder, [
    'rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`,
  ]); // biome-ignore format: one command
  if (answer.ok) return { id: answer.output.trim() };
  return { reason: answer.missing ? noRepository(answer) : `git knows no commit by the name ${revision}` };
}

function noRepository(answer: Extract<GitAnswer, { ok: false }>): string {
  if (answer.missing) return 'git is not installed';
  return /not a git repository/i.test(answer.reason) ? 'the folder is in no git repository' : answer.reason;
}

const stampOf = (path: string): string => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs}/${stat.size}` : '-';
};

function nearestFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(at, { throwIfNoEntry: false })?.isDirectory() || dirname(at) === at) return at;
  }
}
