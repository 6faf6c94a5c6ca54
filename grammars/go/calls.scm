; Calls, conversions that look like one included.

(call_expression
  function: [
    (identifier) @name
    (selector_expression operand: (_) @receiver field: (field_identifier) @name)
    (parenthesized_expression (identifier) @name)
    (parenthesized_expression (selector_expression operand: (_) @receiver field: (field_identifier) @name))
  ]
  arguments: (argument_list) @arguments) @call

(argument_list (variadic_argument (_) @argument.value) @spread)
