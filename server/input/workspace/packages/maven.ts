// Artefacts of Maven repositories. Which artefact brings a package is told nowhere, so that only what comes with the runtime
// and what a manifest's group names are certain.
import { dirname, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { PackageResolution } from '../../../core/project.ts';
import { nearest } from '../modules/scheme.ts';
import {
  type Asking,
  type Declared,
  type Dependency,
  type Ecosystem,
  nothingDeclared,
  standardPackage,
  unknownModule,
  unknownPackage,
} from './ecosystem.ts';
import { readToml, table, text, under } from './manifests/text.ts';

/** Of this one all packages are listed; the others share their names with artefacts. */
const closedPrefix = 'java.';

export const maven: Ecosystem = {
  packageOf,
  moduleOf: () => unknownModule,
  entryOf: () => undefined,
  declared: declaredAround,
  manifestOf: () => undefined,
};

function packageOf(at: Asking, module: string): PackageResolution {
  const segments = module.split('.');
  // Types begin with a capital letter, packages do not.
  const end = segments.findIndex((segment) => /^[A-Z*]/.test(segment));
  const name = (end < 0 ? segments : segments.slice(0, end)).join('.');
  const { standard } = at.data;
  if (standard.has(name)) return standardPackage;
  if (name.startsWith(closedPrefix)) {
    // Without a type, what is imported may be a member of one that is written small.
    if (end < 0) return unknownPackage;
    return {
      kind: 'absent',
      name,
      nearest: nearest(
        name,
        [...standard].filter((each) => each.startsWith(closedPrefix)),
      ),
    };
  }
  if (segments.some((_, index) => standard.has(segments.slice(0, index + 1).join('.'))))
    return standardPackage;
  for (const { name, version } of declaredAround(at).dependencies.values()) {
    const group = name.split(':', 1)[0]!;
    if (module.startsWith(`${group}.`))
      return { kind: 'declared', name, ...(version !== undefined && { version }) };
  }
  return unknownPackage;
}

function declaredAround(at: Asking): Declared {
  return at.keep(`declared ${dirname(at.fromPath)}`, () => {
    const dependencies = new Map<string, Dependency>();
    let manifest: string | undefined;
    let broken = false;
    const read = (path: string, reader: (source: string) => readonly Dependency[] | undefined): void => {
      const source = at.disk.kind(path) === 'file' ? at.read(path) : undefined;
      if (source === undefined) return;
      const found = reader(source);
      broken ||= found === undefined;
      manifest ??= path;
      for (const each of found ?? []) dependencies.set(each.name, each);
    };
    for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
      read(join(folder, 'pom.xml'), readPom);
      for (const name of ['build.gradle', 'build.gradle.kts']) read(join(folder, name), readGradle);
      read(join(folder, 'gradle', 'libs.versions.toml'), readCatalogue);
      if (folder === at.folder || dirname(folder) === folder) break;
    }
    return manifest === undefined ? nothingDeclared : { dependencies, manifest, broken, open: true };
  });
}

/** `undefined` for a file with syntax errors. */
export function readPom(source: string): readonly Dependency[] | undefined {
  let root: unknown;
  try {
    // Entities are not expanded: a file that doubles itself stays small.
    root = new XMLParser({ processEntities: false, parseTagValue: false }).parse(source, true);
  } catch {
    return undefined; // The parser throws for a syntax error, which is an answer here.
  }
  const project = under(root, 'project');
  const lists = [
    under(project, 'dependencies', 'dependency'),
    under(project, 'dependencyManagement', 'dependencies', 'dependency'),
  ];
  return lists
    .flatMap((list) => [list ?? []].flat())
    .flatMap((each): Dependency[] => {
      const { groupId, artifactId, version } = table(each);
      if (typeof groupId !== 'string' || typeof artifactId !== 'string') return [];
      const exact = text(version);
      return [{ name: `${groupId}:${artifactId}`, ...(exact !== undefined && { version: exact }) }];
    });
}

/** Every string that reads like an artefact's coordinates. */
export const readGradle = (source: string): readonly Dependency[] =>
  [...source.matchAll(/["']([\w.-]+):([\w.-]+)(?::([\w.$-]+))?["']/g)].map(
    ([, group, artefact, version]) => ({
      name: `${group}:${artefact}`,
      ...(version !== undefined && { version }),
    }),
  );

/** `undefined` for a file with syntax errors. */
export function readCatalogue(source: string): readonly Dependency[] | undefined {
  const parsed = readToml(source);
  return (
    parsed &&
    Object.values(table(under(parsed.value, 'libraries'))).flatMap((each): Dependency[] => {
      const { module, group, name } = table(each);
      const written = text(each)?.split(':').slice(0, 2).join(':') ?? text(module);
      if (written !== undefined) return [{ name: written }];
      return typeof group === 'string' && typeof name === 'string' ? [{ name: `${group}:${name}` }] : [];
    })
  );
}
