// Interpreters in WebAssembly, which need no installation of their language and reach nothing of the machine.
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmbeddedRules } from '../../core/execution-rules.ts';
import type { Language } from '../../core/language.ts';

export interface Embedded {
  /** Path of the package's module. */
  readonly module: string;
  /** Folders that it is read from. */
  readonly readable: readonly string[];
}

/**
 * The package, where the user has installed it beside vouch or for all of Node. That of a project is not taken: it would run
 * before anything closes it in.
 */
export function findEmbedded(rules: EmbeddedRules): Embedded | undefined {
  const beside = fileURLToPath(import.meta.url);
  const global = join(dirname(process.execPath), '..', 'lib', 'index.js');
  for (const from of [beside, global]) {
    try {
      const module = createRequire(from).resolve(rules.package);
      const modules = `${sep}node_modules${sep}`;
      return { module, readable: [module.slice(0, module.lastIndexOf(modules) + modules.length - 1)] };
    } catch {
      // It is not installed there.
    }
  }
  return undefined;
}

/** Each package once, and whether it is installed. */
export function knownInterpreters(
  languages: readonly Language[],
): readonly { readonly package: string; readonly installed: boolean }[] {
  const rules = languages.flatMap(({ execution }) => execution?.embedded ?? []);
  const byName = new Map(rules.map((one) => [one.package, one]));
  return [...byName.values()].map((one) => ({
    package: one.package,
    installed: findEmbedded(one) !== undefined,
  }));
}

/** Parameters of Node that take its rights away before any code is read: files but for those, processes, threads, add-ons. */
export function rightsOf(readable: readonly string[]): readonly string[] {
  const permission = ['--permission', '--experimental-permission'].find((option) =>
    process.allowedNodeEnvironmentFlags.has(option),
  );
  return permission === undefined
    ? []
    : [
        permission,
        ...readable.map((path) => `--allow-fs-read=${path}`),
        '--disable-warning=ExperimentalWarning',
      ];
}

/** Pages of 64 KiB that WebAssembly may take. */
export const pagesOf = (bytes: number): string => `--wasm-max-mem-pages=${Math.floor(bytes / 65_536)}`;
