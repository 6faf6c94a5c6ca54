// What is known of the generated code that a commit brought: found again in the commit's own texts.
import { join } from 'node:path';
import type { Run } from '../../core/run.ts';
import type { Span } from '../../core/span.ts';
import { overlaps } from '../../core/span.ts';
import { changedSpans } from '../../input/workspace/changed-spans.ts';
import { git, gitBytes } from '../../input/workspace/git-command.ts';
import { type EvidenceRecord, evidenceIn, sha256 } from './records.ts';

export interface CommitEvidence {
  /** The commit's full name. */
  readonly commit: string;
  /** Files with code that vouch wrote and this commit brought, by path. */
  readonly files: readonly FileEvidence[];
}

export interface FileEvidence {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  /** Of the file's bytes in the commit, in hexadecimal. */
  readonly sha256: string;
  readonly text: string;
  readonly regions: readonly { readonly span: Span; readonly record: EvidenceRecord }[];
}

/**
 * @param folder in the repository.
 * @param revision anything that names a commit.
 * @throws Error for the user: no git, no repository, no such commit; the abort reason of the run.
 */
export async function evidenceOfCommit(run: Run, folder: string, revision: string): Promise<CommitEvidence> {
  const ask = async (...parameters: readonly string[]): Promise<string> => {
    const answer = await git(run, folder, parameters);
    if (!answer.ok) throw new Error(answer.reason);
    return answer.output;
  };
  const root = (await ask('rev-parse', '--show-toplevel')).trim();
  const commit = (await ask('rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`)).trim();
  const [parent] = (await ask('rev-parse', `${commit}^@`)).split('\n');
  const changed = parent
    ? await ask(
        'diff',
        '--name-only',
        '-z',
        '--no-renames',
        '--no-ext-diff',
        '--diff-filter=AM',
        parent,
        commit,
      )
    : await ask('ls-tree', '-r', '--name-only', '-z', '--full-tree', commit);
  const contentAt = async (at: string, path: string): Promise<Buffer | undefined> => {
    const answer = await gitBytes(run, root, ['cat-file', 'blob', `${at}:${path}`]);
    return answer.ok ? answer.output : undefined;
  };
  const files: FileEvidence[] = [];
  for (const path of changed.split('\0').filter((name) => name !== '')) {
    const content = await contentAt(commit, path);
    if (content === undefined) continue;
    const text = content.toString('utf8');
    const known = await evidenceIn(join(root, path), text);
    if (known.length === 0) continue;
    const brought = changedSpans(
      parent ? (await contentAt(parent, path))?.toString('utf8') : undefined,
      text,
    );
    const regions = known
      .filter(({ span }) => brought.some((one) => overlaps(one, span)))
      .sort((a, b) => a.span.start - b.span.start);
    if (regions.length > 0) files.push({ path, sha256: sha256(content), text, regions });
  }
  return { commit, files };
}
