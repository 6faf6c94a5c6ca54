; Shared by JavaScript and TypeScript.
(call_expression
  function: [
    (identifier) @name
    (member_expression object: (_) @receiver property: (_) @name)
  ]
  arguments: (_) @arguments) @call

(new_expression
  constructor: [
    (identifier) @name
    (member_expression object: (_) @receiver property: (_) @name)
  ]
  arguments: (_) @arguments) @call
