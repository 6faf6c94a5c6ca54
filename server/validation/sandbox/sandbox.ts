// Where code runs: a writable copy of a project, or of a few files, and programs started in it that cannot leave it.
import type { Run } from '../../core/run.ts';

export interface Sandbox {
  readonly name: 'bubblewrap' | 'container' | 'restricted';
  /**
   * `closed`: no network, nothing of the machine that was not given, and everything ends with it. `best-effort`: limits
   * and an empty environment only; it never runs a project's own tests unless the user said yes to that.
   */
  readonly isolation: 'closed' | 'best-effort';
  /**
   * Makes a place to run in. Two of them never see each other.
   * @throws Error that says what to do, when the place cannot be made (no room on disk, project over the limit).
   */
  open(run: Run, contents: Contents): Promise<Workplace>;
}

export interface Contents {
  /**
   * Absolute path of a folder that appears at the same path, as a copy that may be written. Best effort has it at another
   * path, see `Workplace.root`. Absent: an empty folder.
   */
  readonly project?: string;
  /** Files put over it: absolute path in the project, or path relative to the workplace's root, to text. */
  readonly files?: Readonly<Record<string, string>>;
  /** Further absolute paths that may be read: an interpreter, installed packages, a package manager's cache. */
  readonly readable?: readonly string[];
  /**
   * Folders that compilers keep their work in: seen as they are, and what is written to them is kept in the workplace. Where
   * no layer can be laid over them they are empty at first; best effort has the folders themselves.
   */
  readonly caches?: readonly string[];
}

export interface Workplace extends AsyncDisposable {
  /** The folder that programs run in, as they see it. */
  readonly root: string;
  /** Changes a file of the copy; absolute in the project or as programs see it, or relative to the root. */
  write(path: string, text: string): Promise<void>;
  /** A file of the copy, as programs left it; `undefined` where there is none, or none that may be read. */
  read(path: string): Promise<string | undefined>;
  /**
   * Runs a program to its end, and ends all that it started. In a workplace with a project one program may have to wait
   * for the other. Never throws for what the program does.
   * @throws the abort reason when the run ends: everything that was started is dead by then.
   */
  execute(run: Run, command: Command): Promise<Outcome>;
}

export interface Command {
  /** Absolute path of a program, or a name that is looked up where the user's programs are. */
  readonly program: string;
  readonly parameters: readonly string[];
  /** Folder relative to the root. */
  readonly folder?: string;
  readonly input?: string;
  /** All variables that it sees besides PATH, HOME, LANG and TMPDIR. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
}

export interface Limits {
  readonly milliseconds: number;
  /** Bytes of memory of one process. */
  readonly memory: number;
  readonly processes: number;
  /** Bytes of standard output and error together, after which it is ended. */
  readonly output: number;
  /** Bytes of one file that it writes. */
  readonly file: number;
}

/** Enough for a test run, too little to hurt the machine it runs on. */
export const defaultLimits: Limits = {
  milliseconds: 10_000,
  memory: 2 * 1024 ** 3,
  processes: 128,
  output: 4 * 1024 ** 2,
  file: 64 * 1024 ** 2,
};

export interface Outcome {
  /**
   * How it ended: by itself, or by the limit of time, of output, or of resources: what all of its processes together take
   * of memory, disk and processes. The memory of a single process shows as the program's own failure.
   */
  readonly ended: 'exit' | 'timeout' | 'output' | 'resources';
  /** Absent when a signal ended it; 127 when there is no such program. */
  readonly code?: number;
  readonly signal?: string;
  readonly output: string;
  readonly errors: string;
  readonly milliseconds: number;
}
