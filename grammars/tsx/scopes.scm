; Which names a file binds and which it uses: as in TypeScript, and elements.

; inherits: typescript

; Elements: `div` is the platform's, `Panel` a name of this file.
((jsx_opening_element name: (identifier) @ignore) (#match? @ignore "^[a-z]"))
((jsx_self_closing_element name: (identifier) @ignore) (#match? @ignore "^[a-z]"))
[
  (jsx_closing_element name: (identifier) @ignore)
  (jsx_closing_element name: (member_expression object: (identifier) @ignore))
  (jsx_namespace_name (identifier) @ignore)
]
