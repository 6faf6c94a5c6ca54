; inherits: c

(call_expression
  function: (qualified_identifier
    scope: (_) @receiver
    name: (identifier) @name)
  arguments: (_) @arguments) @call
