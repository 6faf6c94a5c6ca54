// `vouch demo`: the server at work on a small project, asked by a client of its own as an editor would ask it.
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageFile } from '../../core/package-files.ts';
import { exitCodes } from '../failure.ts';
import type { CommandContext } from '../program.ts';
import { type Editor, startEditor } from './client.ts';
import { type Outcome, type Stage, showCompletions, showFix, showImplementation } from './scenes.ts';

interface Scene {
  readonly title: string;
  readonly show: (stage: Stage) => Promise<Outcome>;
}

const scenes: readonly Scene[] = [
  { title: 'Completion without a model: learnt from this project alone', show: showCompletions },
  { title: 'A mistake, and its fix', show: showFix },
  { title: 'A function implemented by a model, and vouched for', show: showImplementation },
];

/** Where to go from here. */
const closing = `Next: name the server in your editor (command: vouch --stdio), and see \`vouch doctor\` in your own project.
A model, if you want one: any OpenAI-compatible server. One that runs on this machine is found by itself, as after
  ollama pull qwen2.5-coder:7b`;

export async function demo({ terminal, signal }: CommandContext): Promise<number> {
  const { colors } = terminal;
  // The real path, since a temporary folder behind a link would be two places for the server.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'vouch-demo-')));
  let editor: Editor | undefined;
  const stop = (): void => void editor?.quit();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await cp(packageFile('server/cli/demo/sample'), folder, { recursive: true });
    terminal.out('A language server at work on a small project in three languages.');
    editor = await startEditor(folder, terminal.progress);
    const outcomes: Outcome[] = [];
    for (const [index, { title, show }] of scenes.entries()) {
      terminal.out(`\n${colors.bold(colors.cyan(`${index + 1}. ${title}`))}`);
      try {
        outcomes.push(await show({ editor, folder, terminal }));
      } catch (error) {
        signal.throwIfAborted();
        outcomes.push('failed');
        terminal.out(colors.red(`   ${error instanceof Error ? error.message : error}`));
      }
    }
    const failed = outcomes.includes('failed');
    terminal.out(`\n${failed ? colors.red('A part failed: see above.') : closing}`);
    return failed ? exitCodes.found : exitCodes.clean;
  } finally {
    signal.removeEventListener('abort', stop);
    await editor?.quit();
    await rm(folder, { recursive: true, force: true });
  }
}
