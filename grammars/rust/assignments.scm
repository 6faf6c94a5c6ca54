[
  (let_declaration
    pattern: [
      (identifier) @target
      (tuple_pattern) @targets
      (tuple_struct_pattern) @targets
      (struct_pattern) @targets
      (slice_pattern) @targets
      (ref_pattern) @targets
      (reference_pattern) @targets
      (captured_pattern) @targets
    ]
    type: (_)? @type
    value: (_)? @value)
  (let_condition pattern: (_) @targets value: (_) @value)
  (const_item name: (identifier) @target type: (_) @type value: (_)? @value)
  (static_item name: (identifier) @target type: (_) @type value: (_)? @value)
  (assignment_expression left: [(identifier) (field_expression) (index_expression) (unary_expression)] @target right: (_) @value)
  (assignment_expression left: (tuple_expression) @targets right: (_) @value)
] @assignment.assign
(match_expression value: (_) @value body: (match_block (match_arm pattern: (match_pattern) @targets) @assignment.assign))
(compound_assignment_expr left: (_) @target right: (_) @value) @assignment.augment
(for_expression pattern: (identifier) @target value: (_) @value) @assignment.each
(for_expression
  pattern: [(tuple_pattern) (tuple_struct_pattern) (struct_pattern) (reference_pattern)] @targets
  value: (_) @value) @assignment.each

; Targets in patterns: in those that may fail a capitalised name is a constant or a variant.
[
  (tuple_pattern (identifier) @part)
  (slice_pattern (identifier) @part)
  (mut_pattern (identifier) @part)
  (ref_pattern (identifier) @part)
  (reference_pattern (identifier) @part)
  (field_pattern name: (shorthand_field_identifier) @part)
  (captured_pattern . (identifier) @part)
  (tuple_expression (identifier) @part)
]
(([
  (let_condition pattern: (identifier) @part)
  (match_pattern (identifier) @part)
  (or_pattern (identifier) @part)
  (tuple_struct_pattern type: (_) (identifier) @part)
  (field_pattern pattern: (identifier) @part)
]) (#match? @part "^[a-z_]"))
