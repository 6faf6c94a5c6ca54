// What a sandbox costs: the time of a program in it against the same program started directly, in turns, since machines
// are not equally fast from one second to the next; and opening a workplace for each of many candidates:
//   tsx bench/sandbox.ts [--rounds N] [--candidates N] [--project DIR] [--sandbox NAME]
// The program takes about 50 ms, as a small test run does. `overheadMs` is the median of the differences within a turn,
// `leastMs` that of the fastest runs, which says more where others use the machine, too. One JSON line a row.
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { detachedRun } from '../server/core/run.ts';
import { findSandbox, sandboxNames } from '../server/validation/sandbox/index.ts';
import type { Command, Sandbox, Workplace } from '../server/validation/sandbox/sandbox.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    candidates: { type: 'string', default: '200' },
    project: { type: 'string', default: resolve(import.meta.dirname, '..') },
    sandbox: { type: 'string' },
  },
});
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const run = detachedRun((level, message) => {
  if (level === 'error' || level === 'warning') process.stderr.write(`${message}\n`);
});
const row = (fields: Record<string, unknown>): void => {
  process.stdout.write(`${JSON.stringify({ bench: 'sandbox', ...fields })}\n`);
};
const round = (value: number): number => Math.round(value * 10) / 10;
const median = (all: readonly number[]): number =>
  [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)]!;

/** Sleeps, so that what is measured is what comes on top, not how many share the processor. */
const test: Command = { program: 'sleep', parameters: ['0.05'] };

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function startDirectly(): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(test.program, test.parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.once('close', () => done());
    child.once('error', fail);
  });
}

async function overhead(name: string, contents: string, place: Workplace): Promise<void> {
  const differences: number[] = [];
  const direct: number[] = [];
  const closed: number[] = [];
  // The first looks up where things are.
  await place.execute(run, test);
  for (let turn = 0; turn < Number(values.rounds); turn++) {
    const alone = await timed(startDirectly);
    const inside = await timed(() => place.execute(run, test));
    direct.push(alone);
    closed.push(inside);
    differences.push(inside - alone);
  }
  row({
    what: 'run',
    sandbox: name,
    contents,
    directMs: round(median(direct)),
    overheadMs: round(median(differences)),
    leastMs: round(Math.min(...closed) - Math.min(...direct)),
  });
}

/** From the abort to the answer that all is dead. */
async function cancelling(name: string, place: Workplace): Promise<void> {
  const times: number[] = [];
  for (let turn = 0; turn < Number(values.rounds) / 3; turn++) {
    const controller = new AbortController();
    const command: Command = { program: 'sh', parameters: ['-c', '(setsid sleep 20 &); sleep 20'] };
    const working = place.execute({ ...run, signal: controller.signal }, command).catch(() => undefined);
    await new Promise((resume) => setTimeout(resume, 100));
    times.push(
      await timed(() => {
        controller.abort();
        return working;
      }),
    );
  }
  row({ what: 'cancel', sandbox: name, ms: round(median(times)), most: round(Math.max(...times)) });
}

async function candidates(sandbox: Sandbox, project: string | undefined): Promise<void> {
  const count = Number(values.candidates);
  let opening = 0;
  const several = (from: number, to: number) => async () => {
    for (let index = from; index < to; index++) {
      const began = performance.now();
      await using place = await sandbox.open(run, {
        ...(project && { project }),
        files: { 'candidate.txt': String(index) },
      });
      opening += performance.now() - began;
      await place.execute(run, { program: 'cat', parameters: ['candidate.txt'] });
    }
  };
  // The first have code compiled and buffers made, which stay.
  await several(0, 20)();
  collect();
  const before = process.memoryUsage().heapUsed;
  opening = 0;
  const all = await timed(several(20, 20 + count));
  collect();
  row({
    what: 'candidates',
    sandbox: sandbox.name,
    contents: project ? 'project' : 'unit',
    count,
    openMs: round(opening / count),
    eachMs: round(all / count),
    grownKB: Math.round((process.memoryUsage().heapUsed - before) / 1e3),
  });
}

for (const name of sandboxNames.filter((one) => values.sandbox === undefined || values.sandbox === one)) {
  const sandbox = await findSandbox(run.log, [name]).catch(() => undefined);
  if (!sandbox) {
    row({ sandbox: name, note: 'not on this machine' });
    continue;
  }
  const project = resolve(values.project);
  {
    await using place = await sandbox.open(run, {});
    await overhead(name, 'unit', place);
    await cancelling(name, place);
  }
  {
    await using place = await sandbox.open(run, { project });
    await overhead(name, 'project', place);
  }
  await candidates(sandbox, undefined);
  await candidates(sandbox, name === 'restricted' ? undefined : project);
}
