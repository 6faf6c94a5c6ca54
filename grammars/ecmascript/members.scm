; Shared by JavaScript and TypeScript.
(member_expression
  object: (_) @receiver
  (optional_chain)? @optional
  property: (_) @name) @member

; How it is used.
[
  (call_expression function: (member_expression) @call)
  (new_expression constructor: (member_expression) @call)
  (assignment_expression left: (member_expression) @write)
  (array_pattern (member_expression) @write)
  (pair_pattern value: (member_expression) @write)
  (rest_pattern (member_expression) @write)
  (assignment_pattern left: (member_expression) @write)
  (for_in_statement left: (member_expression) @write)
  (unary_expression operator: "delete" argument: (member_expression) @delete)
]

; May be absent by intent.
[
  (binary_expression left: (string (string_fragment) @guard) operator: "in")
  (unary_expression operator: "typeof" argument: (member_expression property: (_) @guard))
]
((call_expression
  function: (member_expression property: (property_identifier) @_has)
  arguments: (arguments (string (string_fragment) @guard)))
  (#any-of? @_has "hasOwnProperty" "hasOwn" "has" "call"))
