// The thread in which judges, examples and tests are started and their answers read.
import { parentPort } from 'node:worker_threads';
import { createTrials } from './trials/local.ts';
import { serve } from './worker-rpc.ts';

if (!parentPort) throw new Error('this file is a worker; start it with node:worker_threads');
serve(parentPort, (log) => createTrials({ log }));
