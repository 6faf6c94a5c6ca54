// Cargo.toml: dependencies of every kind and target, names that differ from their packages', and where a new one goes.
import type { Edit } from '../../../../core/span.ts';
import type { Dependency } from '../ecosystem.ts';
import { endOfTable, insertion, lineBefore } from './pyproject.ts';
import { readToml, table, text, under } from './text.ts';

export interface CrateManifest {
  readonly name?: string;
  /** Names that its own targets have. */
  readonly targets: readonly string[];
  readonly edition?: string;
  readonly dependencies: readonly (Dependency & { /** As it is imported. */ readonly crate: string })[];
  /** Whether its edition is that of the workspace. */
  readonly isPackage: boolean;
  readonly isWorkspace: boolean;
}

const kinds = [
  'dependencies',
  'dev-dependencies',
  'build-dependencies',
  'dev_dependencies',
  'build_dependencies',
];

export const crateName = (name: string): string => name.replaceAll('-', '_');

/** `undefined` for a file with syntax errors. */
export function readCrateManifest(source: string): CrateManifest | undefined {
  const parsed = readToml(source);
  if (!parsed) return undefined;
  const root = table(parsed.value);
  const scopes = [root, ...Object.values(table(root.target))];
  const written = scopes.flatMap((scope) =>
    kinds.flatMap((kind) => Object.entries(table(table(scope)[kind]))),
  );
  const own = [root.lib, ...['bin', 'example', 'test', 'bench'].flatMap((kind) => root[kind] ?? [])];
  const name = text(under(root, 'package', 'name'));
  const edition =
    text(under(root, 'package', 'edition')) ?? text(under(root, 'workspace', 'package', 'edition'));
  return {
    ...(name !== undefined && { name }),
    ...(edition !== undefined && { edition }),
    targets: own.flatMap((each) => text(table(each).name) ?? []),
    dependencies: [...written, ...Object.entries(table(under(root, 'workspace', 'dependencies')))].map(
      ([key, value]) => {
        const version = text(value) ?? text(table(value).version);
        const path = text(table(value).path);
        return {
          crate: crateName(key),
          name: text(table(value).package) ?? key,
          ...(version !== undefined && { version }),
          ...(path !== undefined && { path }),
        };
      },
    ),
    isPackage: root.package !== undefined,
    isWorkspace: root.workspace !== undefined,
  };
}

/** In the order of names where the table keeps it. */
export function declareInCrateManifest(source: string, name: string, version?: string): Edit | undefined {
  const line = `${name} = "${version ?? '*'}"\n`;
  const header = /^\[dependencies\][^\n]*(?:\n|$)/m.exec(source);
  if (!header) {
    const lead = source.endsWith('\n') || source === '' ? '\n' : '\n\n';
    return insertion(source.length, `${lead}[dependencies]\n${line}`);
  }
  const start = header.index + header[0].length;
  const end = endOfTable(source, start);
  const lines = [...source.slice(start, end).matchAll(/^([\w-]+)(?:\.\w+)?\s*=/gm)];
  const names = lines.map(([, each]) => each!);
  const ordered = names.every((each, index) => index === 0 || names[index - 1]! <= each);
  const after = ordered ? lines.find(([, each]) => each! > name) : undefined;
  const at = after ? start + after.index : end;
  return insertion(at, lineBefore(source, at) + line);
}
