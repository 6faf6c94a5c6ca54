// The index of the workspace: how much it knows, and what it left out and why.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../../core/run.ts';
import type { Status, Workbench } from '../../orchestration/workbench.ts';
import { plural } from '../check/pretty.ts';
import type { Row } from './row.ts';

/** Enough for some hundred megabytes; what is known by then is told. */
const limitMilliseconds = 30_000;
const intervalMilliseconds = 100;

export async function lookAtWorkspaceIndex(run: Run, workbench: Workbench): Promise<Row[]> {
  const state = await ready(run, workbench);
  return [
    {
      state: state.ready ? 'good' : 'missing',
      text: `${plural(state.files, 'file')}, ${plural(state.symbols, 'declaration')}, ${(state.bytes / 1_000_000).toFixed(1)} MB of source${state.ready ? '' : ', still reading'}`,
    },
    ...Object.entries(state.leftOut).map(
      ([reason, count]): Row => ({ state: 'fact', text: `left out: ${plural(count, 'file')} (${reason})` }),
    ),
  ];
}

async function ready(run: Run, workbench: Workbench): Promise<Status['index']> {
  const started = run.now();
  for (;;) {
    const { index } = await workbench.status();
    if (index.ready || run.now() - started > limitMilliseconds) return index;
    run.report({ message: `indexing: ${plural(index.files, 'file')}` });
    await sleep(intervalMilliseconds, undefined, { signal: run.signal });
  }
}
