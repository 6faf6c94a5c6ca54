// The thread in which the embedded engine runs.
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { cacheFolder } from '../input/settings/index.ts';
import { createEngine } from './engine.ts';
import { createEngineCache } from './engine-cache.ts';
import { serve } from './worker-rpc.ts';

if (!parentPort) throw new Error('this file is a worker; start it with node:worker_threads');
const cache = createEngineCache(join(cacheFolder(process.env), 'engine'));
serve(parentPort, (log) => createEngine({ log, cache }));
