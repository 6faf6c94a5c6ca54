// Programs that vouch uses where they are installed, found by asking them for their version.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Row } from './row.ts';

const run = promisify(execFile);

/** Milliseconds that a program may take to tell its version. */
const timeout = 3_000;

interface Tool {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly use: string;
  readonly advice: string;
}

const tools: readonly Tool[] = [
  {
    name: 'git',
    parameters: ['--version'],
    use: 'which lines changed, which files are ignored',
    advice:
      'install git: without it whole files count as changed, and .gitignore files are read by vouch itself',
  },
  {
    name: 'bwrap',
    parameters: ['--version'],
    use: 'the sandbox for tests and examples',
    advice: 'install bubblewrap, if tests and examples shall run in a sandbox',
  },
  {
    name: 'prlimit',
    parameters: ['--version'],
    use: 'limits of memory in the sandbox',
    advice: 'install util-linux, if tests and examples shall run with a limit of memory',
  },
];

/** A row a tool; a tool that is missing is never an error, since vouch works without. */
export function lookAtTools(): Promise<Row[]> {
  return Promise.all(
    tools.map(async ({ name, parameters, use, advice }): Promise<Row> => {
      try {
        const { stdout } = await run(name, [...parameters], { timeout });
        return { state: 'good', text: `${stdout.trim().split('\n', 1)[0]} (${use})` };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        const reason = code === 'ENOENT' ? 'not installed' : `does not answer (${code})`;
        return { state: 'missing', text: `${name}: ${reason} (${use})`, advice };
      }
    }),
  );
}
