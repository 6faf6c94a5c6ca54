// Which files of a folder are a package, and the view of them.
import { dirname, join } from 'node:path';
import type { FileFacts } from '../../../core/facts.ts';
import { matches } from '../../../core/inheritance.ts';
import type { Language } from '../../../core/language.ts';
import type { TypeRules } from '../../../core/type-rules.ts';
import type { Disk } from '../disk.ts';
import type { ModuleFile } from './file-view.ts';
import { type PackageView, packageView } from './package-view.ts';
import type { Finder } from './view.ts';

/** Files of larger packages are not all read: they are mostly made by tools, and take seconds. */
const maxFiles = 300;

interface PackageOptions {
  readonly folder: string;
  readonly module: string;
  /** What its files say that they belong to; any that can be imported where absent. */
  readonly clause: string | undefined;
  readonly language: Language;
  readonly finder: Finder;
  readonly disk: Disk;
  readonly source: (path: string) => { readonly text: string; readonly facts: FileFacts } | undefined;
}

/** @returns `undefined` where no file of the folder belongs to it. */
export function packageIn({
  folder,
  module,
  clause,
  language,
  finder,
  disk,
  source,
}: PackageOptions): PackageView | undefined {
  const { rules } = finder;
  const names = [...(disk.entries(folder) ?? [])].flatMap(([name, kind]) =>
    // Those that begin so are left out by the languages' own tools.
    kind === 'file' && !/^[._]/.test(name) && language.extensions.some((each) => name.endsWith(each))
      ? [name]
      : [],
  );
  const files: ModuleFile[] = [];
  let whole = names.length <= maxFiles;
  for (const name of names.slice(0, maxFiles)) {
    const path = join(folder, name);
    const found = source(path);
    if (!found) {
      whole = false;
      continue;
    }
    const own = clauseIn(found.text, rules);
    const isClosed =
      own !== undefined && rules.closedPackage !== undefined && matches(rules.closedPackage, own);
    if (clause === undefined ? isClosed : own !== clause) continue;
    files.push({ ...found, path, module, language, below: [] });
  }
  return files.length === 0 ? undefined : packageView(files, module, whole, finder);
}

/** The package that a file says it belongs to. */
export const clauseIn = (text: string, { packageClause }: TypeRules): string | undefined =>
  packageClause === undefined ? undefined : new RegExp(packageClause, 'mu').exec(text)?.[1];

const byLastName = new WeakMap<readonly string[], Map<string, Set<string>>>();

/**
 * Folders that hold sources and whose paths end with the names of a package.
 * @param files of the workspace folder; what is made of them is kept for as long as they are.
 */
export function packageFolders(
  files: readonly string[],
  extensions: readonly string[],
  module: string,
): readonly string[] {
  let folders = byLastName.get(files);
  if (!folders) {
    folders = new Map();
    for (const folder of new Set(
      files.filter((path) => isSource(path, extensions)).map((path) => dirname(path)),
    )) {
      const last = slashed(folder).split('/').at(-1)!;
      const known = folders.get(last) ?? new Set();
      folders.set(last, known.add(folder));
    }
    byLastName.set(files, folders);
  }
  const names = module.split('.');
  const tail = `/${names.join('/')}`;
  return [...(folders.get(names.at(-1)!) ?? [])].filter((folder) => slashed(folder).endsWith(tail));
}

const isSource = (path: string, extensions: readonly string[]): boolean =>
  extensions.some((each) => path.endsWith(each));

const slashed = (path: string): string => path.split('\\').join('/');
