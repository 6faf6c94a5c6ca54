-- Neovim 0.7, whose client has no way yet to start a server once for all its buffers.
local client
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'python', 'typescript*', 'javascript*', 'go', 'rust', 'java', 'c', 'cpp', 'cs', 'ruby', 'php', 'sh', 'lua' },
  callback = function(event)
    if not client then
      client = vim.lsp.start_client({
        name = 'vouch',
        cmd = { 'vouch', '--stdio' },
        root_dir = vim.fn.getcwd(),
        on_exit = function() client = nil end,
      })
    end
    vim.lsp.buf_attach_client(event.buf, client)
    vim.bo[event.buf].omnifunc = 'v:lua.vim.lsp.omnifunc'
  end,
})
vim.api.nvim_create_user_command('VouchCancel', function()
  local running = client and vim.lsp.get_client_by_id(client)
  for token, work in pairs(running and running.messages.progress or {}) do
    if not work.done then running.notify('window/workDoneProgress/cancel', { token = token }) end
  end
end, {})
