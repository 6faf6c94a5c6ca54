[
  (string)
  (bare_string)
  (heredoc_body)
  (character)
  (regex)
  (subshell)
  (delimited_symbol)
] @string
(interpolation) @code
