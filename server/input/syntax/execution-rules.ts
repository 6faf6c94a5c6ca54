// The form of `execution.json`. What each field means is said in core/execution-rules.ts.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import {
  type ExecutionRules,
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

const executionFile = z.strictObject({
  programs: texts,
  parameters: texts,
  harness: z.string(),
  environment: z._default(z.record(z.string(), z.string()), {}),
  imports: z.string(),
  relative: z.string(),
  local: z._default(texts, []),
  definition: z.optional(z.string()),
  needs: z.optional(texts),
  values: valueRules,
  signs: signRules,
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
    .looseObject({ inherits: z.optional(z.string()), harness: z.optional(z.string()) })
    .parse(JSON.parse(readFileSync(path, 'utf8')));
  if (own.harness !== undefined) own.harness = join(dirname(path), own.harness);
  const inherited =
    inherits === undefined ? {} : withInherited(join(dirname(path), '..', inherits, 'execution.json'));
  return { ...inherited, ...own };
}
