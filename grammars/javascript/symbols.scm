; inherits: ecmascript

(class_declaration name: (_) @name (class_heritage (_) @base))

(field_definition property: (_) @name value: (_)? @value) @symbol.field
(field_definition
  property: (_) @name
  value: (_ "async"? @modifier [parameters: (_) parameter: (_)] @parameters body: (_) @body)) @symbol.method
(field_definition _ @modifier property: (_) @name)

(formal_parameters
  [
    (identifier) @parameter.positional @parameter.name
    (object_pattern) @parameter.positional
    (array_pattern) @parameter.positional
    (assignment_pattern left: (_) @parameter.name) @parameter.positional @optional
    (rest_pattern (_) @parameter.name) @parameter.rest
  ]) @parameters
