// `vouch check` on a whole tree beside what else judges it, in one run: the built command, then each of the tools that is
// given. CPU and wall time of each process with its children; findings are not compared.
// npx tsx bench/validation/whole.ts --tree DIR [--tool 'NAME=COMMAND'…] [--times N] [--vouch FILE]
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createSyntax } from '../../server/input/syntax/index.ts';
import { log, print } from './kit.ts';

const { values } = parseArgs({
  options: {
    tree: { type: 'string' },
    /** Run in the tree; one word a space. */
    tool: { type: 'string', multiple: true, default: [] },
    vouch: { type: 'string' },
    times: { type: 'string', default: '1' },
  },
});

const vouch = values.vouch ?? resolve(import.meta.dirname, '../../dist/vouch.js');

function timed(command: readonly string[], folder: string) {
  const started = performance.now();
  // The shell tells what its children took once they have ended.
  const { stdout, stderr, status } = spawnSync(
    'sh',
    ['-c', '"$@" >/dev/null 2>&1; echo $?; times', 'sh', ...command],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    },
  );
  const seconds = performance.now() - started;
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
  const [code = '', , children = ''] = stdout.trim().split('\n');
  const cpu = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest),
    0,
  );
  return {
    wallSeconds: Math.round(seconds / 10) / 100,
    cpuSeconds: Math.round(cpu * 100) / 100,
    exitCode: Number(code),
  };
}

async function size(folder: string): Promise<Record<string, { files: number; lines: number }>> {
  const syntax = await createSyntax({ log });
  const found: Record<string, { files: number; lines: number }> = {};
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const id = file.includes('node_modules') ? undefined : syntax.languageFor(file)?.id;
    if (id === undefined) continue;
    found[id] ??= { files: 0, lines: 0 };
    const entry = found[id];
    entry.files++;
    entry.lines += readFileSync(join(folder, file), 'latin1').split('\n').length;
  }
  return found;
}

if (!values.tree) log('error', "usage: whole --tree DIR [--tool 'NAME=COMMAND'…] [--times N] [--vouch FILE]");
else {
  const tree = resolve(values.tree);
  const named = { bench: 'validation/whole', tree: basename(tree), cores: availableParallelism() };
  print({ ...named, size: await size(tree) });
  const tools = values.tool.map((tool) => {
    const [name = '', ...command] = tool.split('=');
    return { name, command: command.join('=').split(' ') };
  });
  const all = [{ name: 'vouch check', command: [process.execPath, vouch, 'check', '.'] }, ...tools];
  for (let time = 0; time < Number(values.times); time++) {
    for (const { name, command } of all) print({ ...named, tool: name, ...timed(command, tree) });
  }
}
