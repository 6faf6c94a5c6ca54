-- Neovim 0.11 and newer, if you like: a way to cancel, and (0.12) ghost text, which <Tab> takes.
vim.api.nvim_create_user_command('VouchCancel', function()
  for _, client in ipairs(vim.lsp.get_clients({ name = 'vouch' })) do
    for token in pairs(client.progress.pending) do
      client:notify('window/workDoneProgress/cancel', { token = token })
    end
  end
end, {})
if vim.lsp.inline_completion then
  vim.lsp.inline_completion.enable()
  vim.keymap.set('i', '<Tab>', function()
    return vim.lsp.inline_completion.get() and '' or '<Tab>'
  end, { expr = true })
end
