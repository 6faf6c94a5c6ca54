// The thread in which the embedded engine runs.
import { parentPort } from 'node:worker_threads';
import { createEngine } from './engine.ts';
import { serve } from './worker-rpc.ts';

if (!parentPort) throw new Error('this file is a worker; start it with node:worker_threads');
serve(parentPort, (log) => createEngine({ log }));
