// One class a file, named by its package: `a.b.C` is `…/a/b/C` under some source root. Build steps generate classes and
// other artefacts share packages, so nothing is ever certain to be missing.
import { dirname, join } from 'node:path';
import { packageOf, sharedInPackage, topTypes } from './class-shared.ts';
import { type Exports, external, file, folder, type ParsedText, type Scheme, unknown } from './scheme.ts';

export const classes: Scheme = {
  resolve(at, module) {
    const segments = module.split('.');
    if (segments.some((segment) => segment === '')) return unknown;
    const files = at.files();
    // A nested class or a member lies in the file of the class around it.
    for (let length = segments.length; length > 0; length--) {
      const tail = `/${segments.slice(0, length).join('/')}`;
      const endings = at.rules.extensions.map((extension) => tail + extension);
      const found = files.filter((path) => endings.some((ending) => slashed(path).endsWith(ending)));
      if (found.length > 0) return file(closest(at.fromPath, found));
    }
    const tail = `/${segments.join('/')}`;
    const folders = [...new Set(files.map((path) => dirname(path)))].filter((path) =>
      slashed(path).endsWith(tail),
    );
    return folders.length > 0 ? folder(closest(at.fromPath, folders)) : external;
  },
  nameFor(at, path) {
    // A class of the own package needs no import, and one of no package cannot be imported.
    const [theirs, own] = [path, at.fromPath].map((each) => packageOf(at.read(each) ?? ''));
    return theirs === own ? undefined : theirs;
  },
  exportsOf,
  declaredNames: (text) => topTypes('', text),
  sharedNames: sharedInPackage,
};

/** The types at its top level that other packages see. */
function exportsOf({ facts }: ParsedText): Exports {
  const seen = facts.symbols.filter(
    ({ container, modifiers }) => container === undefined && modifiers.includes('public'),
  );
  const names = new Set(seen.map(({ name }) => name));
  return { names: facts.topLevel.filter(({ name }) => names.has(name)), handedOn: [] };
}

const slashed = (path: string): string => path.split('\\').join('/');

/** The one that shares the longest way with the asking file: its own module's before another's. */
function closest(fromPath: string, paths: readonly string[]): string {
  const shared = (path: string): number => {
    let at = 0;
    while (at < path.length && path[at] === fromPath[at]) at++;
    return at;
  };
  return paths.reduce(
    (best, path) => (shared(path) > shared(best) ? path : best),
    paths[0] ?? join(fromPath),
  );
}
