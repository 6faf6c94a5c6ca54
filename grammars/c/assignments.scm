(init_declarator
  declarator: (_) @target
  value: (_) @value) @assignment.assign

(assignment_expression
  left: (_) @target
  operator: "="
  right: (_) @value) @assignment.assign

(assignment_expression
  left: (_) @target
  operator: ["+=" "|=" "-="]
  right: (_) @value) @assignment.augment
