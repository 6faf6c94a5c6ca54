(attribute
  object: (_) @receiver
  attribute: (identifier) @name) @member

; How it is used.
[
  (call function: (attribute) @call)
  (assignment left: (attribute) @write)
  (pattern_list (attribute) @write)
  (tuple_pattern (attribute) @write)
  (list_pattern (attribute) @write)
  (for_statement left: (attribute) @write)
  (for_in_clause left: (attribute) @write)
  (as_pattern_target (attribute) @write)
  (delete_statement [(attribute) @delete (expression_list (attribute) @delete)])
]

; May be absent by intent.
([
  (call
    function: (identifier) @_test
    arguments: (argument_list . (_) . (string (string_content) @guard)))
  (comparison_operator
    . (string (string_content) @guard)
    (call function: (identifier) @_test))
] (#any-of? @_test "hasattr" "getattr" "setattr" "delattr" "dir" "vars"))

(([
  (try_statement
    body: (block) @doubtful
    (except_clause value: (_) @_exception))
  (with_statement (with_clause) @_exception) @doubtful
  (argument_list (identifier) @_exception) @doubtful
]) (#match? @_exception "\\bAttributeError\\b"))

(try_statement body: (block) @doubtful (except_clause "except" . ":"))
