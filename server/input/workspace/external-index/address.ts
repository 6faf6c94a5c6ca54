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

/** What a folder is of an index: a checkout of a project, or a part of one. */
export interface Checkout {
  /**
   * The name that all checkouts of one repository share: where it is cloned from, without scheme, user and `.git`; the
   * name of its outermost folder where it has no origin.
   */
  readonly project: string;
  /** Whether the name comes from the origin: that of a folder is shared by folders that have nothing to do with each other. */
  readonly hasOrigin: boolean;
  /** Where the folder lies in its repository, with `/` as separator and at the end; empty for all of it. */
  readonly within: string;
}

export async function checkoutAt(run: Run, folder: string): Promise<Checkout> {
  const [place, configured] = await Promise.all([
    git(run, folder, ['rev-parse', '--show-toplevel', '--show-prefix']),
    git(run, folder, ['config', '--get', 'remote.origin.url']),
  ]);
  const [top = '', within = ''] = place.ok ? place.output.split('\n') : [];
  const origin = configured.ok ? configured.output.trim() : '';
  if (origin === '') return { project: basename(top || folder), hasOrigin: false, within };
  const project = origin
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(':', '/')
    .replace(/\/+/g, '/')
    .replace(/\.git\/?$/, '')
    .toLowerCase();
  return { project, hasOrigin: true, within };
}
