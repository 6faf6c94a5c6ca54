// One process that outlives vouch by a moment, however vouch ends, and ends what vouch has started: programs that are just
// being closed in do not see yet that their parent is gone.
import { type ChildProcess, spawn } from 'node:child_process';
import { ownName } from './temporary.ts';

/**
 * It reads which groups there are, until nobody is left who could write; then it kills those that are left. A sandbox in the
 * making may be in a group of its own already: it is known by the folder that its command names, and what was about to be
 * is looked for once more. A container is in no group of ours: its engine is told.
 */
const script = `
groups=
engine=
while read -r sign group name path; do
  others=
  for each in $groups; do
    if [ "\${each%%:*}" != "$group" ]; then others="$others $each"; fi
  done
  groups=$others
  if [ "$sign" = + ]; then
    groups="$groups $group:$name"
    engine=\${path:-$engine}
  fi
done
if [ -z "$groups" ]; then exit; fi
for each in $groups; do kill -s KILL -- "-\${each%%:*}"; done
for round in 1 2; do
  for each in $groups; do
    name=\${each#*:}
    if [ -n "$name" ]; then "$engine" kill "$name"; fi
  done
  for each in $(grep -laF -e "$1" /proc/[0-9]*/cmdline); do
    each=\${each#/proc/}
    each=\${each%/cmdline}
    if [ "$each" != $$ ]; then kill -s KILL "$each"; fi
  done
  sleep 1
done
`;

/** A container that is to end with the group that asked for it. */
export interface WatchedContainer {
  readonly name: string;
  /** Absolute path of the engine's command; one is used by all. */
  readonly engine: string;
}

const groups = new Map<number, WatchedContainer | undefined>();
let watcher: ChildProcess | undefined;

/**
 * Has a process group ended when this process is gone.
 * @param group the number of its first process.
 * @returns a function that ends the watching: the number may mean others afterwards.
 */
export function watchGroup(group: number, container?: WatchedContainer): () => void {
  if (process.platform === 'win32') return () => undefined;
  groups.set(group, container);
  if (watcher) tell('+', group, container);
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
  for (const [group, container] of groups) tell('+', group, container);
}

const tell = (sign: '+' | '-', group: number, container?: WatchedContainer): void => {
  watcher?.stdin?.write(`${sign} ${group} ${container ? `${container.name} ${container.engine}` : ''}\n`);
};
