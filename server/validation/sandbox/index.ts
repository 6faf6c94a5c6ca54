// The door of the sandboxes: which one this machine has, found by trying.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { detachedRun, type Run } from '../../core/run.ts';
import { type BubblewrapTools, bubblewrap } from './bubblewrap.ts';
import { container, findEngine } from './container.ts';
import type { LayerTools } from './layers.ts';
import { findProgram } from './programs.ts';
import { restricted } from './restricted.ts';
import type { Sandbox } from './sandbox.ts';
import { makeFolder, removeFolder } from './temporary.ts';

/** Most closed first. */
export const sandboxNames: readonly Sandbox['name'][] = ['bubblewrap', 'container', 'restricted'];

/** Milliseconds for a sandbox to show that it works. */
const trialTime = 10_000;

/**
 * The most closed sandbox that works here. Each is tried with a program, since a system may have it and forbid it.
 * @param log is told why one is not taken.
 * @param allowed which may be taken at all.
 * @throws Error when none of them works here.
 */
export async function findSandbox(
  log: Run['log'],
  allowed: readonly Sandbox['name'][] = sandboxNames,
): Promise<Sandbox> {
  for (const name of sandboxNames.filter((one) => allowed.includes(one))) {
    try {
      return await makers[name](log);
    } catch (error) {
      log('info', `Code is not run by ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`No way to run code works on this machine; tried: ${allowed.join(', ')}`);
}

const makers: Record<Sandbox['name'], (log: Run['log']) => Promise<Sandbox>> = {
  async bubblewrap(log) {
    const bwrap = await required('bwrap');
    const { stdout: options } = await promisify(execFile)(bwrap, ['--help'], { timeout: trialTime });
    const tools: BubblewrapTools = {
      bwrap,
      prlimit: await required('prlimit'),
      supports: (option) => options.includes(`${option} `),
    };
    await tryOut(bubblewrap(tools));
    try {
      const layers: LayerTools = {
        unshare: await required('unshare'),
        mount: await required('mount'),
        interpreter: await required('/bin/sh'),
      };
      const layered = bubblewrap({ ...tools, layers });
      await tryOutOver(layered);
      return layered;
    } catch (error) {
      log('info', `Projects are copied, since no layer can be laid over them: ${String(error)}`);
      return bubblewrap(tools);
    }
  },
  async container() {
    const sandbox = container(await findEngine());
    await tryOut(sandbox);
    return sandbox;
  },
  async restricted() {
    const prlimit = await findProgram('prlimit', '/');
    return restricted(prlimit?.path);
  },
};

async function required(name: string): Promise<string> {
  const found = await findProgram(name, '/');
  if (!found) throw new Error(`there is no ${name}`);
  return found.path;
}

/** Has a file read that was put there: engines may run elsewhere, or have other folders than this machine. */
async function tryOut(sandbox: Sandbox): Promise<void> {
  const run = detachedRun(() => undefined);
  await using place = await sandbox.open(run, { files: { trial: 'here' } });
  const command = { program: 'cat', parameters: ['trial'], limits: { milliseconds: trialTime } };
  const { code, output, errors, ended } = await place.execute(run, command);
  if (output !== 'here') throw new Error(errors.trim() || `a trial ended by ${ended} with ${code}`);
}

/** Changes a file of a project, and looks whether the project has kept it. */
async function tryOutOver(sandbox: Sandbox): Promise<void> {
  const run = detachedRun(() => undefined);
  const folder = await makeFolder();
  try {
    const project = join(folder, 'project');
    await mkdir(join(project, 'old'), { recursive: true });
    await writeFile(join(project, 'file'), 'before');
    await using place = await sandbox.open(run, { project });
    const script = 'test "$(cat file)" = before && echo after > file && rmdir old && mkdir old';
    const command = { program: '/bin/sh', parameters: ['-c', script], limits: { milliseconds: trialTime } };
    const { code, errors } = await place.execute(run, command);
    const [kept, written] = [await readFile(join(project, 'file'), 'utf8'), await place.read('file')];
    if (code !== 0 || kept !== 'before' || written !== 'after\n') {
      throw new Error(errors.trim() || 'a trial did not keep apart what it wrote');
    }
  } finally {
    await removeFolder(folder);
  }
}
