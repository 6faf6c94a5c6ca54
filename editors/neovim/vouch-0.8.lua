-- Neovim 0.8 to 0.10.
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'python', 'typescript*', 'javascript*', 'go', 'rust', 'java', 'c', 'cpp', 'cs', 'ruby', 'php', 'sh', 'lua' },
  callback = function(event)
    local found = vim.fs.find({ '.vouch.json', '.git' }, { upward = true, path = vim.fs.dirname(vim.api.nvim_buf_get_name(event.buf)) })[1]
    vim.lsp.start({ name = 'vouch', cmd = { 'vouch', '--stdio' }, root_dir = found and vim.fs.dirname(found) or vim.fn.getcwd() })
  end,
})
vim.api.nvim_create_user_command('VouchCancel', function()
  for _, client in ipairs((vim.lsp.get_clients or vim.lsp.get_active_clients)({ name = 'vouch' })) do
    for token in pairs(client.progress and client.progress.pending or client.messages.progress) do
      client.notify('window/workDoneProgress/cancel', { token = token })
    end
  end
end, {})
