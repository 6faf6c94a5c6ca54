// vouch in a real Neovim, with the configuration that its users paste: 0.7 where the tests usually run, and each that
// VOUCH_TEST_NVIM names.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelServer, stall, startModelServer } from '../kit/model-server.ts';
import { configurationFor, neovims, openNeovim } from './neovim.ts';
import {
  answer,
  beyondAscii,
  beyondAsciiMended,
  mended,
  misspelt,
  repeated,
  stub,
  typedScript,
  typedScriptMended,
  written,
} from './samples.ts';
import { buildCommand, openWorkplace, until } from './workplace.ts';

let built: ReturnType<typeof buildCommand>;
beforeAll(() => {
  built = buildCommand();
});
afterAll(() => built.remove());

describe.each(neovims)('Neovim $version ($program) $reason', ({ program, version }) => {
  const open = async (file: string, text: string, model?: ModelServer) => {
    const place = openWorkplace(built.folder, { [file]: text }, model?.baseURL);
    return { place, editor: await openNeovim(program, place, configurationFor(version!), file) };
  };

  describe.runIf(version !== undefined)('', () => {
    it.each([
      ['a.py', misspelt, mended, 'pricse'],
      ['a.ts', typedScript, typedScriptMended, 'prcies'],
      ['b.py', beyondAscii, beyondAsciiMended, 'nmae'],
    ])(
      'shows a finding in %s and applies its fix, then leaves nothing behind',
      async (file, text, fixed, name) => {
        const { place, editor } = await open(file, text);
        const [finding] = await editor.until('#vim.diagnostic.get(0) == 1 and vim.diagnostic.get(0)');
        expect(finding).toMatchObject({ source: 'vouch', code: 'names/unresolved' });
        expect(finding.message).toContain(name);
        // Neovim's columns are bytes.
        const line = Buffer.from(text.split('\n')[finding.lnum]!);
        expect(line.subarray(finding.col, finding.end_col).toString()).toBe(name);

        await editor.lua(`vim.api.nvim_win_set_cursor(0, { ${finding.lnum + 1}, ${finding.col} })`);
        await editor.lua(`wanted = 'Change'; vim.lsp.buf.code_action()`);
        await until('the fix', editor.lines, (lines) => `${lines.join('\n')}\n` === fixed);
        await editor.until('#vim.diagnostic.get(0) == 0');

        expect(place.processes().some((process) => process.includes('vouch --stdio'))).toBe(true);
        await editor.quit();
        await until('an end of all processes', place.processes, (left) => left.length === 0);
      },
    );

    it('completes from the embedded engine', async () => {
      const { editor } = await open('a.py', repeated);
      await editor.lua('vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 0 })');
      await editor.type('A<C-x><C-o>');
      await editor.until('vim.fn.getline("."):find("^register_handler") ~= nil');
      await editor.type('<C-y>!');
      expect(await editor.until('vim.fn.getline("."):find("!") and vim.fn.getline(".")')).toMatch(
        /^register_handler.*!$/,
      );
      await editor.quit();
    });

    it.runIf(hasInlineCompletion(version))('shows the rest as ghost text, which a key takes', async () => {
      const { editor } = await open('a.py', repeated);
      await editor.lua('vim.api.nvim_win_set_cursor(0, { vim.api.nvim_buf_line_count(0), 0 })');
      await editor.type('A');
      await editor.until(`(function()
        local ghosts = vim.api.nvim_get_namespaces()['nvim.lsp.inline_completion']
        return ghosts and #vim.api.nvim_buf_get_extmarks(0, ghosts, 0, -1, {}) > 0
      end)()`);
      await editor.type('<Tab>');
      await editor.until('vim.fn.getline("."):find("^register_handler") ~= nil');
      await editor.quit();
    });

    it('implements a stub, and shows on hover what was checked', async () => {
      await using model = await startModelServer();
      model.always({ text: answer });
      const { editor } = await open('a.py', stub, model);
      await editor.lua(`wanted = 'Implement'; vim.lsp.buf.code_action()`);
      await until('the body', editor.lines, (lines) => `${lines.join('\n')}\n` === written);

      await editor.lua('vim.api.nvim_win_set_cursor(0, { 3, 8 }); vim.lsp.buf.hover()');
      const shown = await editor.until(`(function()
        for _, window in ipairs(vim.api.nvim_list_wins()) do
          if vim.api.nvim_win_get_config(window).relative ~= '' then
            return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), ' ')
          end
        end
      end)()`);
      expect(shown).toMatch(/(Vouched|Checked).*syntax\/error/);
      await editor.quit();
    });

    it('cancels in the middle: the buffer stays, the model is left', async () => {
      await using model = await startModelServer();
      model.always({ text: [answer[0], stall] });
      const { place, editor } = await open('a.py', stub, model);
      await editor.lua(`wanted = 'Implement'; vim.lsp.buf.code_action()`);
      const request = await model.request(0);
      await editor.until(running);
      await editor.lua('vim.cmd("VouchCancel")');
      expect((await request.closed).how).toBe('early');
      await editor.until(`not (${running})`);
      expect(`${(await editor.lines()).join('\n')}\n`).toBe(stub);
      await editor.quit();
      await until('an end of all processes', place.processes, (left) => left.length === 0);
    });

    it('says that the model cannot be reached', async () => {
      const { editor } = await open('a.py', stub);
      await editor.lua(`wanted = 'Implement'; vim.lsp.buf.code_action()`);
      const said = await editor.until(
        `vim.tbl_filter(function(text) return text:find('vouch: ') end, said)[1]`,
      );
      expect(said).toContain('127.0.0.1:9');
      expect(`${(await editor.lines()).join('\n')}\n`).toBe(stub);
      await editor.quit();
    });
  });
});

const hasInlineCompletion = (version = '0.0'): boolean => Number(version.split('.')[1]) >= 12;

/** Whether the editor knows of a progress that goes on. */
const running = `(function()
  local client = (vim.lsp.get_clients or vim.lsp.get_active_clients)()[1]
  if client.progress then return next(client.progress.pending) ~= nil end
  for _, work in pairs(client.messages.progress) do if not work.done then return true end end
  return false
end)()`;
