(import_statement
  name: (dotted_name . (identifier) @namespace) @module) @import

(import_statement
  name: (aliased_import
    name: (dotted_name) @module
    alias: (identifier) @namespace)) @import

(import_from_statement
  module_name: (_) @module
  name: (dotted_name) @name) @import

(import_from_statement
  module_name: (_) @module
  name: (aliased_import
    name: (dotted_name) @name
    alias: (identifier) @local)) @import

(import_from_statement
  module_name: (_) @module
  (wildcard_import) @wildcard) @import

(future_import_statement
  "__future__" @module
  name: (dotted_name) @name) @import

; Where an import may fail by intent.
(try_statement
  body: (block) @optional
  (except_clause))

(try_statement
  (except_clause (block) @optional))

(if_statement) @optional

(function_definition body: (block) @optional)
