; inherits: ecmascript

(program
  (export_statement
    declaration: [
      (abstract_class_declaration name: (_) @name @local)
      (enum_declaration name: (_) @name @local)
      (function_signature name: (_) @name @local)
      (internal_module name: [(identifier) @name @local (nested_identifier . (identifier) @name @local)])
      (module name: [(identifier) @name @local (nested_identifier . (identifier) @name @local)])
      (import_alias . (identifier) @name @local)
      (ambient_declaration
        [
          (class_declaration name: (_) @name @local)
          (abstract_class_declaration name: (_) @name @local)
          (function_signature name: (_) @name @local)
          (enum_declaration name: (_) @name @local)
          (lexical_declaration (variable_declarator name: (identifier) @name @local))
          (variable_declaration (variable_declarator name: (identifier) @name @local))
          (internal_module name: [(identifier) @name @local (nested_identifier . (identifier) @name @local)])
          (module name: [(identifier) @name @local (nested_identifier . (identifier) @name @local)])
        ])
    ]) @export)

; Types only.
(program
  (export_statement
    declaration: [
      (interface_declaration name: (_) @name @local @type)
      (type_alias_declaration name: (_) @name @local @type)
      (ambient_declaration
        [
          (interface_declaration name: (_) @name @local @type)
          (type_alias_declaration name: (_) @name @local @type)
        ])
    ]) @export)

(program (export_statement "type" @type) @export)

(program
  (export_statement
    (export_clause
      [
        (export_specifier "type" @type name: (_) @name !alias)
        (export_specifier "type" @type alias: (_) @name)
      ])) @export)

((program (export_statement "=" [(identifier) @local (_)]) @export) (#set! name "="))

; An older way, of which no more is told.
((assignment_expression left: (member_expression) @_exports) @export
  (#match? @_exports "^(?:module[.])?exports\\b")
  (#set! name "*"))
