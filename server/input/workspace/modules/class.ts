// One class a file, named by its package: `a.b.C` is `…/a/b/C` under some source root. Build steps generate classes and
// other artefacts share packages, so nothing is ever certain to be missing.
import { basename, dirname, join } from 'node:path';
import { sharedInPackage } from './class-shared.ts';
import { external, file, folder, type Scheme, unknown, withoutExtension } from './scheme.ts';

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
    // The package is that of the folder, which only a file of the same folder shares for certain.
    const stem = withoutExtension(basename(path), at.rules.extensions);
    return stem !== undefined && dirname(path) === dirname(at.fromPath) ? stem : undefined;
  },
  sharedNames: sharedInPackage,
};

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
