// What programs in a sandbox see as /etc: copies of what they need to run, without passwords, keys and names of machines.
import { copyFile, lstat, mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import settings from './system-settings.json' with { type: 'json' };
import { keptFolder } from './temporary.ts';

/** Runtimes keep a folder for each of their versions. */
const families = new RegExp(settings.families);

/**
 * A folder to be shown as /etc. It is copied once, since every folder that is shown to a program costs time.
 * @param home the home folder that it names.
 */
export const settingsFolder = (home: string): Promise<string> =>
  keptFolder('etc', async (folder) => {
    const runtimes = (await readdir('/etc')).filter((name) => families.test(name));
    for (const name of [...settings.needed, ...runtimes]) await copy(join('/etc', name), join(folder, name));
    const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
    await writeFile(join(folder, 'passwd'), `user:x:${user}:${group}::${home}:/bin/sh\n`);
    await writeFile(join(folder, 'group'), `user:x:${group}:\n`);
    await writeFile(join(folder, 'hosts'), '127.0.0.1 localhost\n::1 localhost\n');
  });

/** Links stay links. What is not there, or not for this user to read, is not there for programs either. */
async function copy(source: string, target: string): Promise<void> {
  const facts = await lstat(source).catch(() => undefined);
  if (!facts) return;
  await mkdir(dirname(target), { recursive: true });
  if (facts.isSymbolicLink()) await symlink(await readlink(source), target);
  else if (facts.isFile()) await copyFile(source, target).catch(() => undefined);
  else if (facts.isDirectory()) {
    await mkdir(target, { recursive: true });
    const names = await readdir(source).catch(() => []);
    await Promise.all(names.map((name) => copy(join(source, name), join(target, name))));
  }
}
