// Reads what the folders under grammars/ say of their languages, and finds the language of a file.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { JudgeRules } from '../../core/judge-rules.ts';
import type { Language, ModuleRules, PackageRules, TestCodeRules } from '../../core/language.ts';
import type { TypeRules } from '../../core/type-rules.ts';
import { readExecutionRules } from './execution-rules.ts';
import { judgeRulesFile, sharedJudgesFile } from './judge-rules.ts';
import { regularExpression } from './regular-expression.ts';
import { readTestRules } from './test-rules.ts';
import { typeRulesFile } from './type-rules.ts';

const list = <Item extends z.ZodMiniType>(item: Item) => z._default(z.array(item), []);

const moduleRules = z.strictObject({
  scheme: z.enum(['dotted', 'path', 'folder', 'crate', 'class']),
  extensions: z.array(z.string()),
  index: z.array(z.string()),
  manifests: z.array(z.string()),
  sources: z.optional(z.record(z.string(), z.array(z.string()))),
  standard: z.optional(z.array(z.string())),
  statement: z.optional(z.string()),
  unbuilt: z.optional(z.array(z.string())),
  absolute: z.optional(z.string()),
  outer: z.optional(z.string()),
  generators: z.optional(regularExpression),
  offers: z.optional(z.string()),
  common: z.optional(z.array(z.string())),
  wholeStatement: z.optional(z.string()),
  implicit: z.optional(z.string()),
  header: z.optional(regularExpression),
} satisfies Record<keyof ModuleRules, z.ZodMiniType>);

const packageRules = z.strictObject({
  ecosystem: z.enum(['pypi', 'npm', 'gomod', 'cargo', 'maven']),
  data: z.string().check(z.minLength(1)),
  complete: z.optional(z.boolean()),
  importers: z.optional(z.array(z.string())),
  local: z.optional(z.boolean()),
} satisfies Record<keyof PackageRules, z.ZodMiniType>);

/** The form of `language.json`. The folder's name is the id; lists may be left out where they are empty. */
const languageFile = z.strictObject({
  name: z.string().check(z.minLength(1)),
  aliases: list(z.string()),
  extensions: list(z.string().check(z.startsWith('.'))),
  filenames: list(z.string()),
  comment: z._default(
    z.strictObject({
      line: z.optional(z.string()),
      block: z.optional(z.tuple([z.string(), z.string()])),
    }),
    {},
  ),
  data: z.optional(z.boolean()),
  indented: z._default(z.boolean(), false),
  indent: z.string().check(z.regex(/^(\t| +)$/, 'must be one tab, or spaces')),
  layout: z.optional(
    z.strictObject({
      opener: z.string().check(z.minLength(1)),
      headers: z.array(z.string()).check(z.minLength(1)),
      continuation: z.string().check(z.length(1)),
      tab: z.int().check(z.positive()),
    }),
  ),
  modules: z.optional(moduleRules),
  packages: z.optional(packageRules),
  placeholders: list(regularExpression),
  gaps: z.optional(
    z.array(
      z.strictObject({
        text: regularExpression,
        whole: z.optional(z.boolean()),
        files: z.optional(regularExpression),
      }),
    ),
  ),
  testCode: z.optional(
    z.strictObject({
      text: regularExpression,
      mark: z.optional(regularExpression),
    } satisfies Record<keyof TestCodeRules, z.ZodMiniType>),
  ),
  builtins: list(z.string()),
  closed: z.optional(z.union([z.boolean(), z.literal('package')])),
  tests: z.optional(z.string()),
  grammar: z.strictObject({
    package: z.string(),
    wasm: z.string().check(z.endsWith('.wasm')),
    native: z.optional(z.string()),
  }),
} satisfies Record<
  Exclude<keyof Language, 'id' | 'types' | 'judges' | 'execution' | 'testRunners'>,
  z.ZodMiniType
>);

/**
 * All languages that have a folder, sorted by id.
 * @throws Error naming the file and the field when a `language.json` has the wrong form: a bug of the package.
 */
export function readLanguages(grammars: string): Language[] {
  return readdirSync(grammars, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(grammars, entry.name, 'language.json')))
    .map(({ name }) => readLanguage(join(grammars, name, 'language.json'), name))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readLanguage(path: string, id: string): Language {
  const parsed = languageFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  const list = join(dirname(path), 'builtins.json');
  const generated = existsSync(list) ? z.array(z.string()).parse(JSON.parse(readFileSync(list, 'utf8'))) : [];
  // zod types an absent field as possibly undefined; it leaves such a field out, as the exact type wants.
  const types = readTypeRules(join(dirname(path), 'types.json'));
  const judges = readJudgeRules(join(dirname(path), 'judges.json'));
  const execution = readExecutionRules(dirname(path));
  const testRunners = readTestRules(dirname(path));
  const builtins = [...parsed.data.builtins, ...generated];
  return {
    id,
    ...parsed.data,
    builtins,
    ...(types && { types }),
    ...(judges && { judges }),
    ...(execution && { execution }),
    ...(testRunners && { testRunners }),
  } as Language;
}

function readJudgeRules(path: string): JudgeRules | undefined {
  if (!existsSync(path)) return undefined;
  const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const shared = sharedJudgesFile.safeParse(read);
  if (shared.success) {
    const { as, onDemand } = shared.data;
    const rules = readJudgeRules(join(dirname(path), '..', as, 'judges.json'));
    return onDemand ? rules?.map((tool) => ({ ...tool, onDemand })) : rules;
  }
  const parsed = judgeRulesFile.safeParse(read);
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data as JudgeRules;
}

/** `inherits` names the folder whose rules hold where the file has none of its own. */
function readTypeRules(path: string): TypeRules | undefined {
  if (!existsSync(path)) return undefined;
  const { inherits, ...own } = z
    .looseObject({ inherits: z.optional(z.string()) })
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  const inherited =
    inherits === undefined ? {} : readTypeRules(join(dirname(path), '..', inherits, 'types.json'));
  const parsed = typeRulesFile.safeParse({ ...inherited, ...own });
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data as TypeRules;
}

/** By the client's language id or one of its aliases, else by file name, else by the longest extension that fits. */
export function findLanguage(
  languages: readonly Language[],
  path: string,
  languageId?: string,
): Language | undefined {
  const byId =
    languageId !== undefined &&
    languages.find(({ id, aliases }) => id === languageId || aliases.includes(languageId));
  if (byId) return byId;
  const file = basename(path);
  const byName = languages.find(({ filenames }) => filenames.includes(file));
  if (byName) return byName;
  let best: { language: Language; length: number } | undefined;
  for (const language of languages) {
    for (const extension of language.extensions) {
      if (file.endsWith(extension) && extension.length > (best?.length ?? 0)) {
        best = { language, length: extension.length };
      }
    }
  }
  return best?.language;
}

/** File names whose language is remembered: those of a large workspace. */
const maxRemembered = 20_000;

/** `findLanguage`, for those who ask of the same files again and again. */
export function languageFinder(
  languages: readonly Language[],
): (path: string, languageId?: string) => Language | undefined {
  const byName = new Map<string, Language | undefined>();
  return (path, languageId) => {
    if (languageId !== undefined) return findLanguage(languages, path, languageId);
    const name = basename(path);
    if (byName.has(name)) return byName.get(name);
    if (byName.size >= maxRemembered) byName.clear();
    const language = findLanguage(languages, name);
    byName.set(name, language);
    return language;
  };
}
