// How fast the workspace index is made, started again and kept true, and what it takes in memory, against the built server
// (`npm run build` first):
//   tsx bench/index.ts --repos DIR [--sizes 1,10,100] [--dist DIR] [--rounds N] [--only cold|warm|update|memory]
// The trees are made of the sources under DIR. `parse` is what tree-sitter alone takes for the same files on all cores,
// measured right before; `ratio` is the cold index against it, `cpuRatio` the same in processor time, for a machine on
// which others work, too. One JSON line a row, then a table.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { detachedRun } from '../server/core/run.ts';
import { applyUpdate, createStore, questionsOf } from '../server/input/workspace/index/index.ts';
import type { IndexThread } from '../server/orchestration/index-thread.ts';
import { connect } from '../server/orchestration/worker-rpc.ts';
import { connectClient, spawnServer } from '../test/kit/client.ts';
import { changedText, readSources, type Tree, writeTree } from './workspace/trees.ts';

const { values } = parseArgs({
  options: {
    repos: { type: 'string' },
    sizes: { type: 'string', default: '1,10,100' },
    dist: { type: 'string', default: resolve(import.meta.dirname, '../dist') },
    rounds: { type: 'string', default: '20' },
    only: { type: 'string' },
  },
});
if (values.repos === undefined) throw new Error('--repos DIR is needed: a folder of source trees');
const dist = resolve(values.dist);
const rounds = Number(values.rounds);
const MB = 1_000_000;
const log = (level: string, message: string): void => {
  if (level === 'error' || level === 'warning') process.stderr.write(`${message}\n`);
};
const run = detachedRun(log);

const rows: Record<string, unknown>[] = [];
const row = (fields: Record<string, unknown>): void => {
  rows.push(fields);
  process.stdout.write(`${JSON.stringify({ bench: 'index', ...fields })}\n`);
};
const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;
const wanted = (name: string): boolean => values.only === undefined || values.only === name;

const temporary = mkdtempSync(join(tmpdir(), 'vouch-bench-index-'));
try {
  const sources = await readSources(resolve(values.repos));
  const parser = await buildParser();
  for (const size of values.sizes.split(',').map(Number)) {
    const folder = join(temporary, `tree${size}`);
    const tree = writeTree(folder, sources, size * MB);
    const cache = join(temporary, `cache${size}`);
    mkdirSync(cache);
    const facts = { mb: size, files: tree.files.length };
    const parse = wanted('cold') ? await parseOnly(parser, tree) : undefined;
    if (values.only !== 'memory') await measure(folder, cache, tree, facts, parse);
    if (wanted('memory')) row({ what: 'memory', ...facts, ...(await memory(folder, cache, tree)) });
    rmSync(folder, { recursive: true });
  }
  process.stdout.write(`${table()}\n`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

async function buildParser(): Promise<string> {
  const out = join(temporary, 'parse-worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'workspace/parse-worker.ts')],
    outfile: out,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    external: ['tree-sitter'],
  });
  return out;
}

/** Parsing of all files in one thread a core, and nothing else. */
async function parseOnly(parser: string, { files }: Tree): Promise<Cost> {
  const threads = availableParallelism();
  const stop = costs();
  await Promise.all(
    Array.from({ length: threads }, (_, thread) => {
      const own = files.filter((_, index) => index % threads === thread);
      const worker = new Worker(parser, { workerData: { dist, files: own } });
      return new Promise((done, fail) => {
        worker.once('exit', done);
        worker.once('error', fail);
      });
    }),
  );
  return stop();
}

/** Milliseconds by the clock, and of processor time in all threads of this process. */
interface Cost {
  readonly ms: number;
  readonly cpu: number;
}

function costs(): () => Cost {
  const began = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { ms: performance.now() - began, cpu: (user + system) / 1000 };
  };
}

/** An index in the thread that the server has it in, and the store that answers. */
function start(folder: string, cache: string) {
  const worker = new Worker(pathToFileURL(join(dist, 'index-worker.js')), {
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  const link = connect<IndexThread>(worker, 'index', log);
  const store = createStore(log);
  let isReady = false;
  let ended = false;
  let heard: () => void = () => undefined;
  const listen = async (): Promise<void> => {
    while (!ended) {
      for (const update of await link.remote.updates()) {
        if (update.type === 'ready') isReady = update.ready;
        else applyUpdate(store, update);
      }
      heard();
    }
  };
  // Its end is that of the thread, which then answers no more.
  listen().catch((error: unknown) => {
    if (!ended) throw error;
  });
  const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await holds())) {
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  return {
    link,
    questions: questionsOf(store, () => () => ({ kind: 'unknown' })),
    counts: store.counts,
    until,
    async ready() {
      await link.remote.follow([{ path: folder, exclude: [] }]);
      await until(() => isReady);
    },
    async end() {
      ended = true;
      await link.remote.dispose();
      await link.close();
    },
  };
}

async function measure(
  folder: string,
  cache: string,
  tree: Tree,
  facts: Record<string, unknown>,
  parse: Cost | undefined,
): Promise<void> {
  const stop = costs();
  const cold = start(folder, cache);
  await cold.ready();
  const { ms: coldMs, cpu } = stop();
  const { symbols } = cold.counts();
  if (parse !== undefined) {
    row({
      what: 'cold',
      ...facts,
      ms: round(coldMs),
      parseMs: round(parse.ms),
      ratio: round(coldMs / parse.ms, 2),
      cpuRatio: round(cpu / parse.cpu, 2),
      filesPerSecond: Math.round(tree.files.length / (coldMs / 1000)),
      mbPerSecond: round(tree.bytes / MB / (coldMs / 1000), 2),
      symbols,
      threads: availableParallelism(),
    });
  }
  await cold.end();

  const began = performance.now();
  const warm = start(folder, cache);
  await warm.ready();
  const warmMs = performance.now() - began;
  if (wanted('warm')) {
    const same = warm.counts().symbols === symbols;
    row({ what: 'warm', ...facts, ms: round(warmMs), same, cacheMB: round(bytesOf(cache) / MB) });
  }
  if (wanted('update')) {
    const times: number[] = [];
    const paths = tree.files
      .map(({ path }) => path)
      .filter((path) => ['.py', '.js', '.ts'].includes(extname(path)));
    await warm.link.remote.prepare('python');
    for (let at = 0; at < rounds; at++) {
      const path = paths[(at * 37) % paths.length]!;
      const { text, name } = changedText(path, at);
      writeFileSync(path, text);
      const from = performance.now();
      await warm.link.remote.changed([path]);
      await warm.until(async () => (await warm.questions.named(run, name, path, 1)).length > 0);
      times.push(performance.now() - from);
      await sleep(20);
    }
    times.sort((a, b) => a - b);
    const at = (share: number): number => round(times[Math.floor(share * (times.length - 1))]!);
    row({ what: 'update', ...facts, p50: at(0.5), p95: at(0.95), max: at(1) });
  }
  await warm.end();
}

/** Of the whole server, as an editor starts it, when it has read all and rests. */
async function memory(folder: string, cache: string, tree: Tree) {
  const environment = { ...process.env, XDG_CACHE_HOME: join(cache, 'server') };
  const pipe = spawnServer([process.execPath, join(dist, 'vouch.js'), '--stdio'], environment);
  const client = await connectClient(pipe, { folders: [folder] });
  const { path, languageId } = tree.files[0]!;
  await client.open(pathToFileURL(path).href, languageId, readFileSync(path, 'utf8'));
  const { pid } = pipe.process!;
  for (let before = -1, calm = 0; calm < 3; ) {
    await sleep(1000);
    const now = ticks(pid!);
    calm = now - before < 10 ? calm + 1 : 0;
    before = now;
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string): number =>
    round((Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) * 1024) / MB);
  await client.stop();
  return { rssMB: field('VmRSS'), peakMB: field('VmHWM') };
}

/** Hundredths of seconds of processor time. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0);
}

function table(): string {
  const columns = [
    'what',
    'mb',
    'files',
    'ms',
    'parseMs',
    'ratio',
    'cpuRatio',
    'filesPerSecond',
    'mbPerSecond',
    'p50',
    'p95',
    'cacheMB',
    'rssMB',
    'peakMB',
  ];
  const lines = [columns, ...rows.map((fields) => columns.map((column) => String(fields[column] ?? '')))];
  return lines.map((cells) => cells.map((cell) => cell.padStart(10)).join(' ')).join('\n');
}
