// What `grammars/<language>/judges.json` says of the programs that can judge the language: how each is found, started and
// understood.

/** Judges of a language in the order of preference: of one `group`, the first that is there is asked. */
export type JudgeRules = readonly JudgeTool[];

/**
 * A program. In its texts, `{root}` stands for the project's folder, `{environment}` for the virtual environment nearest
 * to the file, `{packages}` for the folder of installed packages nearest to it, `{scratch}` for an empty folder that
 * lasts as long as the program; a text whose place does not exist is left out, together with the setting that it is for.
 * For a compiler there are besides `{path}`, `{folder}` (of the manifest, in which it runs), `{package}` (the file's
 * folder from there) and `{home}`, as whole parameters `{dependents}` (paths of files that may not fit the file any more)
 * and `{dependentpackages}` (their folders, as `{package}`), and neither `{scratch}` nor variables but those that are named.
 */
export interface JudgeTool {
  /** As in `types/TOOL`. */
  readonly name: string;
  /** Those that would say the same of a file; its own name where absent. */
  readonly group?: string;
  /** The program, looked for in the project and in the PATH, and its parameters. */
  readonly command: readonly string[];
  /** Files of which one must stand in the file's folder or above it, up to the project's own. */
  readonly manifests?: readonly string[];
  /** The npm package that the program must be part of. */
  readonly package?: PackageRequirement;
  /** The npm package that must be installed for the project, or beside the program. */
  readonly needs?: PackageRequirement;
  /** Variables beside those of vouch's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly server?: ServerRules;
  readonly compiler?: CompilerRules;
  /** Of a language that has the judges of another, and is judged by them on demand only. */
  readonly onDemand?: OnDemand;
}

/** What of a file, or of the project, asks for its types to be judged; without it that nothing was found says nothing. */
export interface OnDemand {
  /** Regular expression over the file. */
  readonly text: string;
  /** Files of which the nearest one asks for it, where its text matches `setting`. */
  readonly manifests: readonly string[];
  /** Regular expression. */
  readonly setting: string;
  /** Said where nothing asks for it. */
  readonly otherwise: string;
}

export interface PackageRequirement {
  readonly name: string;
  /** Major versions. */
  readonly from?: number;
  readonly below?: number;
}

/** A language server. */
export interface ServerRules {
  /** What a file's language is called by the protocol, by extension; the language's id where absent. */
  readonly languageIds?: Readonly<Record<string, string>>;
  readonly initializationOptions?: Readonly<Record<string, unknown>>;
  /** What it is told when it asks for its settings, by section. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The notification by which it says that it has read the project. */
  readonly ready?: ReadySign;
  /** Capabilities of ours beside the usual, which it wants to see before it sends such notifications. */
  readonly experimental?: Readonly<Record<string, unknown>>;
  /** Commands that give a file's diagnostics, where it has them and neither answers when asked nor says when it is done. */
  readonly commands?: readonly CommandQuestion[];
  /** Milliseconds of silence after which what it has published for a text is all that it has to say; 0 where it says all at once. */
  readonly settle?: number;
  /** Codes of diagnostics that say nothing of the code, but that it belongs to no project that the server knows. */
  readonly outside?: readonly string[];
  /** What stands between a value and its member; `.` where absent. */
  readonly member?: string;
  /** Whether it judges other files by what it was shown of this one, and not by what is on disk; `true` where absent. */
  readonly judgesOthers?: boolean;
}

/** A notification with a field that has one of the values. */
export interface ReadySign {
  readonly notification: string;
  readonly field: string;
  readonly values: readonly unknown[];
  /** That it has read it, but not all that it takes to judge: another judge is asked, and its `message` is the reason. */
  readonly unless?: { readonly field: string; readonly values: readonly unknown[] };
}

/** A command of `workspace/executeCommand` that answers with diagnostics; `{path}` and `{uri}` in its arguments are the file's. */
export interface CommandQuestion {
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** A compiler, run over a copy of the project. */
export interface CompilerRules {
  /**
   * Regular expression over its output, by lines, with the groups `path`, `line`, `message` and, where it has them,
   * `column`, `severity` and `code`. Lines and columns count from 1.
   */
  readonly diagnostic: string;
  /** What columns count: bytes, or places on a display with a tab stop at each eighth; characters where absent. */
  readonly columns?: 'bytes' | 'display';
  /** Further paths that it reads: itself, installed packages. `~` is the user's home, `$NAME` a variable; those that do not exist are left out. */
  readonly readable?: readonly string[];
  /** Regular expression over lines of its output, by which it says that it has not looked at all: what it could not read, or find. */
  readonly stops?: string;
  /**
   * What it compiles as one, the files of a folder or all below the manifest: what needs another such unit is not looked at
   * where that has errors. Absent where errors of one file keep it from no other.
   */
  readonly unit?: 'folder' | 'manifest';
  /** Whether it runs code of the project as it compiles (build scripts, macros): that needs a sandbox, or a yes to doing without. */
  readonly runsProject?: boolean;
}
