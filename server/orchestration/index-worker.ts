// The thread in which the workspace index is made, or in which files are read for it.
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { cacheFolder } from '../input/settings/paths.ts';
import { createIndexThread } from './index-thread.ts';
import { serve } from './worker-rpc.ts';

/** Completion and checks come first. */
const niceness = 10;

if (!parentPort) throw new Error('this file is a worker; start it with node:worker_threads');
// On Linux it holds for the calling thread alone; elsewhere it would hold for the whole server.
if (process.platform === 'linux') setPriority(niceness);
const cache = join(cacheFolder(process.env), 'index');
serve(parentPort, (log) => createIndexThread({ log, cache }));
