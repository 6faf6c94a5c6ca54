; Shared by JavaScript and TypeScript. What a namespace exports is no matter of the file.
(program
  (export_statement
    declaration: [
      (function_declaration name: (_) @name @local)
      (generator_function_declaration name: (_) @name @local)
      (class_declaration name: (_) @name @local)
      (lexical_declaration (variable_declarator name: (identifier) @name @local))
      (variable_declaration (variable_declarator name: (identifier) @name @local))
      (lexical_declaration (variable_declarator name: [(object_pattern) (array_pattern)] @names))
      (variable_declaration (variable_declarator name: [(object_pattern) (array_pattern)] @names))
    ]) @export)

(program
  (export_statement
    [
      (export_clause
        [
          (export_specifier name: (_) @name @local !alias)
          (export_specifier name: (_) @local alias: (_) @name)
        ])
      (namespace_export (_) @name)
    ]
    source: (_)? @module) @export)

((program
  (export_statement
    "default"
    [
      value: (identifier) @local
      value: (_)
      declaration: (_ name: (_)? @local)
    ]) @export)
  (#set! name "default"))

((program (export_statement "*" source: (_) @module) @export) (#set! name "*"))

; CommonJS, wherever it stands.
((assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
  right: (object
    [
      (shorthand_property_identifier) @name @local
      (pair key: [(property_identifier) (string)] @name value: (identifier) @local)
      (pair key: [(property_identifier) (string)] @name)
      (method_definition name: [(property_identifier) (string)] @name)
    ])) @export
  (#eq? @_module "module")
  (#eq? @_exports "exports"))

(([
  (assignment_expression
    left: (member_expression object: (identifier) @_exports property: (property_identifier) @name)
    right: [(identifier) @local (_)])
  (assignment_expression
    left: (member_expression
      object: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
      property: (property_identifier) @name)
    right: [(identifier) @local (_)])
  (call_expression
    function: (member_expression property: (property_identifier) @_define)
    arguments: (arguments . [(identifier) @_exports (member_expression property: (_) @_exports)] . (string) @name))
] @export)
  (#eq? @_exports "exports")
  (#eq? @_module "module")
  (#eq? @_define "defineProperty")
  (#not-match? @name "__esModule"))

; All of another module.
(([
  (assignment_expression
    left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
    right: (call_expression
      function: (identifier) @_require
      arguments: (arguments . (string) @module .)))
  (call_expression
    function: [
      (identifier) @_star
      (member_expression property: (_) @_star)
    ]
    arguments: (arguments
      . (call_expression
        function: (identifier) @_require
        arguments: (arguments . (string) @module .))
      . (identifier) @_exports))
] @export)
  (#eq? @_module "module")
  (#eq? @_exports "exports")
  (#eq? @_require "require")
  (#eq? @_star "__exportStar")
  (#set! name "*"))

; The module is a value of its own.
((assignment_expression
  left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
  right: [
    (identifier) @local
    (call_expression function: (identifier) @_require)
    (call_expression function: (member_expression))
    (call_expression function: (call_expression))
    (call_expression function: (parenthesized_expression))
    (function_expression)
    (generator_function)
    (arrow_function)
    (class)
    (new_expression)
    (member_expression)
    (subscript_expression)
    (assignment_expression)
    (ternary_expression)
    (binary_expression)
    (unary_expression)
    (await_expression)
    (parenthesized_expression)
    (array)
    (string)
    (template_string)
    (number)
  ]) @export
  (#eq? @_module "module")
  (#eq? @_exports "exports")
  (#not-eq? @_require "require")
  (#set! name "="))

; Names that cannot be told: what is spread or computed, and whatever is done where the object is handed to.
(([
  (assignment_expression
    left: (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
    right: (object [(spread_element) (pair key: (computed_property_name)) (method_definition name: (computed_property_name))]))
  (assignment_expression
    left: (subscript_expression
      object: [
        (identifier) @_exports
        (member_expression object: (identifier) @_module property: (_) @_exports)
      ]))
  (call_expression
    function: [
      (identifier) @_taker
      (member_expression property: (_) @_taker)
      (parenthesized_expression) @_taker
    ]
    arguments: (arguments
      [
        (identifier) @_exports
        (member_expression object: (identifier) @_module property: (_) @_exports)
      ]))
  (variable_declarator
    value: [
      (identifier) @_exports
      (member_expression object: (identifier) @_module property: (_) @_exports)
    ])
  (assignment_expression
    right: [
      (identifier) @_exports
      (member_expression object: (identifier) @_module property: (_) @_exports)
    ])
] @export)
  (#eq? @_module "module")
  (#eq? @_exports "exports")
  (#not-any-of? @_taker "defineProperty" "__exportStar")
  (#set! name "*"))

; The object itself is what an import of the default gets.
((assignment_expression
  left: [
    (member_expression object: (identifier) @_module property: (property_identifier) @_exports)
    (member_expression object: (identifier) @_exports)
    (member_expression
      object: (member_expression object: (identifier) @_module property: (property_identifier) @_exports))
  ] @export)
  (#eq? @_module "module")
  (#eq? @_exports "exports")
  (#set! name "default"))

; Names in patterns.
[
  (shorthand_property_identifier_pattern) @part
  (pair_pattern value: (identifier) @part)
  (array_pattern (identifier) @part)
  (assignment_pattern left: (identifier) @part)
  (rest_pattern (identifier) @part)
]
