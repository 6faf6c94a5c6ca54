-- Neovim 0.11 and newer.
vim.lsp.config('vouch', {
  cmd = { 'vouch', '--stdio' },
  filetypes = { 'python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'go', 'rust', 'java', 'c', 'cpp', 'cs', 'ruby', 'php', 'sh', 'lua' },
  root_markers = { '.vouch.json', '.git' },
})
vim.lsp.enable('vouch')
