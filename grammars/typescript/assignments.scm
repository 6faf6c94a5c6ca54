; inherits: ecmascript

(variable_declarator
  name: [
    (identifier) @target
    (object_pattern) @targets
    (array_pattern) @targets
  ]
  type: (type_annotation (_) @type)
  value: (_)? @value) @assignment.assign
