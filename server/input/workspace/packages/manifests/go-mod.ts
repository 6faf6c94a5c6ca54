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

const directives = new Set(
  'module go toolchain require exclude replace retract tool use godebug ignore'.split(' '),
);

/** Directive and words of each line, blocks taken apart; `undefined` for a line that is no such thing. */
function* statements(
  source: string,
): Generator<readonly [directive: string, ...words: string[]] | undefined> {
  let block: string | undefined;
  for (const line of source.split('\n')) {
    const words =
      line
        .replace(/\/\/.*$/, '')
        .match(/"[^"]*"|`[^`]*`|=>|[()]|[^\s()]+/g)
        ?.map(unquoted) ?? [];
    if (words.length === 0) continue;
    if (block !== undefined && words[0] === ')') block = undefined;
    else if (block !== undefined) yield [block, ...words];
    else if (!directives.has(words[0]!)) yield undefined;
    else if (words[1] === '(') block = words[0];
    else yield [words[0]!, ...words.slice(1)];
  }
  if (block !== undefined) yield undefined;
}

export function readModuleManifest(source: string): ModuleManifest {
  const required: Dependency[] = [];
  const local: { name?: string; folder: string }[] = [];
  let name: string | undefined;
  let broken = false;
  for (const statement of statements(source)) {
    const [directive, first, second] = statement ?? [];
    if (first === undefined || (directive === 'require' && second === undefined)) broken = true;
    else if (directive === 'module') name = first;
    else if (directive === 'require') required.push({ name: first, version: second! });
    else if (directive === 'use') local.push({ folder: first });
    else if (directive === 'replace') {
      const target = statement?.[statement.indexOf('=>') + 1];
      if (target !== undefined && /^\.{0,2}\//.test(target)) local.push({ name: first, folder: target });
    }
  }
  return { required, local, broken, ...(name !== undefined && { name }) };
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
