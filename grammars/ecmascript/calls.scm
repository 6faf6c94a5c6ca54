; Shared by JavaScript and TypeScript.
(call_expression
  function: [
    (identifier) @name
    (super) @name
    (member_expression object: (_) @receiver property: (_) @name)
  ]
  arguments: [
    (arguments) @arguments
    (template_string) @argument
  ]) @call

(new_expression
  constructor: [
    (identifier) @name
    (member_expression object: (_) @receiver property: (_) @name)
  ]
  arguments: (_)? @arguments) @call

; A tag gets the strings and, one by one, what stands between them.
[
  (arguments (spread_element (_) @argument.value) @spread)
  (call_expression arguments: (template_string) @spread)
]
