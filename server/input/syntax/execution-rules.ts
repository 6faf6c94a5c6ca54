// The form of `execution.json`. What each field means is said in core/execution-rules.ts.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { BuildRules, QuestionRules } from '../../core/build-rules.ts';
import {
  type ExecutionRules,
  type PropertyRules,
  passedKinds,
  type SignRules,
  type ValueRules,
  valueKinds,
} from '../../core/execution-rules.ts';

const texts = z.array(z.string());
const brackets = z.tuple([z.string(), z.string()]);

const valueRules = z.strictObject({
  true: z.string(),
  false: z.string(),
  nothing: z.string(),
  list: brackets,
  tuple: z.optional(brackets),
  map: z.optional(z.tuple([z.string(), z.string(), z.string()])),
  set: z.optional(brackets),
  emptySet: z.optional(z.string()),
  keyword: z.optional(z.string()),
  floats: z.boolean(),
  types: z.record(z.string(), z.enum(valueKinds)),
  brackets,
  many: z.optional(z.string()),
  union: z.string(),
} satisfies Record<keyof ValueRules, z.ZodMiniType>);

const signRules = z.strictObject({
  returns: z.string(),
  constant: z.string(),
  works: z.string(),
  silent: z.string(),
  unfinished: z.string(),
} satisfies Record<keyof SignRules, z.ZodMiniType>);

const list = z._default(texts, []);

const propertyRules = z.strictObject({
  library: z.string(),
  places: texts,
  harness: z.string(),
  types: z.optional(
    z.record(z.string(), z.strictObject({ makes: z.optional(z.string()), fits: z.string() })),
  ),
  modifier: z.optional(z.string()),
  defects: z.array(z.strictObject({ text: z.string(), without: z.optional(z.array(z.enum(passedKinds))) })),
  maps: z.string(),
  unsteady: z.string(),
} satisfies Record<keyof PropertyRules, z.ZodMiniType>);

const questionRules = z.strictObject({
  path: z.string(),
  text: texts,
  example: texts,
  written: texts,
  raises: texts,
  input: texts,
  assertion: z.optional(texts),
  imports: z.optional(z.strictObject({ pattern: z.string(), text: z.string() })),
  own: list,
  receivers: texts,
} satisfies Record<keyof QuestionRules, z.ZodMiniType>);

const buildRules = z.strictObject({
  caches: list,
  readable: list,
  manifest: z.optional(z.strictObject({ file: z.string(), module: z.string() })),
  package: z.optional(z.string()),
  words: z._default(z.record(z.string(), z.strictObject({ alone: z.string(), within: z.string() })), {}),
  place: z.string(),
  harness: z.string(),
  candidate: z.string(),
  changes: z._default(z.array(z.strictObject({ pattern: z.string(), text: z.string() })), []),
  companions: z.optional(z.string()),
  joined: list,
  files: z.record(z.string(), texts),
  question: questionRules,
  compile: z.strictObject({ parameters: texts, error: z.string() }),
  run: z.strictObject({ program: z.string(), parameters: texts }),
} satisfies Record<keyof BuildRules, z.ZodMiniType>);

/** Found in no text. */
const never = '(?!)';

const executionFile = z.strictObject({
  programs: texts,
  parameters: list,
  harness: z.string(),
  embedded: z.optional(z.strictObject({ package: z.string(), host: z.string() })),
  build: z.optional(buildRules),
  environment: z._default(z.record(z.string(), z.string()), {}),
  imports: z._default(z.string(), never),
  relative: z._default(z.string(), never),
  local: list,
  definition: z.optional(z.string()),
  needs: z.optional(texts),
  values: valueRules,
  signs: signRules,
  properties: z.optional(propertyRules),
} satisfies Record<keyof ExecutionRules, z.ZodMiniType>);

/**
 * The execution rules of a language's folder, or nothing where it has none. `inherits` names the folder whose rules hold
 * where the file has none of its own.
 * @throws Error naming the file and the field when it has the wrong form: a bug of the package.
 */
export function readExecutionRules(folder: string): ExecutionRules | undefined {
  const path = join(folder, 'execution.json');
  if (!existsSync(path)) return undefined;
  const parsed = executionFile.safeParse(withInherited(path));
  if (!parsed.success) throw new Error(`${path}: ${z.prettifyError(parsed.error)}`);
  return parsed.data as ExecutionRules;
}

function withInherited(path: string): Record<string, unknown> {
  const { inherits, ...own } = z
    .looseObject({
      inherits: z.optional(z.string()),
      harness: z.optional(z.string()),
      embedded: z.optional(z.looseObject({ host: z.string() })),
      properties: z.optional(z.looseObject({ harness: z.string() })),
    })
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  if (own.harness !== undefined) own.harness = join(dirname(path), own.harness);
  if (own.embedded !== undefined) own.embedded.host = join(dirname(path), own.embedded.host);
  if (own.properties !== undefined) own.properties.harness = join(dirname(path), own.properties.harness);
  const inherited =
    inherits === undefined ? {} : withInherited(join(dirname(path), '..', inherits, 'execution.json'));
  return { ...inherited, ...own };
}
