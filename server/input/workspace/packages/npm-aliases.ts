// Names that look like packages and are none: what bundlers, compilers, test runners and ambient declarations put under a
// name of the project's own. Their configuration is code, so that a name in it counts, whatever for.
import { dirname, join, relative, sep } from 'node:path';
import { parse } from 'jsonc-parser';
import picomatch from 'picomatch';
import type { Asking } from './ecosystem.ts';
import { table, texts } from './manifests/text.ts';

const configuration =
  /^(?:.*\.config\.[cm]?[jt]s|\.[\w-]*rc(?:\.[\w]+)?|[jt]sconfig(?:\.[\w-]+)*\.json|package\.json|deno(?:\.[\w-]+)*\.jsonc?|import[-_]?map\.json|angular\.json|nx\.json|ember-cli-build\.js|gulpfile\.[cm]?js|rollup\..*\.js|webpack[\w.-]*\.[cm]?[jt]s|karma\.conf\.js|BUILD\.bazel)$/;
/** Folders of a project in which its configuration may lie. */
const below = ['config', 'build', 'scripts', '.storybook'];
/** Longer configuration is data. */
const maxCharacters = 200_000;
const ambientModule = /\bdeclare\s+module\s+(["'])([^"'\n]+)\1/g;

/** Whether some configuration around the file mentions the first part of a module's name in a string. */
export function isAlias(at: Asking, name: string): boolean {
  const text = at.keep(`configuration ${dirname(at.fromPath)}`, () => {
    const found: string[] = [];
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      for (const place of [folder, ...below.map((each) => join(folder, each))]) {
        for (const [file, kind] of at.disk.entries(place) ?? []) {
          if (kind !== 'folder' && configuration.test(file)) found.push(readSmall(at, join(place, file)));
        }
      }
      if (folder === at.folder || dirname(folder) === folder) break;
    }
    return found.join('\n');
  });
  // In a manifest, a dependency's name is one, too; those are looked up before.
  return ['"', "'", '`', '^', '['].some((before) =>
    ['"', "'", '`', '/', '$', '(', '\\'].some((after) => text.includes(before + name + after)),
  );
}

/** Modules that a declaration file of the workspace declares: some loader or host brings them. */
export function isAmbient(at: Asking, module: string): boolean {
  const patterns = at.keep(`ambient ${at.folder}`, () => {
    const found = new Set<string>();
    for (const path of at.files()) {
      if (!/\.d\.[cm]?ts$/.test(path)) continue;
      for (const [, , name] of readSmall(at, path).matchAll(ambientModule)) found.add(name!);
    }
    return [...found];
  });
  return patterns.some((pattern) => {
    const [before = '', after] = pattern.split('*');
    return after === undefined
      ? pattern === module || module.startsWith(`${pattern}/`)
      : module.startsWith(before) && module.endsWith(after);
  });
}

const compilerConfig = 'tsconfig.json';

/** Whether the nearest compiler's configuration leaves the file out: input of tests, templates. */
export function isLeftOut(at: Asking): boolean {
  for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
    if (at.disk.entries(folder)?.has(compilerConfig)) {
      const path = join(folder, compilerConfig);
      const excluded = at.keep(`excluded ${path}`, () => {
        const config = table(parse(at.read(path) ?? '', [], { allowTrailingComma: true }));
        return texts(config.exclude).map((each) => each.replace(/^\.\//, '').replace(/\/$/, ''));
      });
      const place = relative(folder, at.fromPath).split(sep).join('/');
      if (excluded.some((each) => picomatch.isMatch(place, [each, `${each}/**`]))) return true;
    }
    if (folder === at.folder || dirname(folder) === folder) return false;
  }
}

function readSmall(at: Asking, path: string): string {
  const text = at.read(path) ?? '';
  return text.length > maxCharacters ? '' : text;
}
