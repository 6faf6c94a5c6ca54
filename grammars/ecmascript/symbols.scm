; Shared by JavaScript and TypeScript.
([
  (function_declaration name: (identifier) @name body: (_) @body)
  (generator_function_declaration name: (identifier) @name body: (_) @body)
] @symbol.function)

(class_declaration
  name: (_) @name
  body: (class_body) @body) @symbol.class

(class_body
  (method_definition
    name: (_) @name
    body: (_) @body) @symbol.method)

((class_body
  (method_definition
    name: (_) @name
    body: (_) @body) @symbol.constructor)
  (#eq? @name "constructor"))

; What a module declares; inside of functions these are local.
[
  (program (lexical_declaration (variable_declarator name: (identifier) @name value: (_)? @value)) @symbol.variable)
  (program (variable_declaration (variable_declarator name: (identifier) @name value: (_)? @value)) @symbol.variable)
  (export_statement
    declaration: (lexical_declaration
      (variable_declarator name: (identifier) @name value: (_)? @value)) @symbol.variable)
  (export_statement
    declaration: (variable_declaration
      (variable_declarator name: (identifier) @name value: (_)? @value)) @symbol.variable)
]

[
  (program
    (lexical_declaration kind: "const" (variable_declarator name: (identifier) @name)) @symbol.constant)
  (export_statement
    declaration: (lexical_declaration
      kind: "const"
      (variable_declarator name: (identifier) @name)) @symbol.constant)
]

[
  (program
    (lexical_declaration
      (variable_declarator
        name: (identifier) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @symbol.function)
  (program
    (variable_declaration
      (variable_declarator
        name: (identifier) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @symbol.function)
  (export_statement
    declaration: (_
      (variable_declarator
        name: (identifier) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @symbol.function)
  (program
    (expression_statement
      (assignment_expression
        left: (member_expression property: (_) @name)
        right: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @symbol.function)
]

; Methods of objects; members of an object that a module declares or exports, where they are functions.
[
  (object (method_definition name: (_) @name body: (_) @body) @symbol.method)
  (program
    (lexical_declaration
      (variable_declarator
        value: (object
          (pair
            key: (_) @name
            value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @symbol.method))))
  (export_statement
    declaration: (lexical_declaration
      (variable_declarator
        value: (object
          (pair
            key: (_) @name
            value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @symbol.method))))
  (export_statement
    value: (object
      (pair
        key: (_) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @symbol.method))
  (program
    (expression_statement
      (assignment_expression
        right: (object
          (pair
            key: (_) @name
            value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @symbol.method))))
]

; What methods set on their object.
((assignment_expression
  left: (member_expression object: (this) property: (_) @name)
  right: (_) @value) @symbol.field
  (#set! of "class"))

; What declarations say of themselves.
[
  (function_declaration "async"? @modifier name: (_) @name parameters: (_) @parameters)
  (generator_function_declaration "async"? @modifier name: (_) @name parameters: (_) @parameters)
  (method_definition name: (_) @name parameters: (_) @parameters)
  (method_definition ["static" "async" "get" "set"] @modifier name: (_) @name)
  (variable_declarator
    name: (identifier) @name
    value: [
      (arrow_function "async"? @modifier parameters: (_) @parameters)
      (arrow_function "async"? @modifier parameter: (_) @parameters)
      (function_expression "async"? @modifier parameters: (_) @parameters)
    ])
  (assignment_expression
    left: (member_expression property: (_) @name)
    right: [
      (arrow_function "async"? @modifier parameters: (_) @parameters)
      (arrow_function "async"? @modifier parameter: (_) @parameters)
      (function_expression "async"? @modifier parameters: (_) @parameters)
    ])
  (pair
    key: (_) @name
    value: [
      (arrow_function "async"? @modifier parameters: (_) @parameters)
      (arrow_function "async"? @modifier parameter: (_) @parameters)
      (function_expression "async"? @modifier parameters: (_) @parameters)
    ])
  (class_declaration
    decorator: (decorator
      [(identifier) @modifier (member_expression) @modifier (call_expression function: (_) @modifier)])
    name: (_) @name)
]

(arrow_function parameter: (identifier) @parameters @parameter.positional @parameter.name)

(export_statement ["export" "default"] @attribute)
