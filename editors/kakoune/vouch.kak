# kakoune-lsp (kak-lsp) 18 and newer, in your kakrc.
eval %sh{kak-lsp}
hook -group vouch global BufSetOption filetype=(?:python|typescript|javascript|go|rust|java|c|cpp|ruby|php|sh|lua) %{
    set-option buffer lsp_servers %{
        [vouch]
        command = "vouch"
        args = ["--stdio"]
        root_globs = [".vouch.json", ".git"]
    }
}
hook global WinSetOption filetype=(?:python|typescript|javascript|go|rust|java|c|cpp|ruby|php|sh|lua) lsp-enable-window
map global user l ': enter-user-mode lsp<ret>' -docstring 'language server'
