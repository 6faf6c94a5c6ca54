; Shared by JavaScript and TypeScript.
[
  (variable_declarator
    name: [
      (identifier) @target
      (object_pattern) @targets
      (array_pattern) @targets
    ]
    value: (_)? @value)
  (assignment_expression
    left: [
      (identifier) @target
      (member_expression) @target
      (subscript_expression) @target
      (object_pattern) @targets
      (array_pattern) @targets
    ]
    right: (_) @value)
] @assignment.assign

(augmented_assignment_expression
  left: (_) @target
  right: (_) @value) @assignment.augment

(update_expression argument: (_) @target) @assignment.augment

; `in` gives out the names of members, which are no part of the value.
(for_in_statement
  left: [
    (identifier) @target
    (member_expression) @target
    (subscript_expression) @target
    (object_pattern) @targets
    (array_pattern) @targets
  ]) @assignment.each

(for_in_statement
  left: [
    (identifier) @target
    (member_expression) @target
    (subscript_expression) @target
    (object_pattern) @targets
    (array_pattern) @targets
  ]
  operator: "of"
  right: (_) @value) @assignment.each

(catch_clause
  parameter: [
    (identifier) @target
    (object_pattern) @targets
    (array_pattern) @targets
  ] @assignment.assign)

; Targets in patterns.
[
  (shorthand_property_identifier_pattern) @part
  (pair_pattern value: [(identifier) (member_expression) (subscript_expression)] @part)
  (array_pattern [(identifier) (member_expression) (subscript_expression)] @part)
  (assignment_pattern left: [(identifier) (member_expression) (subscript_expression)] @part)
  (rest_pattern [(identifier) (member_expression) (subscript_expression)] @part)
]

; What makes its names, rather than finding them around it.
(lexical_declaration (variable_declarator) @declares)
(variable_declaration (variable_declarator) @declares)
(for_in_statement kind: _) @declares
(catch_clause parameter: _ @declares)

; Functions that are values.
[
  (arrow_function parameters: (_) @parameters body: (_) @body)
  (arrow_function parameter: (_) @parameters body: (_) @body)
  (function_expression parameters: (_) @parameters body: (_) @body)
] @function
(object (method_definition parameters: (_) @parameters body: (_) @body) @function)
