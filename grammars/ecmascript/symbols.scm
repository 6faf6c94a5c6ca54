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
  (program (lexical_declaration (variable_declarator name: (identifier) @name)) @symbol.variable)
  (program (variable_declaration (variable_declarator name: (identifier) @name)) @symbol.variable)
  (export_statement
    declaration: (lexical_declaration (variable_declarator name: (identifier) @name)) @symbol.variable)
  (export_statement
    declaration: (variable_declaration (variable_declarator name: (identifier) @name)) @symbol.variable)
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
  (export_statement
    declaration: (lexical_declaration
      (variable_declarator
        name: (identifier) @name
        value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @symbol.function)
  (program
    (expression_statement
      (assignment_expression
        left: (member_expression property: (_) @name)
        right: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])) @symbol.function)
]

(export_statement ["export" "default"] @attribute)
