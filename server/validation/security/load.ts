// Finds and reads the rules of a language: beside the bundle when built, in the project's own folder when not.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CompiledRules, compile } from './compile.ts';
import { rulesSchema, type SecurityRules } from './rules.ts';

const here = dirname(fileURLToPath(import.meta.url));
const grammars = existsSync(join(here, 'grammars'))
  ? join(here, 'grammars')
  : join(here, '../../../grammars');

const loaded = new Map<string, CompiledRules | undefined>();

/**
 * The rules of a language with those that it inherits; `undefined` where there are none. Read once in a process.
 * @throws Error when a file of rules cannot be read or is wrong, which is a fault of the package.
 */
export function rulesFor(languageId: string): CompiledRules | undefined {
  if (!loaded.has(languageId)) {
    const rules = hasRules(languageId) ? read(languageId) : undefined;
    loaded.set(languageId, rules && compile(rules));
  }
  return loaded.get(languageId);
}

export const hasRules = (languageId: string): boolean =>
  /^[\w-]+$/.test(languageId) && existsSync(fileOf(languageId));

const fileOf = (folder: string): string => join(grammars, folder, 'security.json');

function read(folder: string): SecurityRules {
  const own = rulesSchema.parse(JSON.parse(readFileSync(fileOf(folder), 'utf8')));
  return own.inherits.map(read).reduce(merged, own);
}

const merged = (own: SecurityRules, other: SecurityRules): SecurityRules => ({
  ...other,
  ...own,
  sources: [...own.sources, ...other.sources],
  cleaners: [...own.cleaners, ...other.cleaners],
  carriers: [...own.carriers, ...other.carriers],
  parts: [...own.parts, ...other.parts],
  selves: [...own.selves, ...other.selves],
  adders: [...own.adders, ...other.adders],
  conditions: [...own.conditions, ...other.conditions],
  guards: [...own.guards, ...other.guards],
  formats: { ...other.formats, ...own.formats },
  writers: { ...other.writers, ...own.writers },
  sinks: [...own.sinks, ...other.sinks],
  ...((own.handlers ?? other.handlers) ? { handlers: own.handlers ?? other.handlers } : {}),
});
