// The form of `types.json`. What each field means is said in core/type-rules.ts.
import * as z from 'zod/mini';
import type { TypeRules } from '../../core/type-rules.ts';

const names = z._default(z.array(z.string()), []);
const positions = z._default(z.record(z.string(), z.number()), {});
const text = z.optional(z.string());

export const typeRulesFile = z.strictObject({
  literals: z._default(
    z.array(z.strictObject({ text: z.string(), type: z.string(), enclosed: z.optional(z.boolean()) })),
    [],
  ),
  classMembers: names,
  rootType: text,
  builtinModule: text,
  construction: text,
  constructors: names,
  receiver: text,
  otherReceiver: text,
  lenientCalls: z.optional(z.boolean()),
  assignsOutward: z.optional(z.boolean()),
  data: text,
  many: z.optional(z.tuple([z.string(), z.string()])),
  base: text,
  onClass: names,
  onNothing: names,
  property: names,
  transparent: names,
  otherResult: names,
  fieldConstructors: names,
  openConstructors: names,
  dynamicMembers: names,
  dynamicClass: text,
  dynamicModule: text,
  abstractClass: text,
  emptyBase: text,
  structuralBase: text,
  anything: names,
  union: z.string(),
  brackets: z.tuple([z.string(), z.string()]),
  nothing: names,
  anyOf: names,
  orNothing: names,
  first: names,
  self: names,
  aliases: z._default(z.record(z.string(), z.string()), {}),
  elements: positions,
  items: positions,
  unseen: names,
  expected: text,
  guards: text,
  slips: z._default(z.record(z.string(), z.record(z.string(), z.string())), {}),
  silent: text,
  signatures: z.strictObject({ function: z.string(), class: z.string(), value: z.string() }),
} satisfies Record<keyof TypeRules, z.ZodMiniType>);
