; inherits: ecmascript

(import_statement
  (import_require_clause
    (identifier) @namespace
    source: (string) @module)) @import

; Types only.
(import_statement "type" @type) @import
(export_statement "type" @type source: (string)) @import

(import_statement
  (import_clause (named_imports (import_specifier "type" @type name: (_) @name)))
  source: (string) @module) @import

(export_statement
  (export_clause (export_specifier "type" @type name: (_) @name))
  source: (string) @module) @import
