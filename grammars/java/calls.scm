; Calls of methods, with or without an object, and of constructors.

(method_invocation object: (_)? @receiver name: (identifier) @name arguments: (argument_list) @arguments) @call
(object_creation_expression
  type: [
    (type_identifier) @name
    (generic_type (type_identifier) @name)
    (scoped_type_identifier (_) @receiver (type_identifier) @name .)
    (generic_type (scoped_type_identifier (_) @receiver (type_identifier) @name .))
  ]
  arguments: (argument_list) @arguments) @call
