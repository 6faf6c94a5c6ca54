; inherits: ecmascript

(class_body (field_definition property: (_) @name value: (_)? @value) @symbol.field)
(class_body
  (field_definition
    property: (_) @name
    value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @symbol.method)

; What declarations say of themselves.
[
  (class_declaration name: (_) @name (class_heritage (_) @base))
  (field_definition "static" @modifier property: (_) @name)
  (field_definition
    property: (_) @name
    value: [
      (arrow_function "async"? @modifier parameters: (_) @parameters)
      (arrow_function "async"? @modifier parameter: (_) @parameters)
      (function_expression "async"? @modifier parameters: (_) @parameters)
    ])
  (method_definition
    decorator: (decorator
      [(identifier) @modifier (member_expression) @modifier (call_expression function: (_) @modifier)])
    name: (_) @name)
  (field_definition
    decorator: (decorator
      [(identifier) @modifier (member_expression) @modifier (call_expression function: (_) @modifier)])
    property: (_) @name)
]

(formal_parameters
  [
    (identifier) @parameter.positional @parameter.name
    (object_pattern) @parameter.positional
    (array_pattern) @parameter.positional
    (assignment_pattern left: (_) @parameter.name) @parameter.positional @optional
    (rest_pattern (_) @parameter.name) @parameter.rest
  ]) @parameters
