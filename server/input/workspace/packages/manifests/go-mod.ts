// go.mod, go.work and vendor/modules.txt: modules that are required, replaced or part of the workspace.
import type { Edit } from '../../../../core/span.ts';
import type { Dependency } from '../ecosystem.ts';
import { insertion } from './pyproject.ts';

export interface ModuleManifest {
  readonly name?: string;
  readonly required: readonly Dependency[];
  /** Folders of `use`, or of replacements, relative to the manifest. */
  readonly local: readonly { readonly name?: string; readonly folder: string }[];
  readonly broken: boolean;
}

const directives = new Set([
  'module', 'go', 'toolchain', 'require', 'exclude', 'replace', 'retract', 'tool', 'use', 'godebug', 'ignore',
]); // biome-ignore format: a table

export function readModuleManifest(source: string): ModuleManifest {
  const required: Dependency[] = [];
  const local: { name?: string; folder: string }[] = [];
  let name: string | undefined;
  let broken = false;
  let block: string | undefined;
  for (const line of source.split('\n')) {
    const words =
      line
        .replace(/\/\/.*$/, '')
        .match(/"[^"]*"|`[^`]*`|=>|[()]|[^\s()]+/g)
        ?.map(unquoted) ?? [];
    if (words.length === 0) continue;
    if (block !== undefined && words[0] === ')') {
      block = undefined;
      continue;
    }
    const directive = block ?? words.shift()!;
    if (!directives.has(directive)) broken = true;
    if (words[0] === '(') {
      block = directive;
      continue;
    }
    if (directive === 'module') name = words[0];
    else if (directive === 'require' && words[0] !== undefined && words[1] !== undefined) {
      required.push({ name: words[0], version: words[1] });
    } else if (directive === 'require') broken = true;
    else if (directive === 'use' && words[0] !== undefined) local.push({ folder: words[0] });
    else if (directive === 'replace') {
      const target = words[words.indexOf('=>') + 1];
      if (/^\.{0,2}\//.test(target ?? '')) local.push({ name: words[0]!, folder: target! });
    }
  }
  return { required, local, broken: broken || block !== undefined, ...(name !== undefined && { name }) };
}

const unquoted = (word: string): string => word.replace(/^(["`])(.*)\1$/, '$2');

/** Module paths of a vendor folder. */
export const readVendored = (source: string): readonly Dependency[] =>
  [...source.matchAll(/^# (\S+)(?: (v\S+))?/gm)].map(([, name, version]) => ({
    name: name!,
    ...(version !== undefined && { version }),
  }));

/** A requirement needs a version: without one there is no edit. */
export function declareInModuleManifest(source: string, name: string, version?: string): Edit | undefined {
  if (version === undefined) return undefined;
  const block = /^require\s*\(\s*\n((?:(?!\)).*\n)*)\)/m.exec(source);
  if (!block) {
    const lead = source === '' || source.endsWith('\n') ? '\n' : '\n\n';
    return insertion(source.length, `${lead}require ${name} ${version}\n`);
  }
  const start = block.index + block[0].indexOf(block[1]!);
  const after = [...block[1]!.matchAll(/^\t?([^\s/]\S*) .*$/gm)].find(([, each]) => each! > name);
  const at = after ? start + after.index : start + block[1]!.length;
  return insertion(at, `\t${name} ${version}\n`);
}
