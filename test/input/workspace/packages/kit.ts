// What the tests of packages share: a project over a small tree, with nothing of this machine in sight.
import { join } from 'node:path';
import type { PackageResolution } from '../../../../server/core/project.ts';
import { createSyntax, type Syntax } from '../../../../server/input/syntax/index.ts';
import type { Registry } from '../../../../server/input/workspace/packages/registry.ts';
import { createProject, type WorkspaceProject } from '../../../../server/input/workspace/project.ts';
import { tree } from '../tree.ts';

let syntax: Promise<Syntax> | undefined;
const log = (): void => undefined;

export interface Asked {
  readonly folder: string;
  readonly project: WorkspaceProject;
  readonly of: (file: string, module: string) => PackageResolution;
}

/** @param files path to content, from the workspace folder. */
export async function project(
  files: Readonly<Record<string, string>>,
  more: { readonly environment?: Readonly<Record<string, string>>; readonly registry?: Registry } = {},
): Promise<Asked> {
  syntax ??= createSyntax({ log });
  const known = await syntax;
  const folder = tree(files);
  const made = createProject({
    log,
    syntax: known,
    folders: [{ path: folder, exclude: [] }],
    openText: () => undefined,
    environment: { HOME: join(folder, 'home'), ...more.environment },
    ...(more.registry && { registry: more.registry }),
  });
  return {
    folder,
    project: made,
    of: (file, module) => made.packageOf(join(folder, file), known.languageFor(file)!.id, module),
  };
}

/** A manifest with one more package declared. */
export function declared(
  { project: made, folder }: Asked,
  file: string,
  name: string,
  version?: string,
): string {
  const path = join(folder, file);
  const languageId = languageOf(file);
  const manifest = made.manifestOf(path, languageId)!;
  const edit = manifest.declare(name, version)!;
  const text = made.text(manifest.path) ?? '';
  return text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
}

const languages: Readonly<Record<string, string>> = {
  py: 'python',
  ts: 'typescript',
  js: 'javascript',
  go: 'go',
  rs: 'rust',
  java: 'java',
};

export const languageOf = (file: string): string => languages[file.split('.').at(-1)!]!;
