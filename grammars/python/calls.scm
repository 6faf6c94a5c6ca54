(call
  function: [
    (identifier) @name
    (attribute
      object: (_) @receiver
      attribute: (identifier) @name)
  ]
  arguments: [
    (argument_list) @arguments
    (generator_expression) @argument
  ]) @call

(argument_list
  [
    (keyword_argument name: (_) @argument.keyword value: (_) @argument.value) @argument
    (list_splat (_) @argument.value) @spread
    (dictionary_splat (_) @argument.value) @spread
  ])
