// Which files are out of bounds: those that git ignores (at every level), and those that `privacy.exclude` names.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { realPath } from './disk.ts';
import { gitEnvironment } from './git-command.ts';
import { gitTimeoutMs } from './limits.ts';
import { readSource } from './read.ts';

export type OutOfBounds = 'ignored by git' | 'named by privacy.exclude';

export interface Bounds {
  /** Git ignores it, or a folder around it. What is tracked but matches a pattern counts as ignored, too. */
  isIgnored(path: string): boolean;
  /** `privacy.exclude` names it, a folder around it, or what it links to. */
  isExcluded(path: string): boolean;
  /** Both at once for a path that is known to have no links in it, and to be a folder or not: for walking. */
  judge(path: string, folderPath: boolean): OutOfBounds | undefined;
  /** Ignore files may have changed. */
  changed(paths: readonly string[]): void;
}

// macOS and Windows find a file by any spelling of its name, so a pattern must, too.
const ignoreCase = process.platform === 'darwin' || process.platform === 'win32';

/**
 * @param folder absolute path that patterns of `exclude` refer to; the repository around it is found by itself.
 * @param exclude globs. One without a slash holds at any depth; one that matches a folder holds for all in it; an
 *   absolute one, or one that begins with `~/`, is matched against the absolute path.
 */
export function createBounds(folder: string, exclude: readonly string[]): Bounds {
  const root = repositoryRoot(folder) ?? folder;
  const levels = new Map<string, Ignore | undefined>();
  const verdicts = new Map<string, boolean>();
  const excluded = createExclusion(folder, exclude);
  const userWide = ignoreOf([readIfThere(userIgnoreFile(root))]);

  const rulesOf = (level: string): Ignore | undefined => {
    if (!levels.has(level)) {
      const repository = gitFolderOf(level);
      levels.set(
        level,
        ignoreOf([
          repository && readIfThere(join(repository, 'info', 'exclude')),
          readIfThere(join(level, '.gitignore')),
        ]),
      );
    }
    return levels.get(level);
  };

  // As git does: the deepest level whose rules say something of this very path decides.
  const matched = (path: string, folderPath: boolean): boolean => {
    for (let level = dirname(path); ; level = dirname(level)) {
      const rules = rulesOf(level);
      const said = rules && ask(rules, level, path, folderPath);
      if (said !== undefined) return said;
      if (level === root || dirname(level) === level) break;
    }
    return (userWide && ask(userWide, root, path, folderPath)) ?? false;
  };

  const ignoredFolder = (path: string): boolean => {
    if (path === root || !isInside(root, path)) return false;
    let verdict = verdicts.get(path);
    if (verdict === undefined) {
      verdict = ignoredFolder(dirname(path)) || matched(path, true);
      verdicts.set(path, verdict);
    }
    return verdict;
  };

  const ignoredHere = (path: string, folderPath: boolean): boolean =>
    isInside(root, path) &&
    path !== root &&
    (folderPath ? ignoredFolder(path) : ignoredFolder(dirname(path)) || matched(path, false));

  return {
    isIgnored: (path) =>
      withLinks(path, (each) =>
        ignoredHere(each, statSync(each, { throwIfNoEntry: false })?.isDirectory() ?? false),
      ),
    isExcluded: (path) => withLinks(path, excluded),
    judge(path, folderPath) {
      if (excluded(path)) return 'named by privacy.exclude';
      return ignoredHere(path, folderPath) ? 'ignored by git' : undefined;
    },
    changed(paths) {
      if (!paths.some(isIgnoreFile)) return;
      levels.clear();
      verdicts.clear();
    },
  };
}

/** Whether a change of this file changes what git ignores. */
export const isIgnoreFile = (path: string): boolean => /(?:\.gitignore|[\\/]info[\\/]exclude)$/.test(path);

/** Whether `path` is `folder` or lies in it. Both absolute. */
export function isInside(folder: string, path: string): boolean {
  if (!path.startsWith(folder)) return false;
  return path.length === folder.length || folder.endsWith(sep) || path[folder.length] === sep;
}

/** The nearest folder at or above `folder` that holds a `.git`. */
export function repositoryRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (statSync(join(at, '.git'), { throwIfNoEntry: false })) return at;
    if (dirname(at) === at) return undefined;
  }
}

const withLinks = (path: string, judge: (path: string) => boolean): boolean => {
  const plain = resolve(path);
  if (judge(plain)) return true;
  const real = realPath(plain);
  return real !== plain && judge(real);
};

function createExclusion(folder: string, patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false;
  const options = { dot: true, nonegate: true, nocase: ignoreCase };
  const everywhere: string[] = [];
  const here: string[] = [];
  for (const pattern of patterns) {
    const plain = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
    if (plain === '') continue;
    if (plain.startsWith('~/')) everywhere.push(toSlashes(join(homedir(), plain.slice(2))));
    else if (isAbsolute(plain)) everywhere.push(plain);
    else here.push(plain.includes('/') ? plain : `**/${plain}`);
  }
  // An empty list of patterns matches nothing.
  const matchesHere = picomatch(here, options);
  const matchesEverywhere = picomatch(everywhere, options);
  // The link-free folder, too: a path without links is judged as well, and must be seen as inside.
  const bases = [...new Set([folder, realPath(folder)])];
  return (path) => {
    for (let at = path; dirname(at) !== at; at = dirname(at)) {
      if (matchesEverywhere(toSlashes(at))) return true;
      const base = bases.find((each) => isInside(each, at));
      // Outside of the folder only patterns that hold at any depth can speak.
      const name = toSlashes(base === undefined ? at.slice(1) : relative(base, at));
      if (name !== '' && matchesHere(name)) return true;
    }
    return false;
  };
}

/** What the rules of one level say of a path, if anything. */
function ask(rules: Ignore, level: string, path: string, folderPath: boolean): boolean | undefined {
  const name = toSlashes(relative(level, path));
  const answer = rules.test(folderPath ? `${name}/` : name);
  if (answer.unignored) return false;
  if (!answer.ignored) return undefined;
  // Ignored through a folder that a deeper level has taken back: then these rules say nothing of the path.
  const parent = dirname(name);
  return parent !== '.' && rules.test(`${parent}/`).ignored ? undefined : true;
}

function ignoreOf(texts: readonly (string | undefined)[]): Ignore | undefined {
  const given = texts.filter((text) => text !== undefined);
  if (given.length === 0) return undefined;
  const rules = ignore({ ignorecase: ignoreCase, allowRelativePaths: true });
  for (const text of given) rules.add(text);
  return rules;
}

/** Where the repository of a work tree keeps its own files; `undefined` when no work tree begins at `level`. */
function gitFolderOf(level: string): string | undefined {
  const path = join(level, '.git');
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return undefined;
  if (stat.isDirectory()) return path;
  const target = /^gitdir: (.+)$/m.exec(readIfThere(path) ?? '')?.[1];
  if (target === undefined) return undefined;
  const own = resolve(level, target.trim());
  const common = readIfThere(join(own, 'commondir'));
  return common === undefined ? own : resolve(own, common.trim());
}

function userIgnoreFile(root: string): string {
  const fallback = join(process.env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'git', 'ignore');
  try {
    const configured = execFileSync('git', ['config', '--type=path', '--get', 'core.excludesFile'], {
      cwd: root,
      env: gitEnvironment(),
      timeout: gitTimeoutMs,
      stdio: ['ignore', 'pipe', 'ignore'],
      encoding: 'utf8',
    }).trim();
    return configured === '' ? fallback : configured;
  } catch {
    // No git, no such setting, or no such folder: then only the usual place can hold one.
    return fallback;
  }
}

function readIfThere(path: string): string | undefined {
  const source = readSource(path);
  return 'text' in source ? source.text : undefined;
}

const toSlashes = (path: string): string => (sep === '/' ? path : path.split(sep).join('/'));
