// setup.cfg, setup.py and environment.yml, and what other files of a project mention: dependencies where they are written
// as data, and the word that there may be more where they are not.
import type { Dependency } from '../ecosystem.ts';
import type { ReadManifest } from './pyproject.ts';
import { readRequirement } from './requirement.ts';
import { readYaml, table, texts, under } from './text.ts';

export function readSetupConfig(source: string): ReadManifest {
  const dependencies: Dependency[] = [];
  let list = false;
  let listed = false;
  let section = '';
  let name: string | undefined;
  for (const line of source.split('\n')) {
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      section = header.trim();
      list = false;
      continue;
    }
    const key = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (key) {
      list =
        section === 'options.extras_require' ||
        (section === 'options' && /^(?:install|tests|setup)_requires$/.test(key[1]!));
      listed ||= section === 'options' && key[1] === 'install_requires';
      if (section === 'metadata' && key[1] === 'name') name = key[2]!.trim();
    }
    if (list) dependencies.push(...requirements(key ? key[2]!.split(';') : [line]));
  }
  return {
    dependencies,
    dynamic: /install_requires\s*=\s*file:/.test(source),
    lists: listed,
    ...(name !== undefined && { name }),
  };
}

/** Every string of it that reads like a requirement counts, since code decides which list it gets into. */
export function readSetupScript(source: string): ReadManifest {
  const code = source.replace(/^\s*#.*$/gm, '');
  const strings = [...code.matchAll(/(["'])((?:(?!\1)[^\\\n])*)\1/g)].map((match) => match[2]!);
  const list = /\b(?:install_requires|requirements)\s*=\s*[[(]/.test(code);
  const name = /\bname\s*=\s*["']([^"']+)["']/.exec(code)?.[1];
  return {
    dependencies: requirements(strings),
    dynamic: /\binstall_requires\b/.test(code) && !list,
    lists: list,
    ...(name !== undefined && { name }),
  };
}

/** `undefined` for a file with syntax errors. */
export function readConda(source: string): readonly Dependency[] | undefined {
  const parsed = readYaml(source);
  if (!parsed) return undefined;
  const listed = under(parsed.value, 'dependencies');
  const nested = (Array.isArray(listed) ? listed : []).flatMap((each) => texts(table(each).pip));
  // A channel may stand before the name, and one `=` before the version.
  const plain = texts(listed).map((each) =>
    each.replace(/^[\w.-]+::/, '').replace(/(?<![=<>!~])=(?!=)/g, '=='),
  );
  return requirements([...plain, ...nested]);
}

const requirements = (lines: readonly string[]): Dependency[] =>
  lines.flatMap((line) => readRequirement(line) ?? []);
