// Writes which modules of the standard library offer which names to importers, from the declarations that came with vouch:
// `npx tsx scripts/standard-names.ts LANGUAGE`. A name is listed under the shortest public module that hands it on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLanguages } from '../server/input/syntax/languages.ts';
import { type Shipped, shippedOf } from '../server/input/workspace/declarations/shipped.ts';

const [languageId = ''] = process.argv.slice(2);
const grammars = join(import.meta.dirname, '..', 'grammars');
const language = readLanguages(grammars).find(({ id }) => id === languageId);
const shipped = language?.types && shippedOf(languageId, language.types, false);
if (!language?.modules?.standard || !shipped) throw new Error(`nothing is known of ${languageId}`);

/** Modules that are run, not imported from, or that repeat what others offer. */
const leftOut =
  /(?:^|\.)_|(?:^|\.)(?:__main__|tool|tests?|idlelib|lib2to3|turtledemo|antigravity|this|dummy)(?:\.|$)/;

const all: string[] = [];
const walk = (module: string): void => {
  all.push(module);
  for (const name of shipped.below(module)) walk(`${module}.${name}`);
};
language.modules.standard.forEach(walk);

const offeredNames = new Map<string, ReadonlyMap<string, string>>();

/** Names with the module that declares each: own ones, those handed on by name, those of wildcards. */
function offeredBy(shippedNames: Shipped, module: string): ReadonlyMap<string, string> {
  const known = offeredNames.get(module);
  if (known) return known;
  const offered = new Map<string, string>();
  // Modules that hand on from each other see what was found so far.
  offeredNames.set(module, offered);
  const found = shippedNames.module(module);
  if (!found) return offered;
  for (const each of found.wildcards)
    for (const [name, origin] of offeredBy(shippedNames, each)) offered.set(name, origin);
  for (const [name, written] of Object.entries(found.exports)) {
    const [origin = '', inner] = written.split(' ');
    if (inner === name) offered.set(name, offeredBy(shippedNames, origin).get(name) ?? origin);
  }
  for (const [name, declarations] of found.names) {
    // A variable without a type is an import that the module does not mean to hand on.
    if (declarations.some(({ kind, type }) => kind !== 'variable' || type !== undefined))
      offered.set(name, module);
  }
  return offered;
}

/** By name and declaring module, the best public module. */
const homes = new Map<string, string>();
const rank = (module: string): string => `${module.split('.').length} ${module}`;
for (const module of all.filter((each) => !leftOut.test(each))) {
  for (const [name, origin] of offeredBy(shipped, module)) {
    if (name.startsWith('_')) continue;
    const key = `${name} ${origin}`;
    const before = homes.get(key);
    // Where it is declared counts unless that is deeper than where it is handed on.
    if (before === undefined || rank(module) < rank(before)) homes.set(key, module);
  }
}
const offers: Record<string, Record<string, null>> = {};
for (const [key, module] of [...homes].sort(([a], [b]) => (a < b ? -1 : 1))) {
  offers[module] ??= {};
  offers[module][key.split(' ', 1)[0]!] = null;
}
const sorted = Object.fromEntries(Object.entries(offers).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(join(grammars, languageId, 'standard.json'), `${JSON.stringify(sorted)}\n`);
