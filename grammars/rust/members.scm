(field_expression value: (_) @receiver field: (field_identifier) @name) @member
; Paths of imports are none, so that the places of values are named.
(call_expression function: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
(call_expression
  function: (generic_function function: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member))
([
  (arguments (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (let_declaration value: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (assignment_expression right: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (binary_expression (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (field_expression value: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (field_initializer value: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (reference_expression value: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (return_expression (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (block (scoped_identifier path: (_) @receiver name: (identifier) @name) @member .)
  (match_arm value: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (match_pattern (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (or_pattern (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
  (tuple_struct_pattern type: (scoped_identifier path: (_) @receiver name: (identifier) @name) @member)
])
(scoped_type_identifier path: (_) @receiver name: (type_identifier) @name) @member

; How it is used.
[
  (call_expression function: [(field_expression) (scoped_identifier)] @call)
  (call_expression function: (generic_function function: [(field_expression) (scoped_identifier)] @call))
  (assignment_expression left: (field_expression) @write)
]
