// What is said between vouch and a harness: one request in, one line of JSON an answer out. Answers come from a process that
// runs unknown code, so they are parsed as any foreign text, and each begins with a mark that only the harness was told.
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { DefectRule } from '../../core/execution-rules.ts';
import type { HarnessLimits } from './limits.ts';

export type Question = CompiledQuestion | PropertyQuestion;
export type CompiledQuestion = ExampleQuestion | InputQuestion | AssertionQuestion;

/** Evaluated in one namespace a candidate, in order, so that a session's later lines see what its first ones made. */
export interface ExampleQuestion {
  readonly kind: 'example';
  readonly form: string;
  readonly code: string;
  readonly expected?: string;
  readonly raises?: string;
  /** Lines of its block before it. Where candidates are compiled, no question sees what another one has made. */
  readonly setup?: string;
}

/** The unit called with arguments. */
export interface InputQuestion {
  readonly kind: 'input';
  /** Expression that makes the instance, for a method. */
  readonly receiver?: string;
  readonly arguments: readonly string[];
  readonly keywords: Readonly<Record<string, string>>;
}

/** Statements that raise where they do not hold, in a namespace of their own. */
export interface AssertionQuestion {
  readonly kind: 'assertion';
  readonly code: string;
}

/** What holds whatever the right answer is, by the words of its page. */
export type Property = 'errors' | 'type' | 'steady' | 'unchanged' | 'idempotent' | 'round-trip';

/** A function called with inputs that a library makes of its written types. */
export interface PropertyQuestion {
  readonly kind: 'property';
  readonly property: Property;
  readonly name: string;
  /** The function that undoes what this one does. */
  readonly back?: string;
  /** Where types are gone when the code runs: expressions that make values, and one that tells results. */
  readonly parameters?: readonly {
    readonly name: string;
    readonly makes: string;
    readonly optional: boolean;
  }[];
  readonly returns: { readonly written: string; readonly fits?: string };
  /** Whether its comment says that arguments stay as they are. */
  readonly strict: boolean;
  /** Whether its comment says that there is something in what it takes, so that what is empty may fail. */
  readonly filled: boolean;
}

/** For the module beside the harness that answers such questions. */
export interface PropertyRequest {
  /** Its absolute path; in the request its file's name. */
  readonly harness: string;
  /** Folder that the library is installed in. */
  readonly library: string;
  /** Calls for one property. */
  readonly examples: number;
  readonly defects: readonly DefectRule[];
  /** Names of errors that are meant besides those that the project's own code raises. */
  readonly allowed: readonly string[];
}

export interface HarnessRequest {
  /** What answers begin with. The harness keeps it from the candidates, which could write answers of their own. */
  readonly mark: string;
  readonly path: string;
  readonly root: string;
  /** Whether the file stands in a copy of its project, and is imported under the name that it has there. */
  readonly project: boolean;
  readonly name: string;
  readonly owner?: string;
  readonly candidates: readonly string[];
  readonly questions: readonly Question[];
  readonly limits: HarnessLimits;
  /** Real path of the module that `needs` names. */
  readonly needs?: string;
  /** Path of the module of an embedded interpreter. */
  readonly embedded?: string;
  readonly properties?: PropertyRequest;
}

const outcome = z.union([
  z.object({ kind: z.literal('passed'), actual: z.optional(z.string()), tool: z.optional(z.string()) }),
  z.object({
    kind: z.literal('failed'),
    actual: z.optional(z.string()),
    raised: z.optional(z.string()),
    /** Of a property: the smallest call by which it does not hold, and the library that found it. */
    call: z.optional(z.string()),
    tool: z.optional(z.string()),
  }),
  /** A line of a session that only sets something up. */
  z.object({ kind: z.literal('ran') }),
  z.object({
    kind: z.literal('value'),
    value: z.string(),
    changed: z.optional(z.string()),
    printed: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('raised'), raised: z.string() }),
  z.object({ kind: z.literal('timeout') }),
  /** It ended its own process, or the system did. */
  z.object({ kind: z.literal('died') }),
  /** The question itself makes no sense for it. */
  z.object({ kind: z.literal('unclear'), why: z.string() }),
  z.object({ kind: z.literal('unloadable'), why: z.string(), raised: z.optional(z.string()) }),
]);
export type HarnessOutcome = z.infer<typeof outcome>;

const answer = z.tuple([z.int(), z.int(), outcome]);

/** Told where a batch ended before its turn came. */
export const notAsked = 'there was no time left to run it';
export const unasked: HarnessOutcome = { kind: 'unclear', why: notAsked };

/** One that no candidate can guess. */
export const newMark = (): string => randomBytes(16).toString('hex');

export interface Answers {
  readonly rows: readonly (readonly HarnessOutcome[])[];
  /** Whether the harness came to ask anything, where it says so: compiled ones do. */
  readonly begun: boolean;
  /** Whether all was asked. */
  readonly complete: boolean;
  /** Why the harness can run nothing here. */
  readonly cannot?: string;
}

const refusal = z.object({ cannot: z.string() });

/**
 * Reads a harness's answers into one row a candidate, one outcome a question.
 * @returns lines that are no answers, or do not begin with the mark, are passed over.
 */
export function readAnswers(output: string, mark: string, candidates: number, questions: number): Answers {
  const rows = Array.from({ length: candidates }, () => new Array<HarnessOutcome>(questions).fill(unasked));
  let begun = false;
  let complete = false;
  for (const marked of output.split('\n')) {
    if (!marked.startsWith(mark)) continue;
    const line = marked.slice(mark.length);
    if (line === '"begun"') begun = true;
    if (line === '"done"') complete = true;
    const refused = line.startsWith('{') ? refusal.safeParse(parseJson(line)) : undefined;
    if (refused?.success) return { rows, begun, complete: false, cannot: refused.data.cannot };
    if (!line.startsWith('[')) continue;
    const parsed = answer.safeParse(parseJson(line));
    const row = parsed.success ? rows[parsed.data[0]] : undefined;
    if (!parsed.success || !row) continue;
    const [, question, told] = parsed.data;
    if (question === -1) row.fill(told);
    else if (question >= 0 && question < questions) row[question] = told;
  }
  return { rows, begun, complete };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // Cut off by a limit, or written by the code itself: no answer.
  }
}
