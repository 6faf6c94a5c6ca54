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

((module
  (expression_statement
    (assignment left: (identifier) @name) @symbol.constant))
  (#match? @name "^_*[A-Z][A-Z0-9_]*$"))

(class_definition
  body: (block
    (expression_statement
      (assignment left: (identifier) @name) @symbol.field)))

(type_alias_statement
  left: (type . [
    (identifier) @name
    (generic_type . (identifier) @name)
  ])) @symbol.type
