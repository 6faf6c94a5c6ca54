; Imports: `use`, in all its nesting, and `extern crate`. The last name of a path is an imported name; what stands before
; it is the module. A query cannot say "at any depth": groups are seen down to the third.

((scoped_use_list path: (_) @prefix list: (use_list) @prefix.region) (#set! separator "::"))

(use_declaration
  argument: [
    (scoped_identifier path: (_) @module name: (identifier) @name)
    (use_as_clause path: (scoped_identifier path: (_) @module name: (identifier) @name) alias: (identifier) @local)
    (use_wildcard (_) @module) @wildcard
    (use_as_clause path: (identifier) @module alias: (identifier) @namespace)
  ]) @import
((use_declaration argument: (identifier) @module) @import (#set! namespace "(.+)"))
((extern_crate_declaration name: (identifier) @module !alias) @import (#set! namespace "(.+)"))
(extern_crate_declaration name: (identifier) @module alias: (identifier) @namespace) @import

(use_declaration
  argument: (scoped_use_list list: (use_list [
    (identifier) @name
    (scoped_identifier path: (_) @module name: (identifier) @name)
    (use_as_clause path: (identifier) @name alias: (identifier) @local)
    (use_as_clause path: (scoped_identifier path: (_) @module name: (identifier) @name) alias: (identifier) @local)
    (use_wildcard . "*") @wildcard
    (use_wildcard . (_) @module) @wildcard
  ]))) @import
(use_declaration
  argument: (scoped_use_list list: (use_list (scoped_use_list list: (use_list [
    (identifier) @name
    (scoped_identifier path: (_) @module name: (identifier) @name)
    (use_as_clause path: (identifier) @name alias: (identifier) @local)
    (use_as_clause path: (scoped_identifier path: (_) @module name: (identifier) @name) alias: (identifier) @local)
    (use_wildcard . "*") @wildcard
    (use_wildcard . (_) @module) @wildcard
  ]))))) @import
(use_declaration
  argument: (scoped_use_list list: (use_list (scoped_use_list list: (use_list (scoped_use_list list: (use_list [
    (identifier) @name
    (scoped_identifier path: (_) @module name: (identifier) @name)
    (use_as_clause path: (identifier) @name alias: (identifier) @local)
    (use_as_clause path: (scoped_identifier path: (_) @module name: (identifier) @name) alias: (identifier) @local)
    (use_wildcard . "*") @wildcard
    (use_wildcard . (_) @module) @wildcard
  ]))))))) @import
(use_declaration
  argument: (use_list [
    (identifier) @name
    (scoped_identifier path: (_) @module name: (identifier) @name)
    (use_as_clause path: (identifier) @name alias: (identifier) @local)
    (use_as_clause path: (scoped_identifier path: (_) @module name: (identifier) @name) alias: (identifier) @local)
    (use_wildcard . "*") @wildcard
    (use_wildcard . (_) @module) @wildcard
  ])) @import
(use_declaration
  argument: (use_list (scoped_use_list list: (use_list [
    (identifier) @name
    (scoped_identifier path: (_) @module name: (identifier) @name)
    (use_as_clause path: (identifier) @name alias: (identifier) @local)
    (use_as_clause path: (scoped_identifier path: (_) @module name: (identifier) @name) alias: (identifier) @local)
    (use_wildcard . "*") @wildcard
    (use_wildcard . (_) @module) @wildcard
  ])))) @import

; `a::b::{self, …}` brings the module itself.
((use_declaration
  argument: [
    (scoped_use_list path: (_) @module list: (use_list (self)))
    (scoped_use_list list: (use_list (scoped_use_list path: (_) @module list: (use_list (self)))))
    (scoped_use_list list: (use_list (scoped_use_list list: (use_list (scoped_use_list path: (_) @module list: (use_list (self)))))))
  ]) @import
  (#set! namespace "([A-Za-z0-9_]+)$"))
(use_declaration
  argument: [
    (scoped_use_list path: (_) @module list: (use_list (use_as_clause path: (self) alias: (identifier) @namespace)))
    (scoped_use_list list: (use_list (scoped_use_list path: (_) @module list: (use_list (use_as_clause path: (self) alias: (identifier) @namespace)))))
    (scoped_use_list list: (use_list (scoped_use_list list: (use_list (scoped_use_list path: (_) @module list: (use_list (use_as_clause path: (self) alias: (identifier) @namespace)))))))
  ]) @import
