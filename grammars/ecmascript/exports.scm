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
          (export_specifier name: _ @name @local !alias)
          (export_specifier name: _ @local alias: _ @name)
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

; Names in patterns.
[
  (shorthand_property_identifier_pattern) @part
  (pair_pattern value: (identifier) @part)
  (array_pattern (identifier) @part)
  (assignment_pattern left: (identifier) @part)
  (rest_pattern (identifier) @part)
]
