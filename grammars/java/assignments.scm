[
  (local_variable_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @target value: (_)? @value))
  (field_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @target value: (_)? @value))
  (constant_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @target value: (_)? @value))
  (instanceof_expression left: (_) @value right: (_) @type name: (identifier) @target)
  (catch_formal_parameter (catch_type) @type name: (identifier) @target)
] @assignment.assign
(assignment_expression left: (_) @target operator: "=" right: (_) @value) @assignment.assign
((assignment_expression left: (_) @target operator: _ @_operator right: (_) @value) @assignment.augment
  (#not-eq? @_operator "="))
(update_expression [(identifier) (field_access) (array_access)] @target) @assignment.augment
(enhanced_for_statement type: (_) @type name: (identifier) @target value: (_) @value) @assignment.each
(resource type: (_) @type name: (identifier) @target value: (_) @value) @assignment.with
