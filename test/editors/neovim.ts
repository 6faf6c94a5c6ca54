// Drives a real Neovim that runs without a screen, through its own remote calls.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { configurationOf, until, versionOf, type Workplace } from './workplace.ts';

const run = promisify(execFile);

export interface Neovim {
  /** Runs Lua in the editor; what it returns comes back through JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into values of every shape
  lua(code: string): Promise<any>;
  /** Waits until the Lua expression is true, and gives its value. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  until(expression: string): Promise<any>;
  /** Types keys, as in `i` or `<C-x><C-o>`. */
  type(keys: string): Promise<void>;
  lines(): Promise<string[]>;
  /** Leaves as a user does, and waits for the end. */
  quit(): Promise<void>;
}

/** The editors to be tested: those of the variable, paths separated by colons, else the one on the path. */
export const neovims = (process.env.VOUCH_TEST_NVIM ?? 'nvim').split(':').map((program) => ({
  program,
  ...versionOf(program),
}));

/** What a user of that version pastes. */
export function configurationFor(version: string): readonly string[] {
  const [major, minor] = version.split('.').map(Number) as [number, number];
  if (major > 0 || minor >= 11) return ['neovim/vouch.lua', 'neovim/vouch-more.lua'];
  return [minor >= 8 ? 'neovim/vouch-0.8.lua' : 'neovim/vouch-0.7.lua'];
}

/**
 * Opens the file with the configuration loaded, and waits until a server is attached to it.
 * Actions are chosen by the title that the global `wanted` holds; messages are kept in the global `said`.
 */
export async function openNeovim(
  program: string,
  place: Workplace,
  configuration: readonly string[],
  file: string,
): Promise<Neovim> {
  const socket = join(place.environment.HOME!, 'nvim.sock');
  const options = { cwd: place.folder, env: place.environment };
  const [first, ...others] = configuration.map(configurationOf) as [string, ...string[]];
  const more = others.flatMap((path) => ['-c', `luafile ${path}`]);
  const editor = spawn(
    program,
    ['--headless', '-n', '-i', 'NONE', '-u', first, ...more, '--listen', socket, file],
    { ...options, stdio: 'ignore' },
  );
  onTestFinished(() => void editor.kill('SIGKILL'));
  const ended = once(editor, 'exit');

  const lua = async (code: string): Promise<unknown> => {
    const text = await expression(`vim.json.encode({ value = (function() ${code} end)() })`);
    return (JSON.parse(text) as { value?: unknown }).value;
  };
  const expression = async (code: string): Promise<string> => {
    const quoted = `luaeval('${code.replaceAll("'", "''").replaceAll('\n', ' ')}')`;
    // Neovim 0.7 writes the answer on stderr, later ones on stdout.
    const { stdout, stderr } = await run(program, ['--server', socket, '--remote-expr', quoted], options);
    return stdout.trim() || stderr.trim();
  };

  await until(
    'the editor',
    () => expression('1').catch(() => ''),
    (text) => text === '1',
  );
  await lua(`
    said = {}
    vim.notify = function(text) table.insert(said, text) end
    vim.ui.select = function(items, options, choose)
      titles = vim.tbl_map(options.format_item or tostring, items)
      for index, item in ipairs(items) do
        if titles[index]:find(wanted, 1, true) then return choose(item, index) end
      end
    end
  `);
  const clients = '(vim.lsp.get_clients or vim.lsp.get_active_clients)()';
  const opened: Neovim = {
    lua,
    until: (expression) => until(expression, () => lua(`return ${expression}`)),
    async type(keys) {
      await run(program, ['--server', socket, '--remote-send', keys], options);
    },
    lines: async () => (await lua('return vim.api.nvim_buf_get_lines(0, 0, -1, true)')) as string[],
    async quit() {
      // It may be gone before it answers.
      await lua('vim.schedule(function() vim.cmd("qall!") end)').catch(() => undefined);
      await ended;
    },
  };
  await opened.until(`#${clients} == 1 and ${clients}[1].initialized`);
  return opened;
}
