// Which files of a folder are a package, and the view of them.
import { join } from 'node:path';
import type { FileFacts } from '../../../core/facts.ts';
import { matches } from '../../../core/inheritance.ts';
import type { Language } from '../../../core/language.ts';
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
    const own =
      rules.packageClause === undefined
        ? undefined
        : new RegExp(rules.packageClause, 'mu').exec(found.text)?.[1];
    const isClosed =
      own !== undefined && rules.closedPackage !== undefined && matches(rules.closedPackage, own);
    if (clause === undefined ? isClosed : own !== clause) continue;
    files.push({ ...found, path, module, language, below: [] });
  }
  return files.length === 0 ? undefined : packageView(files, module, whole, finder);
}
