(call
  function: (identifier) @name
  arguments: (_) @arguments) @call

(call
  function: (attribute
    object: (_) @receiver
    attribute: (identifier) @name)
  arguments: (_) @arguments) @call
