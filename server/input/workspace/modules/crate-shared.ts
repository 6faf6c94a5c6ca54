// What files of a crate see by wildcards, and the crates whose names begin a path. What cannot be followed makes a name
// unknown, never unbound.
import { dirname, join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import type { FileFacts, ImportFact, NameUse, SymbolFact } from '../../../core/facts.ts';
import type { ModuleResolution, SharedNames } from '../../../core/project.ts';
import { contains, spanText } from '../../../core/span.ts';
import type { Neighbours, ParsedText, Surroundings } from './scheme.ts';

/** Letters by which a name may differ from the one that was meant. */
const maxSlips = 2;

/** How many wildcards in a row are followed. */
const maxDepth = 12;

/** A module as the wildcard of some file means it. */
interface Target {
  readonly path: string;
  /** What is inside of that file: modules in braces, an enumeration. */
  readonly inside: readonly string[];
}

type Resolve = (at: Surroundings, module: string) => ModuleResolution;

export function sharedInCrate(
  at: Surroundings,
  file: ParsedText,
  near: Neighbours,
  resolve: Resolve,
): SharedNames {
  const names = new Set<string>();
  const seen = new Set<string>();
  const read = (path: string): ParsedText | undefined => {
    if (path === at.fromPath) return file;
    const text = near.text(path);
    const facts = text === undefined ? undefined : near.facts(path);
    return facts && { text: text!, facts };
  };
  const follow = (from: string, source: ParsedText, one: ImportFact, depth: number): boolean => {
    const target = targetOf({ ...at, fromPath: from }, source.facts, one, resolve);
    if (!target || depth > maxDepth) return false;
    const key = `${target.path}\n${target.inside.join('::')}`;
    if (seen.has(key)) return true;
    seen.add(key);
    const there = read(target.path);
    if (!there || there.facts.opaque) return false;
    if (target.inside.length > 0) return takeInside(there, target.inside, names);
    for (const { name } of there.facts.topLevel) names.add(name);
    if (target.path === at.fromPath) return true;
    return there.facts.imports.every(
      (other) =>
        !other.wildcard ||
        isIn(other, there.facts).length > 0 ||
        follow(target.path, there, other, depth + 1),
    );
  };
  const whole = file.facts.imports.every((one) => !one.wildcard || follow(at.fromPath, file, one, 0));
  const crates = cratesOf(at);
  const types = file.facts.topLevel.filter(({ kind }) => kind === 'class').map(({ name }) => name);
  const isSlip = (name: string): boolean =>
    [...file.facts.topLevel.map((binding) => binding.name), ...names].some(
      (other) => distance(name, other) <= maxSlips,
    );
  const derives = derivesMore.test(file.text);

  return {
    names,
    look(use) {
      const { name } = use;
      if (names.has(name)) return 'bound';
      if (beginsPath(use, file.text) && /^[a-z]/.test(name)) {
        if (!crates) return 'unknown';
        if (crates.some((crate) => crate.includes(plain(name)) || plain(name).includes(crate)))
          return 'bound';
      }
      // A derived type is named after what it is derived from; a slip is nearer to what was meant.
      if (derives && types.some((type) => name !== type && name.includes(type)) && !isSlip(name))
        return 'unknown';
      return whole ? 'unbound' : 'unknown';
    },
  };
}

/** Attributes and derives beyond those of the language itself. */
const derivesMore =
  /#\[derive\([^)]*?\b(?!(?:Debug|Clone|Copy|PartialEq|Eq|PartialOrd|Ord|Hash|Default|std|core|fmt|cmp|hash|clone|marker|Serialize|Deserialize|serde)\b)\w+|#\[(?!(?:derive|cfg|cfg_attr(?!\([^\]]*\bderive\()|allow|deny|warn|expect|inline|must_use|test|doc|repr|non_exhaustive|ignore|should_panic|cold|deprecated|no_mangle|track_caller|serde|bench|path|macro_use|macro_export|link|target_feature)\b)[\w:]+/;

function targetOf(at: Surroundings, facts: FileFacts, one: ImportFact, resolve: Resolve): Target | undefined {
  const around = isIn(one, facts);
  const segments = one.module.split('::').filter((segment) => segment !== '');
  let depth = around.length;
  // Out of the braces around it first.
  while (depth > 0 && segments[0] === 'super') {
    segments.shift();
    depth--;
  }
  if (segments[0] === 'self') segments.shift();
  const inBraces = depth > 0 || segments.length === 0 || (around.length > 0 && segments[0] !== 'crate');
  const local = segments[0] !== undefined && declares(facts, segments[0]);
  if ((inBraces && segments[0] !== 'crate') || local) return { path: at.fromPath, inside: segments };
  const resolution = resolve(at, one.module);
  if (resolution.kind !== 'file') return undefined;
  return { path: resolution.path, inside: insideOf(at, one.module, resolution.path, resolve) };
}

/** The end of a module's name that its file says nothing of: what lies inside of that file. */
function insideOf(at: Surroundings, module: string, path: string, resolve: Resolve): string[] {
  const segments = module.split('::');
  const inside: string[] = [];
  while (segments.length > 1) {
    const shorter = segments.slice(0, -1).join('::');
    const found = resolve(at, shorter);
    if (found.kind !== 'file' || found.path !== path) break;
    inside.unshift(segments.pop()!);
  }
  return inside;
}

const declares = ({ symbols }: FileFacts, name: string): boolean =>
  symbols.some((symbol) => symbol.name === name && holdsNames(symbol));

const holdsNames = ({ kind, body }: SymbolFact): boolean =>
  (kind === 'enum' || kind === 'module') && body !== undefined;

/** Modules in braces around an import, outermost first. */
const isIn = ({ span }: ImportFact, { symbols }: FileFacts): SymbolFact[] =>
  symbols.filter(({ kind, body }) => kind === 'module' && body !== undefined && contains(body, span));

/** All words of the body count as names of it. */
function takeInside({ facts, text }: ParsedText, path: readonly string[], into: Set<string>): boolean {
  const found = facts.symbols.find((symbol) => symbol.name === path.at(-1) && holdsNames(symbol));
  for (const word of found ? (spanText(text, found.body!).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) : [])
    into.add(word);
  return found !== undefined;
}

const beginsPath = ({ span }: NameUse, text: string): boolean =>
  /^\s*::/.test(text.slice(span.end, span.end + 20));

const plain = (name: string): string => name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

/** What in a manifest may be the name of a crate: keys, tables of dependencies, packages under other names. */
const crateNames = [
  /^\s*"?([\w-]+)"?(?:\.\w+)?\s*=/gm,
  /^\s*\[[^\]\n]*dependencies\.([\w-]+)\]/gm,
  /\b(?:name|package)\s*=\s*["']([\w-]+)["']/g,
];

/** Names of the crates that the manifests around a file speak of; a crate's own name is often like its package's. */
function cratesOf(at: Surroundings): string[] | undefined {
  const texts: string[] = [];
  for (let folder = dirname(at.fromPath); ; folder = dirname(folder)) {
    for (const manifest of at.rules.manifests) {
      const path = join(folder, manifest);
      const text = at.disk.kind(path) === 'file' ? at.read(path) : undefined;
      if (text !== undefined) texts.push(text);
    }
    if (folder === at.folder || dirname(folder) === folder) break;
  }
  const found = crateNames.flatMap((pattern) =>
    texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => plain(match[1]!))),
  );
  return texts.length > 0 ? found.filter((name) => name.length > 1) : undefined;
}
