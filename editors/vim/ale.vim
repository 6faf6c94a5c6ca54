" Vim 8 or 9 with ALE, in your vimrc.
packadd! ale
filetype plugin indent on
let g:ale_lsp_show_message_severity = 'information'
let g:ale_linters = get(g:, 'ale_linters', {})
for s:filetype in ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'go', 'rust', 'java', 'c', 'cpp', 'cs', 'ruby', 'php', 'sh', 'lua']
  call ale#linter#Define(s:filetype, {'name': 'vouch', 'lsp': 'stdio', 'executable': 'vouch', 'command': '%e --stdio', 'project_root': {-> getcwd()}})
  let g:ale_linters[s:filetype] = get(g:ale_linters, s:filetype, []) + ['vouch']
endfor
autocmd FileType,BufEnter * setlocal omnifunc=ale#completion#OmniFunc
