(selector_expression operand: (_) @receiver field: (field_identifier) @name) @member
(qualified_type package: (package_identifier) @receiver name: (type_identifier) @name) @member

; How it is used.
[
  (call_expression function: (selector_expression) @call)
  (assignment_statement left: (expression_list (selector_expression) @write) operator: "=")
  (range_clause left: (expression_list (selector_expression) @write))
  (receive_statement left: (expression_list (selector_expression) @write))
]
