// Compilers and type checkers that are asked about mistakes made on purpose: how each is called, and where in its output a
// place stands. A repository is judged only where the command is installed and the tree builds without a network.
import { execFileSync } from 'node:child_process';
import { dirname, relative, resolve } from 'node:path';

export interface Judge {
  /** The command over files of one unit, given from the repository's folder. */
  readonly command: (files: readonly string[]) => readonly string[];
  /** Its groups are the path and the line of an error. */
  readonly error: RegExp;
  /** What is judged at once: of a compiler that stops at a broken dependency, less than the whole. */
  readonly unit: (file: string) => string;
  /** Whether it stops behind the stage in which it found something: the others are then asked about again. */
  readonly staged?: boolean;
  /** Files, relative to the repository, that the command looks at. */
  readonly covers: RegExp;
}

const whole = (): string => '';

/** By language. */
export const judges: Readonly<Record<string, Judge>> = {
  python: {
    command: (files) => ['pyright', ...files],
    error: /^ *(\S.*?):(\d+):\d+ - error: /gm,
    unit: whole,
    covers: /^/,
  },
  // Told nothing of the project's own settings: what the sources alone say.
  typescript: {
    command: (files) => [
      ...'tsc --ignoreConfig --noEmit --pretty false --strict --skipLibCheck --jsx preserve'.split(' '),
      ...'--target esnext --module esnext --moduleResolution bundler --allowImportingTsExtensions'.split(' '),
      ...['--experimentalDecorators', ...files],
    ],
    error: /^(\S.*?)\((\d+),\d+\): error /gm,
    unit: whole,
    covers: /^/,
  },
  java: {
    command: (files) => [
      ...'javac -proc:none -nowarn -Xmaxerrs 10000 -XDshould-stop.ifError=FLOW -d'.split(' '),
      '../classes',
      ...(process.env.CLASSPATH ? ['-cp', process.env.CLASSPATH] : []),
      ...files,
    ],
    error: /^(\S+\.java):(\d+): error/gm,
    unit: whole,
    covers: /^src\/main\/java\//,
  },
  go: {
    command: ([first = '.']) => ['go', 'build', '-gcflags=-e', `./${dirname(first)}`],
    error: /^(?:vet: )?(\S+\.go):(\d+):/gm,
    unit: (file) => dirname(file),
    covers: /^(?!.*_test\.go$)/,
  },
  rust: {
    command: () => ['cargo', 'check', '--offline', '--message-format=short'],
    error: /^(\S+\.rs):(\d+):\d+: error/gm,
    unit: whole,
    staged: true,
    covers: /^src\//,
  },
};

/** Places of errors, as `path:line` with the path as it was given. */
export function errorsOf(judge: Judge, folder: string, files: readonly string[]): ReadonlySet<string> {
  const [program = '', ...args] = judge.command(files);
  let output = '';
  try {
    output = execFileSync(program, args, { cwd: folder, maxBuffer: 1 << 28, stdio: 'pipe' }).toString();
  } catch (error) {
    const { stdout, stderr, code } = error as { stdout?: Buffer; stderr?: Buffer; code?: string };
    if (code === 'ENOENT') throw new Error(`${program} is not installed`);
    output = `${stdout ?? ''}${stderr ?? ''}`;
  }
  return new Set(
    [...output.matchAll(judge.error)].map(
      ([, path = '', line]) => `${relative(folder, resolve(folder, path))}:${line}`,
    ),
  );
}
