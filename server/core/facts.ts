// What a file says, as plain data: the parse without the tree. Made by input/syntax, read by checks, retrieval
// and requests. Offsets refer to the text that the facts were made from.
import type { Span } from './span.ts';

export type SymbolKind =
  | 'function' | 'method' | 'constructor' | 'class' | 'interface' | 'type' | 'enum' | 'module'
  | 'variable' | 'constant' | 'field'; // biome-ignore format: a table

/** A parameter as its declaration writes it. */
export interface ParameterFact {
  readonly name: string;
  readonly span: Span;
  /** How an argument may reach it: by place only, by either, by keyword only, or all that is left. */
  readonly kind: 'positional' | 'either' | 'keyword' | 'rest' | 'keyword-rest';
  /** Whether a call may leave it out: it has a default, or is marked so. */
  readonly optional: boolean;
  /** The written type, without its mark. */
  readonly type?: Span;
}

/** A declaration. Parameters and local variables are not symbols. */
export interface SymbolFact {
  /** What declares no name has its first token: `new`, `(` and `[` for an interface's unnamed signatures. */
  readonly name: string;
  readonly kind: SymbolKind;
  /** All of it, with decorators and attributes, without the doc comment before it. */
  readonly span: Span;
  readonly nameSpan: Span;
  /** From its first keyword to just before the body: what a reader needs to call it. */
  readonly signature: Span;
  /** What the implementation replaces: inside of the braces, or the indented block. Absent where it has none. */
  readonly body?: Span;
  /** Doc comment before it, or docstring inside it, with its comment marks. */
  readonly doc?: Span;
  /**
   * Index in the same list of the symbol that it is a member of: the one that encloses it; the class, for what a method
   * sets on its object (`self.x = 1`); the receiver's type, for a method outside of it, which may then stand before it.
   */
  readonly container?: number;
  /** The name that a method gives to its object, where that is written outside of the parameters. */
  readonly receiver?: Span;
  /** The name of the type that it is a method of, where that is declared in another file. */
  readonly owner?: string;
  /** In order, as written: a `self` where the language writes it there. Absent where the declaration takes none. */
  readonly parameters?: readonly ParameterFact[];
  /** The written type of what it returns. */
  readonly returns?: Span;
  /** The written type of a variable, constant or field. */
  readonly type?: Span;
  /** What a variable, constant or field is first set to; what a type alias stands for. */
  readonly value?: Span;
  /** What a class, interface or enum extends, implements or embeds, one span each. */
  readonly bases?: readonly Span[];
  /**
   * Keywords and names of decorators or annotations in front of it, without marks and arguments: `static`, `async`,
   * `property`, `functools.cache`, `Override`. Empty where there are none.
   */
  readonly modifiers: readonly string[];
}

/** What a file says that others may import from it, in languages that say so. */
export interface ExportFact {
  /**
   * As others ask for it: `default`; `*` for all names of `module`, or without a module for names that cannot be told;
   * `=` where the module itself is that value (`module.exports = f`, `export = f`).
   */
  readonly name: string;
  /** The name it has in this file or, with `module`, in that; absent where there is none. */
  readonly local?: string;
  /** The module it is handed on from. */
  readonly module?: string;
  readonly span: Span;
  readonly typeOnly: boolean;
}

export interface ImportedName {
  readonly name: string;
  /** The name it is bound to here. */
  readonly local: string;
  readonly span: Span;
}

export interface ImportFact {
  /** The whole statement. */
  readonly span: Span;
  /** As written, without quotes: `./a`, `..pkg.mod`, `os.path`, `crate::core`, `java.util.List`. */
  readonly module: string;
  readonly moduleSpan: Span;
  readonly names: readonly ImportedName[];
  /** The name that the module itself is bound to; absent where none is. */
  readonly namespace?: string;
  /** `from m import *`, `export * from`, `use m::*`: brings names that only the module knows. */
  readonly wildcard: boolean;
  /** Guarded (`try: … except ImportError`, `if TYPE_CHECKING`, inside a function): it may be absent by intent. */
  readonly optional: boolean;
  /** Only types cross it. */
  readonly typeOnly: boolean;
}

export interface CallFact {
  readonly span: Span;
  /** The last name of the callee: `c` in `a.b.c(…)`. */
  readonly name: string;
  readonly nameSpan: Span;
  /** What stands before the last dot: `a.b` in `a.b.c(…)`. */
  readonly receiver?: Span;
  readonly arguments: readonly ArgumentFact[];
}

export interface ArgumentFact {
  /** All of it, with keyword or spread mark. */
  readonly span: Span;
  /** What is passed. */
  readonly value: Span;
  /** The keyword it is passed by. */
  readonly keyword?: string;
  /** `*rest`, `**rest`, `...rest`: stands for any number of arguments. */
  readonly spread: boolean;
}

/** A member that is asked for by name: `a.b` in `a.b.c(…)` as well as `a.b.c`. Calls are among them. */
export interface MemberFact {
  /** From the beginning of the receiver to the end of the name. */
  readonly span: Span;
  /** What stands before the dot. */
  readonly receiver: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly access: 'read' | 'write' | 'delete' | 'call';
  /** May be absent by intent: `a?.b`, inside `hasattr(a, "b")` or `try: … except AttributeError`. */
  readonly doubtful: boolean;
}

/** A place where a name or another target gets a value: what local inference and the flow of data are read from. */
export interface AssignmentFact {
  readonly span: Span;
  readonly target: Span;
  /** The target where it is a plain name. */
  readonly name?: string;
  /** What is assigned; for `for` what is gone through, for `with` what is entered. Absent in a mere declaration. */
  readonly value?: Span;
  /** The written type. */
  readonly type?: Span;
  /** `part`: the target is one of several that take the value apart. */
  readonly kind: 'assign' | 'augment' | 'part' | 'each' | 'with';
  /** Whether it makes the name, in languages in which an assignment may also be to a name of what is around it. */
  readonly declares?: true;
}

/** A function that stands where a value does, whether or not it is given a name there. */
export interface FunctionFact {
  readonly span: Span;
  /** The list of its parameters with its brackets, or the only one. */
  readonly parameters: Span;
  /** The block, or the expression that it gives back. */
  readonly body: Span;
  /** The written type of what it returns. */
  readonly returns?: Span;
}

/** A name that is used, bound or not. */
export interface ReferenceFact {
  readonly name: string;
  readonly span: Span;
}

export interface CommentFact {
  readonly span: Span;
  /** Documents the declaration that follows (or, as a docstring, the one around it). */
  readonly doc: boolean;
}

export interface SyntaxErrorFact {
  readonly span: Span;
  readonly kind: 'error' | 'missing';
  /** What is missing, as the grammar names it: `)`, `identifier`. */
  readonly expected?: string;
  /** The parser was lost over several lines and the place is where it began to be, not where the trouble is. */
  readonly vague?: boolean;
}

/** A construct that the grammar reads and the language rejects. */
export interface ForbiddenFact {
  readonly span: Span;
  /** What is wrong, as the end of a sentence that begins with what kind of error it is. */
  readonly message: string;
  /** More text after it can make it right. */
  readonly unfinished: boolean;
  /** It is wrong because of what stands around it: not certain where an error elsewhere hides what that is. */
  readonly depends: boolean;
}

/** A use of a name that no scope of this file binds. */
export interface NameUse {
  readonly name: string;
  readonly span: Span;
  /** A type position where the language keeps types and values apart. */
  readonly space: 'value' | 'type';
  /**
   * The use cannot fail or is not certain to be one: guarded by `typeof x`, `except NameError`, a `globals()`
   * trick, inside a region with a syntax error.
   */
  readonly doubtful: boolean;
  /**
   * Written types, of the scopes around it, whose members are seen bare in it: base classes where the language has them
   * looked up so. Absent where there are none.
   */
  readonly through?: readonly string[];
}

export interface Binding {
  readonly name: string;
  readonly span: Span;
  readonly kind: 'parameter' | 'variable' | 'function' | 'class' | 'import' | 'type';
}

/** Statement or block boundaries around a place: what a completion may fill and where it must end. */
export interface BlockFact {
  /** The whole construct, header included. */
  readonly span: Span;
  /** Inside of the braces, or the indented block. */
  readonly body: Span;
}

export interface FileFacts {
  readonly languageId: string;
  readonly symbols: readonly SymbolFact[];
  readonly imports: readonly ImportFact[];
  readonly calls: readonly CallFact[];
  readonly members: readonly MemberFact[];
  readonly assignments: readonly AssignmentFact[];
  /** Functions that are values; empty for languages whose queries tell none. */
  readonly functions: readonly FunctionFact[];
  /** All uses of names in order: members, keywords and declarations are none. */
  readonly references: readonly ReferenceFact[];
  /** Empty where the language exports by place or by name (its top level, a capital letter). */
  readonly exports: readonly ExportFact[];
  readonly comments: readonly CommentFact[];
  /** String literals, quotes included: places in which code-looking text is not code. */
  readonly strings: readonly Span[];
  readonly errors: readonly SyntaxErrorFact[];
  /** Empty where the grammar is as strict as the language, as far as is known. */
  readonly forbidden: readonly ForbiddenFact[];
  /** Names that no scope of the file binds; empty for languages without scope rules. */
  readonly unresolved: readonly NameUse[];
  /** Whether something in the file can bind names unseen: a wildcard import, `exec`, `eval`, `with` in JavaScript. */
  readonly opaque: boolean;
  /** Names bound at the top level, which other files can import or, for scripts, see. */
  readonly topLevel: readonly Binding[];
  /** Whether other files see its top level without importing it (a script, not a module). */
  readonly script: boolean;
}
