// Packages that are folders of sources: what each exports, from all of its files together.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Declaration } from '../server/core/declarations.ts';
import { ownMembersOf } from '../server/core/declared.ts';
import { isClass, withoutArguments } from '../server/core/inheritance.ts';
import type { Language } from '../server/core/language.ts';
import type { Syntax } from '../server/input/syntax/index.ts';
import type { ModuleFile } from '../server/input/workspace/declarations/file-view.ts';
import { packageView } from '../server/input/workspace/declarations/package-view.ts';
import type {
  ShippedDeclaration,
  ShippedModule,
} from '../server/input/workspace/declarations/shipped-format.ts';
import { entries } from './declarations-entries.ts';

/** What nobody outside may import, and what is no library. */
const closed = /(?:^|\/)(?:internal|vendor|testdata|cmd)(?:\/|$)/;
const exported = /^\p{Lu}/u;

export function addPackages(
  all: Map<string, ShippedModule>,
  syntax: Syntax,
  language: Language,
  root: string,
): void {
  for (const folder of folders(root)) {
    const module = relative(root, folder).split(sep).join('/');
    if (closed.test(module)) continue;
    const files = sourcesIn(folder, module, syntax, language);
    if (files.length > 0) all.set(module, moduleOf(files, module, language));
  }
}

function* folders(at: string): Generator<string> {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    yield join(at, entry.name);
    yield* folders(join(at, entry.name));
  }
}

function sourcesIn(folder: string, module: string, syntax: Syntax, language: Language): ModuleFile[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (!language.extensions.some((each) => name.endsWith(each)) || name.includes('_test.')) return [];
    const text = readFileSync(path, 'utf8');
    if (/^\/\/go:build ignore\b/m.test(text)) return [];
    const file = syntax.parse(language.id, text);
    if (!file) return [];
    const facts = { ...file.facts };
    file.release();
    return [{ path, text, facts, module, language, below: [] }];
  });
}

function moduleOf(files: readonly ModuleFile[], module: string, { types: rules }: Language): ShippedModule {
  const { offers } = packageView(files, module, true, { rules: rules!, find: () => undefined });
  const scope: Record<string, string> = {};
  for (const { facts } of files) {
    for (const { namespace, module: from } of facts.imports) {
      if (namespace !== undefined && !closed.test(from)) scope[namespace] = from;
    }
  }
  const bases = new Set(
    [...offers.byName.values()]
      .flat()
      .flatMap((one) => (one.bases ?? []).map((base) => withoutArguments(base, rules!))),
  );
  // What only the package sees counts where it is handed down.
  const kept = [...offers.byName].filter(([name]) => exported.test(name) || bases.has(name));
  const names: Record<string, readonly ShippedDeclaration[]> = entries(new Map(kept), (owner) =>
    exportedMembers(owner),
  );
  const written = JSON.stringify(names);
  for (const name of Object.keys(scope)) if (!written.includes(`${name}.`)) delete scope[name];
  return { names, exports: {}, scope, wildcards: [], open: 0 };
}

function exportedMembers(owner: Declaration): ReadonlyMap<string, readonly Declaration[]> | undefined {
  const members = isClass(owner) ? ownMembersOf(owner) : undefined;
  const bases = new Set((owner.bases ?? []).map((base) => base.replace(/^\*/, '').split('.').at(-1)!));
  return members && new Map([...members.byName].filter(([name]) => exported.test(name) || bases.has(name)));
}
