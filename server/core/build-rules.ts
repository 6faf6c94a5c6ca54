// What `build` in `grammars/<language>/execution.json` says: how candidates, questions and the harness become one program.
//
// Texts are templates. Words in braces are replaced: `{candidate}`, `{question}` and `{round}`, numbers; `{file}` and
// `{folder}`, of the unit's file; `{package}`, `{module}` and `{sources}`, see below; `{name}` and `{owner}` of the unit; and the
// language's own `words`. A line of `files` or `joined` that names a candidate or a question stands once for each.

export interface BuildRules {
  /** Folders that compilers keep their work in, and what they read besides; in the form that `tests.json` has them. */
  readonly caches: readonly string[];
  readonly readable: readonly string[];
  /**
   * A file at or above the unit's that makes its folder part of a project, and a regular expression for the name in it: with
   * the way from there to the unit's folder, that is the `{module}`.
   */
  readonly manifest?: { readonly file: string; readonly module: string };
  /** Regular expression (flags `mu`) whose first group is the `{package}` that a file names. */
  readonly package?: string;
  /**
   * Words of the language's own: their text for a file that is compiled alone, and for one in its project. Without
   * `manifest`, a file is in its project where its folder ends with its package; `{sources}` is what stands before that.
   */
  readonly words: Readonly<Record<string, { readonly alone: string; readonly within: string }>>;
  /** Folder of the program, from the workplace's root, another one in each round; all paths below begin there. */
  readonly place: string;
  readonly harness: string;
  readonly candidate: string;
  /** Changes to a candidate's text that let it stand beside others and be called: regular expressions (flags `gmu`). */
  readonly changes: readonly { readonly pattern: string; readonly text: string }[];
  /** Regular expression over the names of files beside the unit's, without which that one is not compiled. */
  readonly companions?: string;
  /** Lines that follow a candidate's text. */
  readonly joined: readonly string[];
  /** Further files by their paths. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly question: QuestionRules;
  readonly compile: {
    readonly parameters: readonly string[];
    /** Regular expression (flags `gmu`) with the groups `path`, `line` (from 1) and `message`. */
    readonly error: string;
  };
  /** The program that runs what was built. It is given where to begin and its limits besides. */
  readonly run: { readonly program: string; readonly parameters: readonly string[] };
}

/**
 * The file of one question. `{setup}`, `{code}` and `{expected}` stand on lines of their own, so that an error is known to be
 * in one of them: a set-up that does not compile is left out, code is tried with the next receiver, and where what is
 * expected is no expression, `written` is taken. `{written}` and `{error}` are texts of the language.
 */
export interface QuestionRules {
  readonly path: string;
  /** Around the texts below, whose place is `{body}`; `{imports}` are those of the candidate. */
  readonly text: readonly string[];
  readonly example: readonly string[];
  readonly written: readonly string[];
  readonly raises: readonly string[];
  readonly input: readonly string[];
  readonly assertion?: readonly string[];
  /** How an import stands in a candidate, with the group `import` and, where unused ones are errors, `name`. */
  readonly imports?: { readonly pattern: string; readonly text: string };
  /** Regular expressions (flags `gmu`) over code: what names its own package, and is left out. */
  readonly own: readonly string[];
  /** What may stand before a call of the unit that is written without anything before it. */
  readonly receivers: readonly string[];
}
