// The form of `judges.json`. What each field means is said in core/judge-rules.ts.
import * as z from 'zod/mini';
import type {
  CommandQuestion,
  CompilerRules,
  JudgeTool,
  OnDemand,
  PackageRequirement,
  ReadySign,
  ServerRules,
} from '../../core/judge-rules.ts';
import { regularExpression } from './regular-expression.ts';

const text = z.optional(z.string());
const texts = z.optional(z.array(z.string()));
const tree = z.optional(z.record(z.string(), z.unknown()));
const packageRequirement = z.strictObject({
  name: z.string(),
  from: z.optional(z.int()),
  below: z.optional(z.int()),
} satisfies Record<keyof PackageRequirement, z.ZodMiniType>);

const server = z.strictObject({
  languageIds: z.optional(z.record(z.string(), z.string())),
  initializationOptions: tree,
  settings: tree,
  ready: z.optional(
    z.strictObject({
      notification: z.string(),
      field: z.string(),
      values: z.array(z.unknown()),
      unless: z.optional(z.strictObject({ field: z.string(), values: z.array(z.unknown()) })),
    } satisfies Record<keyof ReadySign, z.ZodMiniType>),
  ),
  experimental: tree,
  commands: z.optional(
    z.array(
      z.strictObject({ command: z.string(), arguments: z.array(z.unknown()) } satisfies Record<
        keyof CommandQuestion,
        z.ZodMiniType
      >),
    ),
  ),
  settle: z.optional(z.int()),
  outside: texts,
  member: text,
  judgesOthers: z.optional(z.boolean()),
} satisfies Record<keyof ServerRules, z.ZodMiniType>);

const compiler = z.strictObject({
  diagnostic: regularExpression,
  columns: z.optional(z.enum(['bytes', 'display'])),
  readable: texts,
  stops: z.optional(regularExpression),
  unit: z.optional(z.enum(['folder', 'manifest'])),
  runsProject: z.optional(z.boolean()),
} satisfies Record<keyof CompilerRules, z.ZodMiniType>);

const onDemand = z.strictObject({
  text: regularExpression,
  manifests: z.array(z.string()),
  setting: regularExpression,
  otherwise: z.string(),
} satisfies Record<keyof OnDemand, z.ZodMiniType>);

/** A language whose judges are those of another, named by its folder. */
export const sharedJudgesFile = z.strictObject({ as: z.string(), onDemand: z.optional(onDemand) });

export const judgeRulesFile = z.array(
  z.strictObject({
    name: z.string().check(z.regex(/^[a-z][a-z0-9-]*$/, 'must be lower case: it is part of a check name')),
    group: text,
    command: z.array(z.string()).check(z.minLength(1)),
    manifests: texts,
    package: z.optional(packageRequirement),
    needs: z.optional(packageRequirement),
    environment: z.optional(z.record(z.string(), z.string())),
    server: z.optional(server),
    compiler: z.optional(compiler),
    onDemand: z.optional(onDemand),
  } satisfies Record<keyof JudgeTool, z.ZodMiniType>),
);
