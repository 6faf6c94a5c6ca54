[(string) (encapsed_string) (heredoc) (nowdoc) (shell_command_expression)] @string
; Text outside of the tags is not code of this language.
(text) @string
