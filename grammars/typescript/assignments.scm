; inherits: ecmascript

(variable_declarator
  name: [
    (identifier) @target
    (object_pattern) @targets
    (array_pattern) @targets
  ]
  type: (type_annotation (_) @type)
  value: (_)? @value) @assignment.assign

[
  (arrow_function parameters: (_) @parameters return_type: (_ (_) @returns) body: (_) @body)
  (function_expression parameters: (_) @parameters return_type: (_ (_) @returns) body: (_) @body)
] @function
