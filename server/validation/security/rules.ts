// The shape of `grammars/<language>/security.json`: what is known of a language's libraries, as data.
import * as z from 'zod/mini';
import { levels } from './value.ts';

/**
 * Dotted names: `subprocess.run` as imports and definitions resolve it, `Client().send` for a method of what a call
 * returns, `*.execute` for a method of anything, `random.*` for all of a module. `{a,b}` stands for either.
 */
const names = z.array(z.string());

/** An argument by its place (`0`), its keyword (`"sql"`), its receiver (`"receiver"`), or all of them (`"*"`). */
const argument = z.union([z.number(), z.string()]);

/** Argument to a regular expression over what is passed: its resolved name, its constant text in quotes, or as written. */
const conditions = z.record(z.string(), z.string());

const fix = z.strictObject({
  title: z.string(),
  /** The last name of the callee becomes this, where it is asked of its module: a bare name would need an import. */
  name: z.optional(z.string()),
  /** What is passed for an argument, or assigned (`value`), becomes this. A module that it names must be imported. */
  set: z.optional(z.record(z.string(), z.string())),
  /** Keywords that are left out, with their values. */
  drop: z.optional(z.array(z.string())),
});
export type FixRule = z.infer<typeof fix>;

const sink = z.strictObject({
  cwe: z.number(),
  /** Calls that it is about. */
  calls: z.optional(names),
  /** Calls by the last name, where no list is complete: a regular expression. */
  callsLike: z.optional(z.string()),
  /** Members that something is assigned to. */
  assigns: z.optional(names),
  /** What a handler of requests hands back. */
  returns: z.optional(z.boolean()),
  /** What something is divided by, whatever was made of it on the way. */
  divides: z.optional(z.boolean()),
  /** A regular expression over the text, for what is no call. It must begin in code or with a literal. */
  text: z.optional(z.string()),
  /** Where the value comes in: any of these. Of an assignment it is what is assigned. */
  arguments: z._default(z.array(argument), []),
  /** The weakest origin that counts. Absent: the call is the fault whatever is passed. */
  from: z.optional(z.enum(levels)),
  /** Weaker origins count where the constant text around them matches this, and they stand where values do. */
  built: z.optional(
    z.strictObject({ text: z.string(), from: z.enum(levels), values: z._default(z.boolean(), false) }),
  ),
  /** All must hold. */
  when: z.optional(conditions),
  /** None may hold; for an argument that is absent none does. */
  unless: z.optional(conditions),
  /** Arguments that must be absent. */
  without: z._default(z.array(argument), []),
  /** What the result is called, or the function around it: a regular expression. */
  named: z.optional(z.string()),
  /** A regular expression over the text of the file: the rule holds only where it is found. */
  file: z.optional(z.string()),
  /** The same the other way round: one that must not be found. */
  notFile: z.optional(z.string()),
  message: z.string(),
  /** Cautious advice rather than a fault: it is shown as information at most. */
  weak: z._default(z.boolean(), false),
  fix: z.optional(fix),
});
export type Sink = z.infer<typeof sink>;

const source = z.strictObject({ names, level: z.enum(levels) });

/** Parameters that requests fill: those of functions with such a decorator, of such a type, or after such a first one. */
const handlers = z.strictObject({
  decorators: z._default(names, []),
  /** Regular expression over the written type of a parameter, which is itself from the request. */
  types: z.optional(z.string()),
  /** Regular expression over the text before the parameter's name, annotations included. */
  annotations: z.optional(z.string()),
  /** Name of a first parameter that makes the others part of the request. */
  first: z.optional(z.string()),
});

export const rulesSchema = z.strictObject({
  /** Other folders whose rules hold too. */
  inherits: z._default(z.array(z.string()), []),
  sources: z._default(z.array(source), []),
  handlers: z.optional(handlers),
  /** Names of parameters that are the object itself. */
  selves: z._default(names, []),
  /** Regular expression over written types whose values cannot carry an attack: numbers, truth values. */
  harmlessTypes: z.optional(z.string()),
  /** Calls whose result is harmless for these weaknesses (`*`: for all). */
  cleaners: z._default(
    z.array(z.strictObject({ calls: names, for: z.array(z.union([z.number(), z.string()])) })),
    [],
  ),
  /** Calls that hand on what they are given, beside methods of what is given. */
  carriers: z._default(names, []),
  /** Calls that hand on a part of what they are called on; what they are given says which. */
  parts: z._default(names, []),
  /** Calls that fill a format with what follows: name to the place of the format, `receiver` included. */
  formats: z._default(z.record(z.string(), argument), {}),
  /** Methods that put their arguments into what they are called on. */
  adders: z._default(names, []),
  /** Calls that write into an argument: name to the places of the target and of the first thing that is written. */
  writers: z._default(z.record(z.string(), z.tuple([z.number(), z.number()])), {}),
  /** Regular expression over a condition, in which `NAME` stands for the value: where it holds, somebody has looked. */
  guards: z._default(
    z.array(z.strictObject({ text: z.string(), for: z.array(z.union([z.number(), z.string()])) })),
    [],
  ),
  /** Words by which a condition begins. */
  conditions: z._default(names, []),
  sinks: z._default(z.array(sink), []),
});
export type SecurityRules = z.infer<typeof rulesSchema>;
export type HandlerRule = z.infer<typeof handlers>;
