// Where a team's index is, and under which name a checkout stands there.
import { basename } from 'node:path';
import type { Run } from '../../../core/run.ts';
import { git } from '../git-command.ts';

export interface IndexAddress {
  /** `postgres://user@host:port/database`, without a password. */
  readonly url: string;
  /** Environment variable that holds the password; absent where the server asks for none, or PGPASSWORD has it. */
  readonly passwordEnv?: string | undefined;
}

/** As it may be shown: without what stands before the host. */
export function shownAddress({ url }: IndexAddress): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname, searchParams } = new URL(url);
  return `${protocol}//${host || (searchParams.get('host') ?? '')}${pathname}`;
}

/**
 * The name that all checkouts of one repository share: where it is cloned from, without scheme, user and `.git`; the
 * folder's name where it has no origin.
 */
export async function projectName(run: Run, folder: string): Promise<string> {
  const answer = await git(run, folder, ['config', '--get', 'remote.origin.url']);
  const origin = answer.ok ? answer.output.trim() : '';
  if (origin === '') return basename(folder);
  return origin
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(':', '/')
    .replace(/\/+/g, '/')
    .replace(/\.git\/?$/, '')
    .toLowerCase();
}
