// The thread in which the analysis runs.
import { parentPort } from 'node:worker_threads';
import { createAnalysis } from './analysis/local.ts';
import { serve } from './worker-rpc.ts';

if (!parentPort) throw new Error('this file is a worker; start it with node:worker_threads');
serve(parentPort, (log) => createAnalysis({ log }));
