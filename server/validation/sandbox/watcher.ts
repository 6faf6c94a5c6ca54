// One process that outlives vouch by a moment, however vouch ends, and ends what vouch has started: programs that are just
// being closed in do not see yet that their parent is gone.
import { type ChildProcess, spawn } from 'node:child_process';
import { ownName } from './temporary.ts';

/**
 * It reads which groups there are, until nobody is left who could write; then it kills those that are left. A sandbox in the
 * making may be in a group of its own already: it is known by the folder that its command names, and what was about to be
 * is looked for once more.
 */
const script = `
groups=
while read -r sign group; do
  others=
  for each in $groups; do
    if [ "$each" != "$group" ]; then others="$others $each"; fi
  done
  groups=$others
  if [ "$sign" = + ]; then groups="$groups $group"; fi
done
if [ -z "$groups" ]; then exit; fi
for each in $groups; do kill -s KILL -- "-$each"; done
for round in 1 2; do
  for each in $(grep -laF -e "$1" /proc/[0-9]*/cmdline); do
    each=\${each#/proc/}
    each=\${each%/cmdline}
    if [ "$each" != $$ ]; then kill -s KILL "$each"; fi
  done
  sleep 1
done
`;

const groups = new Set<number>();
let watcher: ChildProcess | undefined;

/**
 * Has a process group ended when this process is gone.
 * @param group the number of its first process.
 * @returns a function that ends the watching: the number may mean others afterwards.
 */
export function watchGroup(group: number): () => void {
  if (process.platform === 'win32') return () => undefined;
  groups.add(group);
  if (watcher) tell('+', group);
  else start();
  return () => {
    if (groups.delete(group)) tell('-', group);
  };
}

function start(): void {
  // Standard input is closed with the process that holds its other end.
  const started = spawn('/bin/sh', ['-c', script, 'watcher', `/${ownName()}/`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher = started;
  const lost = (): void => {
    // Without it something may outlive a vouch that was killed; that is no reason to start nothing.
    if (watcher === started) watcher = undefined;
  };
  started.on('error', lost);
  started.on('exit', lost);
  started.stdin.on('error', lost);
  started.unref();
  for (const group of groups) tell('+', group);
}

const tell = (sign: '+' | '-', group: number): void => {
  watcher?.stdin?.write(`${sign} ${group}\n`);
};
