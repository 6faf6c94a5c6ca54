(short_var_declaration
  left: (expression_list . (_) @target .)
  right: (expression_list . (_) @value .)) @assignment.assign
(short_var_declaration
  left: (expression_list (_) (_)) @targets
  right: (expression_list) @value) @assignment.assign

(assignment_statement
  left: (expression_list . (_) @target .)
  operator: "="
  right: (expression_list . (_) @value .)) @assignment.assign
(assignment_statement
  left: (expression_list (_) (_)) @targets
  operator: "="
  right: (expression_list) @value) @assignment.assign
((assignment_statement
  left: (expression_list . (_) @target .)
  operator: _ @_operator
  right: (expression_list . (_) @value .)) @assignment.augment
  (#not-eq? @_operator "="))
[
  (inc_statement (_) @target)
  (dec_statement (_) @target)
] @assignment.augment

[
  (var_spec name: (identifier) @target type: (_) @type !value)
  (var_spec . name: (identifier) @target . type: (_) @type value: (expression_list . (_) @value .))
  (var_spec . name: (identifier) @target . "=" value: (expression_list . (_) @value .))
  (const_spec . name: (identifier) @target . type: (_) @type value: (expression_list . (_) @value .))
  (const_spec . name: (identifier) @target . "=" value: (expression_list . (_) @value .))
] @assignment.assign

(range_clause left: (expression_list . (_) @target .) right: (_) @value) @assignment.each
(range_clause left: (expression_list (_) (_)) @targets right: (_) @value) @assignment.each
(receive_statement left: (expression_list . (_) @target .) right: (_) @value) @assignment.assign
(type_switch_statement alias: (expression_list (identifier) @target) value: (_) @value) @assignment.assign

(short_var_declaration left: (expression_list (_) @part))
(assignment_statement left: (expression_list (_) @part))
(range_clause left: (expression_list (_) @part))
