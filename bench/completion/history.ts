// Texts of a repository as they were at a commit. What the repository does not hold (a partial clone has no large files) is
// not there, and neither is a link or another repository within it.
import { execFileSync } from 'node:child_process';

export interface History {
  /** What git says to these words. */
  ask(...words: string[]): string;
  /** Path to text of all files. */
  treeAt(commit: string): Map<string, string>;
  /** `undefined` where there is no such file. */
  textAt(commit: string, path: string): string | undefined;
}

/** Bytes of what git says. */
const maxOutput = 1 << 30;

/** @param git a repository, bare or not. */
export function historyOf(git: string): History {
  const run = (words: readonly string[], input = ''): Buffer =>
    execFileSync('git', ['-C', git, ...words], { input, maxBuffer: maxOutput, stdio: 'pipe' });
  const ask = (...words: string[]): string => run(words).toString();
  /** The objects that are there, in order. */
  const textsOf = (names: readonly string[]): (string | undefined)[] =>
    blobsIn(run(['cat-file', '--batch'], names.map((name) => `${name}\n`).join('')));

  return {
    ask,
    treeAt(commit) {
      const entries = [...ask('ls-tree', '-r', '-z', commit).matchAll(/100\d{3} blob (\S+)\t([^\0]+)\0/g)];
      const texts = textsOf(entries.map(([, name]) => name!));
      return new Map(
        entries.flatMap(([, , path], index) => {
          const text = texts[index];
          return text === undefined ? [] : [[path!, text] as const];
        }),
      );
    },
    textAt: (commit, path) => textsOf([`${commit}:${path}`])[0],
  };
}

/** What `git cat-file --batch` puts out for each object: a line with its kind and size, what it holds, and a line break. */
function blobsIn(output: Buffer): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const head = / (\w+) (\d+)$/.exec(output.toString('utf8', at, end));
    at = end + 1;
    if (!head) {
      found.push(undefined);
      continue;
    }
    const size = Number(head[2]);
    found.push(head[1] === 'blob' ? output.toString('utf8', at, at + size) : undefined);
    at += size + 1;
  }
  return found;
}
