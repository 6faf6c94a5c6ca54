; Shared by JavaScript and TypeScript.
([
  (function_declaration "async"? @modifier name: (_) @name parameters: (_) @parameters body: (_) @body)
  (generator_function_declaration "async"? @modifier name: (_) @name parameters: (_) @parameters body: (_) @body)
] @symbol.function)

(class_declaration
  name: (_) @name
  body: (class_body) @body) @symbol.class
(class_declaration decorator: (_) @modifier name: (_) @name)

; Methods of classes and of objects; what stands in front of the name is said of them.
(_ (method_definition name: (_) @name parameters: (_) @parameters body: (_) @body) @symbol.method)
(method_definition _ @modifier name: (_) @name)

((class_body (method_definition name: (_) @name) @symbol.constructor)
  (#eq? @name "constructor"))

; What a module declares; inside of functions these are local.
[
  (program (_ (variable_declarator name: (identifier) @name value: (_)? @value)) @symbol.variable)
  (export_statement
    declaration: (_ (variable_declarator name: (identifier) @name value: (_)? @value)) @symbol.variable)
]

[
  (program
    (lexical_declaration kind: "const" (variable_declarator name: (identifier) @name)) @symbol.constant)
  (export_statement
    declaration: (lexical_declaration
      kind: "const"
      (variable_declarator name: (identifier) @name)) @symbol.constant)
]

; Of the values that a name can be given, only functions have parameters and a body.
[
  (program
    (_
      (variable_declarator
        name: (identifier) @name
        value: (_ "async"? @modifier [parameters: (_) parameter: (_)] @parameters body: (_) @body))) @symbol.function)
  (export_statement
    declaration: (_
      (variable_declarator
        name: (identifier) @name
        value: (_ "async"? @modifier [parameters: (_) parameter: (_)] @parameters body: (_) @body))) @symbol.function)
  (program
    (expression_statement
      (assignment_expression
        left: (member_expression property: (_) @name)
        right: (_ "async"? @modifier [parameters: (_) parameter: (_)] @parameters body: (_) @body))) @symbol.function)
]

; Members of objects that have a name or are exported.
(_
  [
    value: (object
      (pair
        key: (_) @name
        value: (_ "async"? @modifier [parameters: (_) parameter: (_)] @parameters body: (_) @body)) @symbol.method)
    right: (object
      (pair
        key: (_) @name
        value: (_ "async"? @modifier [parameters: (_) parameter: (_)] @parameters body: (_) @body)) @symbol.method)
  ])

; What methods set on their object.
((assignment_expression
  left: (member_expression object: (this) property: (_) @name)
  right: (_) @value) @symbol.field
  (#set! of "class"))

(arrow_function parameter: (identifier) @parameters @parameter.positional @parameter.name)

(export_statement ["export" "default"] @attribute)
