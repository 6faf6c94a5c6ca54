// What `grammars/<language>/execution.json` says of running code: which program, by which harness, and how values are written.
import type { BuildRules } from './build-rules.ts';

export interface ExecutionRules {
  /**
   * Programs that run it, tried in order: a name that is looked up on the user's PATH, or a path from `{root}`, the
   * project's folder.
   */
  readonly programs: readonly string[];
  /** What the program is given before the harness: options that keep it from reading more than it is shown. */
  readonly parameters: readonly string[];
  /**
   * Absolute path of the program that asks candidates; `harness` in the file, relative to it. What it is sent and what it
   * answers is said in `server/validation/execution/protocol.ts`.
   */
  readonly harness: string;
  /** What runs it where nothing is installed to run it with, or nothing closes that in. */
  readonly embedded?: EmbeddedRules;
  /** Where a language is compiled: how candidates and questions become one program with the harness. */
  readonly build?: BuildRules;
  readonly environment: Readonly<Record<string, string>>;
  /** Regular expression (flags `gmu`) whose first group is the module that a line imports. */
  readonly imports: string;
  /** Regular expression over such a module: it is one of the same package, so that the file cannot be run alone. */
  readonly relative: string;
  /** Where a module lies that belongs to the project, from `{root}` and `{folder}`; `{module}` is its first part. */
  readonly local: readonly string[];
  /**
   * Modules of the project, from a folder at or above the file, of which the harness needs one: what compiles to a
   * language that the program runs.
   */
  readonly needs?: readonly string[];
  /** Regular expression (flags `mu`) with `{name}`: where a function of that name is defined at the top of a file. */
  readonly definition?: string;
  readonly values: ValueRules;
  readonly signs: SignRules;
  readonly properties?: PropertyRules;
}

/** How functions are checked for what holds whatever the answer is, by a library of the project that makes inputs of types. */
export interface PropertyRules {
  /** The library's name. */
  readonly library: string;
  /**
   * Folders that it lies in, one of them: from `{prefix}`, the folder of the program's installation, or `{above}`, each folder
   * from the file's up to the project's. A part `*` is any name.
   */
  readonly places: readonly string[];
  /** Absolute path of the program that the harness asks with it; in the file, relative to it. */
  readonly harness: string;
  /** How written types become code; absent where they are still there when the code runs. */
  readonly types?: Readonly<Record<string, TypeCode>>;
  /** Word before a type that changes nothing in its values (`readonly`). */
  readonly modifier?: string;
  /** What an error says, or a value that should not be there, by which the code is wrong. */
  readonly defects: readonly DefectRule[];
  /**
   * Regular expression (flags `mu`): where a function `{name}` is defined that takes one value of the type `{takes}` and gives
   * one of `{gives}`.
   */
  readonly maps: string;
  /** Regular expression (flags `mu`) over a file: what its functions give may differ from one call to the next. */
  readonly unsteady: string;
}

/**
 * A type as code: `{0}` is the first part's, `{all}` those of all parts, with commas. `[]` stands for a list, `[,]` for a tuple,
 * `|` for a union and `'` for a literal, which is `{text}`.
 */
export interface TypeCode {
  /** Expression of the library that makes values of it; absent where none are made. */
  readonly makes?: string;
  /** Expression that tells whether `value` is one; its parts are functions that tell so of theirs. */
  readonly fits: string;
}

export interface DefectRule {
  /** Regular expression over `TypeError: its message`, or over the value. */
  readonly text: string;
  /**
   * Only where none of these was passed: it may be the wrong index, count or key. `text` is one with something in it.
   */
  readonly without?: readonly PassedKind[];
}

export const passedKinds = ['number', 'text', 'map'] as const;
export type PassedKind = (typeof passedKinds)[number];

/** An interpreter in WebAssembly, as a package that the user may install. */
export interface EmbeddedRules {
  /** The package's name. */
  readonly package: string;
  /** Absolute path of the module that starts the interpreter with the harness; in the file, relative to it. */
  readonly host: string;
}

/** How values are written: what inputs are read from and written as. */
export interface ValueRules {
  readonly true: string;
  readonly false: string;
  readonly nothing: string;
  readonly list: readonly [open: string, close: string];
  readonly tuple?: readonly [open: string, close: string];
  /** With the mark between key and value. */
  readonly map?: readonly [open: string, close: string, mark: string];
  readonly set?: readonly [open: string, close: string];
  /** How an empty set is written, where its brackets would make something else. */
  readonly emptySet?: string;
  /** What marks an argument that is passed by name. */
  readonly keyword?: string;
  /** Whether whole numbers and others are told apart by a point. */
  readonly floats: boolean;
  /** Names of types, without their packages, and what their values are. */
  readonly types: Readonly<Record<string, ValueKind>>;
  /** Brackets around type arguments. */
  readonly brackets: readonly [open: string, close: string];
  /** Behind a type: a list of it (`[]`). */
  readonly many?: string;
  readonly union: string;
}

export const valueKinds = [
  'nothing',
  'boolean',
  'integer',
  'float',
  'text',
  'list',
  'tuple',
  'set',
  'map',
  'any',
  'optional',
  'union',
] as const;
export type ValueKind = (typeof valueKinds)[number];

/** Signs in a function's text that it is not finished, as regular expressions (flags `mu`). */
export interface SignRules {
  /** A statement that gives a value back. */
  readonly returns: string;
  /** Its group is an expression that is given back and depends on nothing: a literal. */
  readonly constant: string;
  /** A function that may do its work without giving anything back: one that yields, raises or prints. */
  readonly works: string;
  /** What is no code: comments and texts, replaced by nothing before a name is looked for. */
  readonly silent: string;
  /** Text that says "not written yet" within a line. */
  readonly unfinished: string;
}
