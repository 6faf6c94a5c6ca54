; Calls. Macros are none: what stands between their brackets is no list of arguments.

(call_expression
  function: [
    (identifier) @name
    (field_expression value: (_) @receiver field: (field_identifier) @name)
    (scoped_identifier path: (_) @receiver name: (identifier) @name)
    (generic_function
      function: [
        (identifier) @name
        (field_expression value: (_) @receiver field: (field_identifier) @name)
        (scoped_identifier path: (_) @receiver name: (identifier) @name)
      ])
  ]
  arguments: (arguments) @arguments) @call
