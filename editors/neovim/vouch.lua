-- Neovim 0.11 and newer.
vim.lsp.config('vouch', {
  cmd = { 'vouch', '--stdio' },
  filetypes = { 'python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'go', 'rust', 'java', 'c', 'cpp', 'cs', 'ruby', 'php', 'sh', 'lua' },
  root_markers = { '.vouch.json', '.git' },
})
vim.lsp.enable('vouch')
vim.api.nvim_create_user_command('VouchCancel', function()
  for _, client in ipairs(vim.lsp.get_clients({ name = 'vouch' })) do
    for token in pairs(client.progress.pending) do
      client:notify('window/workDoneProgress/cancel', { token = token })
    end
  end
end, {})
-- Ghost text (0.12): <Tab> takes what is shown, or is a tab where nothing is.
if vim.lsp.inline_completion then
  vim.lsp.inline_completion.enable()
  vim.keymap.set('i', '<Tab>', function()
    return vim.lsp.inline_completion.get() and '' or '<Tab>'
  end, { expr = true })
end
