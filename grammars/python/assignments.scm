(assignment
  left: [
    (identifier) @target
    (attribute) @target
    (subscript) @target
    (pattern_list) @targets
    (tuple_pattern) @targets
    (list_pattern) @targets
  ]
  type: (type)? @type
  right: (_)? @value) @assignment.assign

(named_expression
  name: (identifier) @target
  value: (_) @value) @assignment.assign

(augmented_assignment
  left: (_) @target
  right: (_) @value) @assignment.augment

([
  (for_statement
    left: [
      (identifier) @target
      (attribute) @target
      (subscript) @target
      (pattern_list) @targets
      (tuple_pattern) @targets
      (list_pattern) @targets
    ]
    right: (_) @value)
  (for_in_clause
    left: [
      (identifier) @target
      (attribute) @target
      (subscript) @target
      (pattern_list) @targets
      (tuple_pattern) @targets
      (list_pattern) @targets
    ]
    right: (_) @value)
] @assignment.each)

(with_item
  value: (as_pattern
    . (_) @value
    alias: (as_pattern_target
      [
        (identifier) @target
        (attribute) @target
        (subscript) @target
        (tuple) @targets
        (list) @targets
        (parenthesized_expression) @targets
      ]))) @assignment.with

; What is caught has the type that is named; what a case matches is a part of the subject.
(except_clause
  value: (as_pattern
    . (_) @type
    alias: (as_pattern_target (identifier) @target)) @assignment.assign)

(match_statement
  subject: (_) @value
  body: (block (case_clause (case_pattern) @targets) @assignment.assign))

; Targets in patterns.
[
  (pattern_list [(identifier) (attribute) (subscript)] @part)
  (tuple_pattern [(identifier) (attribute) (subscript)] @part)
  (list_pattern [(identifier) (attribute) (subscript)] @part)
  (list_splat_pattern [(identifier) (attribute) (subscript)] @part)
  (as_pattern_target (_ [(identifier) (attribute) (subscript)] @part))
  (as_pattern_target (tuple (tuple [(identifier) (attribute) (subscript)] @part)))
  (case_pattern (dotted_name . (identifier) @part .))
  (keyword_pattern (dotted_name . (identifier) @part .))
  (splat_pattern (identifier) @part)
  (as_pattern (case_pattern) (identifier) @part)
]
