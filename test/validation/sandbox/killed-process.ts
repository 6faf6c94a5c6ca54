// A process that kills itself while a program is being closed in: for the test of what is left of it.
import { detachedRun } from '../../../server/core/run.ts';
import { findSandbox } from '../../../server/validation/sandbox/index.ts';
import type { Sandbox } from '../../../server/validation/sandbox/sandbox.ts';

const [, , word, milliseconds, name = 'bubblewrap'] = process.argv;
const run = detachedRun(() => undefined);
const sandbox = await findSandbox(run.log, [name as Sandbox['name']]);
const place = await sandbox.open(run, {});
// The first looks up where things are.
await place.execute(run, { program: 'true', parameters: [] });
void place.execute(run, { program: 'sleep', parameters: [word!] });
const end = performance.now() + Number(milliseconds);
const wait = (): unknown =>
  performance.now() < end ? setImmediate(wait) : process.kill(process.pid, 'SIGKILL');
wait();
