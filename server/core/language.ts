// What `grammars/<language>/language.json` says of a language: all that vouch knows of it and that is not a query.
import type { ExecutionRules } from './execution-rules.ts';
import type { JudgeRules } from './judge-rules.ts';
import type { TestRules } from './test-rules.ts';
import type { TypeRules } from './type-rules.ts';

export interface Language {
  /** The folder's name; also the LSP language id. */
  readonly id: string;
  readonly name: string;
  /** Further LSP language ids that mean the same. */
  readonly aliases: readonly string[];
  readonly extensions: readonly string[];
  readonly filenames: readonly string[];
  readonly comment: { readonly line?: string; readonly block?: readonly [open: string, close: string] };
  /** Whether it is a format of data or markup, in which no program is written. */
  readonly data?: boolean;
  /** Whether blocks are made by indentation rather than by brackets. */
  readonly indented: boolean;
  /** What one level of indentation is where the file shows none: spaces, or a tab. */
  readonly indent: string;
  /** How indentation makes blocks, where it does so by rules that can be broken. */
  readonly layout?: LayoutRules;
  /** How modules are named and found; absent where vouch does not resolve them. */
  readonly modules?: ModuleRules;
  /** Where its packages come from; absent where vouch does not know. */
  readonly packages?: PackageRules;
  /** Text of a body that says "not written yet", as regular expressions over the trimmed body. */
  readonly placeholders: readonly string[];
  /** Valid text that the grammar cannot read: an error that such a text touches is the grammar's. */
  readonly gaps?: readonly GrammarGap[];
  /** Names that are always bound: keywords that parse as identifiers, builtins. Environments live in `globals`. */
  readonly builtins: readonly string[];
  /**
   * Whether a file shows all that its names can mean, so that one which nothing in it binds is an error. `package`: what
   * they can mean besides comes from other files, which `Project.sharedNames` tells.
   */
  readonly closed?: boolean | 'package';
  /** How code of tests is told from other code; absent where only the place of a file tells it. */
  readonly testCode?: TestCodeRules;
  /** Where tests of `src/a/name.ext` go, with `{folder}` (of the source), `{root}` and `{stem}`: `{root}/tests/test_{stem}.py`. */
  readonly tests?: string;
  /** Types of its values; absent where vouch infers none. Kept in `types.json` beside `language.json`. */
  readonly types?: TypeRules;
  /** Programs that judge it; absent where vouch knows none. Kept in `judges.json` beside `language.json`. */
  readonly judges?: JudgeRules;
  /** How it is run; absent where vouch does not. Kept in `execution.json` beside `language.json`. */
  readonly execution?: ExecutionRules;
  /** Programs that run a project's tests; absent where vouch knows none. Kept in `tests.json` beside `language.json`. */
  readonly testRunners?: TestRules;
  readonly grammar: { readonly package: string; readonly wasm: string; readonly native?: string };
}

export interface TestCodeRules {
  /** Regular expression: text that a file of tests has, where its name or folder says that it is one. */
  readonly text: string;
  /** Regular expression: what stands before a declaration by which all of it is a test, in any file. */
  readonly mark?: string;
}

export interface LayoutRules {
  /** What a line ends with that a block must follow: `:`. No other line may be followed by a deeper one. */
  readonly opener: string;
  /** The words that such a line begins with; one that begins otherwise opens no block. */
  readonly headers: readonly string[];
  /** The character that joins its line with the next one: `\\`. */
  readonly continuation: string;
  /** Columns from one tab stop to the next. Indentation whose depth depends on this figure is an error. */
  readonly tab: number;
}

export interface GrammarGap {
  /** A regular expression. */
  readonly text: string;
  /**
   * Whether one such text makes the grammar's errors doubtful in the whole file: a template of another language, macros.
   * There an error counts only where an edit brought it in.
   */
  readonly whole?: boolean;
  /** Regular expression over the file's name, where it is valid in some files only. */
  readonly files?: string;
}

export interface ModuleRules {
  /** The naming scheme: `a.b.c` with leading dots; `./a/b`; package folders; `crate::a`; one class a file. */
  readonly scheme: 'dotted' | 'path' | 'folder' | 'crate' | 'class';
  /** Tried in order after the module's path. */
  readonly extensions: readonly string[];
  /** File names that stand for their folder. */
  readonly index: readonly string[];
  /** Files whose folder is a root to resolve from. */
  readonly manifests: readonly string[];
  /** What an extension in an import may stand for on disk: that of a compiler's output for its sources. */
  readonly sources?: Readonly<Record<string, readonly string[]>>;
  /** First names of the standard library's modules: a workspace file of such a name may not be the one meant. */
  readonly standard?: readonly string[];
  /** How one name is imported where the file has no import to copy: `from {module} import {name}`. */
  readonly statement?: string;
  /** Names of folders that the language's own tools leave out: what is in them need not be right. */
  readonly unbuilt?: readonly string[];
  /** Regular expression over a manifest: it names tools that write sources as the project is built. */
  readonly generators?: string;
  /** File of the package with what the standard library's modules offer: module to name to that one's members. */
  readonly offers?: string;
  /** Those of them that most programs use; a name of another one is never taken to be meant without asking. */
  readonly common?: readonly string[];
  /** How a module is imported whole, where that is written otherwise than the import of a name: `import {module}`. */
  readonly wholeStatement?: string;
  /** Regular expression over modules that are the same wherever a file names them, where others count from what is around. */
  readonly absolute?: string;
  /** The module that means what is around the file. */
  readonly outer?: string;
  /** The module of those whose names need no import. */
  readonly implicit?: string;
  /** Regular expression over a line that stays ahead of all imports: `^package `. */
  readonly header?: string;
}

export interface PackageRules {
  /** Whose manifests, installations and names count. */
  readonly ecosystem: 'pypi' | 'npm' | 'gomod' | 'cargo' | 'maven';
  /** The folder under `grammars/` in whose `packages/` lies what is known of the ecosystem. */
  readonly data: string;
  /** Whether the names that came with vouch are all that are public: then even an import that may fail by intent can be judged. */
  readonly complete?: boolean;
  /** Functions that import the module that their first argument names. */
  readonly importers?: readonly string[];
  /** Whether the first name of a module may be one that the file binds, or that a wildcard brings into it. */
  readonly local?: boolean;
}
