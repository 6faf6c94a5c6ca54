// Files that come with vouch (its pages, its sample project): in the package they lie under dist/, in the source tree
// under its root, by the same relative path.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CheckName } from './finding.ts';

/** The bundle puts every module directly into dist/; the source of this one is two folders below the root. */
const base = new URL(import.meta.url.endsWith('.ts') ? '../../' : './', import.meta.url);

/** The absolute path of a file of the package, as `docs/checks.md`. */
export const packageFile = (relativePath: string): string => fileURLToPath(new URL(relativePath, base));

const pages = new Map<CheckName, string | undefined>();

/**
 * The page of a check as a `file:` URI, for `codeDescription.href`: there is no site, and this one works offline.
 * @returns `undefined` for a check without a page.
 */
export function checkPage(name: CheckName): string | undefined {
  if (!pages.has(name)) {
    // A family whose members are not known beforehand has one page.
    const [family] = name.split('/', 1);
    const url = [name, family]
      .map((page) => new URL(`docs/checks/${page}.md`, base))
      .find((one) => existsSync(one));
    pages.set(name, url?.href);
  }
  return pages.get(name);
}
