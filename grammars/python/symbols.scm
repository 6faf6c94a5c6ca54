; A decorated definition begins at its decorators and is described from its keyword.
(function_definition
  name: (identifier) @name
  body: (block) @body) @symbol.function

(decorated_definition
  definition: (function_definition
    name: (identifier) @name
    body: (block) @body) @signature) @symbol.function

(class_definition
  name: (identifier) @name
  body: (block) @body) @symbol.class

(decorated_definition
  definition: (class_definition
    name: (identifier) @name
    body: (block) @body) @signature) @symbol.class

((class_definition
  name: (identifier) @name
  superclasses: (argument_list [(identifier) @_base (attribute attribute: (identifier) @_base)])
  body: (block) @body) @symbol.enum
  (#any-of? @_base "Enum" "IntEnum" "StrEnum" "Flag" "IntFlag"))

; Docstrings.
(_ body: (block . (expression_statement . (string) @doc .)) @body)

; Methods are functions that stand in a class.
(class_definition
  body: (block
    (function_definition
      name: (identifier) @name
      body: (block) @body) @symbol.method))

(class_definition
  body: (block
    (decorated_definition
      definition: (function_definition
        name: (identifier) @name
        body: (block) @body) @signature) @symbol.method))

((class_definition
  body: (block
    (function_definition
      name: (identifier) @name
      body: (block) @body) @symbol.constructor))
  (#eq? @name "__init__"))

; What a module and a class assign.
(module
  (expression_statement
    (assignment
      left: [
        (identifier) @name
        (pattern_list (identifier) @name)
      ]) @symbol.variable))

(module
  (expression_statement
    (assignment
      left: (identifier) @name
      type: (type)? @type
      right: (_)? @value) @symbol.variable))

((module
  (expression_statement
    (assignment left: (identifier) @name) @symbol.constant))
  (#match? @name "^_*[A-Z][A-Z0-9_]*$"))

(class_definition
  body: (block
    [
      (expression_statement
        (assignment left: [(pattern_list (identifier) @name) (tuple_pattern (identifier) @name)]) @symbol.field)
      (expression_statement
        (assignment right: (assignment left: (identifier) @name)) @symbol.field)
      (if_statement (block (expression_statement (assignment left: (identifier) @name) @symbol.field)))
      (try_statement (block (expression_statement (assignment left: (identifier) @name) @symbol.field)))
    ]))

(class_definition
  body: (block
    (expression_statement
      (assignment
        left: (identifier) @name
        type: (type)? @type
        right: (_)? @value) @symbol.field)))

; What methods set on their object, or on its class.
(([
  (assignment
    left: (attribute object: (identifier) @_self attribute: (identifier) @name)
    type: (type)? @type
    right: (_)? @value) @symbol.field
  (pattern_list (attribute object: (identifier) @_self attribute: (identifier) @name) @symbol.field)
  (tuple_pattern (attribute object: (identifier) @_self attribute: (identifier) @name) @symbol.field)
  (list_pattern (attribute object: (identifier) @_self attribute: (identifier) @name) @symbol.field)
  (as_pattern_target (attribute object: (identifier) @_self attribute: (identifier) @name) @symbol.field)
  (for_statement left: (attribute object: (identifier) @_self attribute: (identifier) @name) @symbol.field)
])
  (#any-of? @_self "self" "cls")
  (#set! of "class"))

(type_alias_statement
  left: (type . [
    (identifier) @name
    (generic_type . (identifier) @name)
  ])) @symbol.type

; What declarations say of themselves.
[
  (function_definition
    "async"? @modifier
    name: (identifier) @name
    parameters: (parameters) @parameters
    return_type: (type)? @returns)
  (class_definition
    name: (identifier) @name
    superclasses: (argument_list [(identifier) (attribute) (subscript) (call)] @base))
  (decorated_definition
    (decorator (_) @modifier)
    definition: (_ name: (identifier) @name))
]

(function_definition
  parameters: (parameters
    [
      (identifier) @parameter.either @parameter.name
      (tuple_pattern) @parameter.positional
      (default_parameter name: (_) @parameter.name value: (_) @optional) @parameter.either
      (typed_parameter . (identifier) @parameter.name type: (_) @parameter.type) @parameter.either
      (typed_default_parameter
        name: (_) @parameter.name
        type: (_) @parameter.type
        value: (_) @optional) @parameter.either
      (list_splat_pattern (_) @parameter.name) @parameter.rest @separator.keyword
      (dictionary_splat_pattern (_) @parameter.name) @parameter.keyword-rest
      (typed_parameter
        (list_splat_pattern (_) @parameter.name)
        type: (_) @parameter.type) @parameter.rest @separator.keyword
      (typed_parameter
        (dictionary_splat_pattern (_) @parameter.name)
        type: (_) @parameter.type) @parameter.keyword-rest
      (keyword_separator) @separator.keyword
      (positional_separator) @separator.positional
    ]) @parameters)
