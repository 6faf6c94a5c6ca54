// What programs may try to get out of a sandbox, and which of it each kind cannot hold: the documents and the tests both
// go by this, so that neither says more than is so.
import type { Sandbox } from './sandbox.ts';

/** What is tried, in the words of the documents. */
export const escapes = {
  home: 'reads of the home folder',
  projects: 'reads of other projects',
  variables: 'reads of environment variables that were not given',
  network: 'the network, this machine’s own servers and DNS among it',
  sockets: 'local sockets of the machine’s services',
  forks: 'a fork bomb',
  memory: 'one process that takes all memory',
  memories: 'many processes that take all memory together',
  output: 'output without end',
  links: 'symbolic links that lead out of the project',
  traps: 'links and pipes left for whoever reads the results',
  signals: 'killing other processes',
  inspection: 'looking into other processes',
  writes: 'writing to the project itself',
  time: 'running on after the time limit',
  survivors: 'children that run on in a session of their own',
  daemons: 'children that also clear their environment',
  shared: 'shared memory of the machine',
  devices: 'devices of the machine',
  disk: 'filling the disk',
} as const;

export type Escape = keyof typeof escapes;

/** Nothing of it where the system is patched and set up as its distribution has it. */
export const notHeld: Readonly<Record<Sandbox['name'], readonly Escape[]>> = {
  bubblewrap: [],
  container: [],
  restricted: [
    'home',
    'projects',
    'network',
    'sockets',
    'signals',
    'inspection',
    'writes',
    'daemons',
    'shared',
    'devices',
  ],
};
