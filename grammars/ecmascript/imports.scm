; Shared by JavaScript and TypeScript.
(import_statement source: (string) @module) @import

(import_statement
  (import_clause (identifier) @local)
  source: (string) @module
  (#set! name "default")) @import

(import_statement
  (import_clause (namespace_import (identifier) @namespace))
  source: (string) @module) @import

(import_statement
  (import_clause (named_imports (import_specifier name: _ @name alias: (identifier)? @local)))
  source: (string) @module) @import

(export_statement source: (string) @module) @import

(export_statement
  (export_clause (export_specifier name: _ @name alias: _? @local))
  source: (string) @module) @import

(export_statement
  "*" @wildcard
  source: (string) @module) @import

((call_expression
  function: (identifier) @_require
  arguments: (arguments . (string) @module)) @import
  (#eq? @_require "require"))

(call_expression
  function: (import)
  arguments: (arguments . (string) @module)) @import

((variable_declarator
  name: [
    (identifier) @namespace
    (object_pattern (shorthand_property_identifier_pattern) @name)
    (object_pattern (pair_pattern key: (property_identifier) @name value: (identifier) @local))
  ]
  value: (call_expression
    function: (identifier) @_require
    arguments: (arguments . (string) @module)) @import)
  (#eq? @_require "require"))

(variable_declarator
  name: [
    (identifier) @namespace
    (object_pattern (shorthand_property_identifier_pattern) @name)
    (object_pattern (pair_pattern key: (property_identifier) @name value: (identifier) @local))
  ]
  value: (await_expression
    (call_expression
      function: (import)
      arguments: (arguments . (string) @module)) @import))

; Where an import may fail by intent.
(try_statement
  body: (statement_block) @optional
  handler: (catch_clause))

((member_expression
  object: (call_expression function: (import)) @optional
  property: (property_identifier) @_catch)
  (#eq? @_catch "catch"))
