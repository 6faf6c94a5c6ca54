; Which names a file binds and which it uses. What wildcard imports and other crates bind, the module scheme tells.

[(identifier) (type_identifier) (shorthand_field_identifier)] @reference

; What looks like a name and is not looked up: members, labels, macros, what a path leads to.
[
  (scoped_identifier name: (identifier) @ignore.reference)
  (scoped_type_identifier name: (type_identifier) @ignore)
  (type_binding name: (type_identifier) @ignore)
  (associated_type name: (type_identifier) @ignore.reference)
  (type_arguments (type_identifier) @ignore . (trait_bounds))
  (lifetime (identifier) @ignore)
  (label (identifier) @ignore)
  (macro_invocation macro: (identifier) @ignore)
  (macro_invocation macro: (scoped_identifier path: (identifier) @ignore))
]
; A name in a pattern that is not bound binds.
(([
  (match_pattern (identifier) @ignore)
  (or_pattern (identifier) @ignore)
  (tuple_pattern (identifier) @ignore)
  (tuple_struct_pattern type: (_) (identifier) @ignore)
  (field_pattern pattern: (identifier) @ignore)
  (let_condition pattern: (identifier) @ignore)
]) (#match? @ignore "^[A-Z]"))

; Imports name what other files bind; attributes have a language of their own.
[(use_declaration) (extern_crate_declaration) (attribute_item) (inner_attribute_item) (visibility_modifier)] @doubtful

; What is compiled for a tool that brings its own names.
(((attribute_item (attribute (identifier) @_attribute arguments: (token_tree . (identifier) @_condition .))) . (_) @doubtful)
  (#eq? @_attribute "cfg")
  (#not-any-of? @_condition "test" "unix" "windows" "debug_assertions"))

; Macros: what they are given can be anything, and any of it may be a name that they bind. Of some it is expressions.
(macro_definition) @doubtful
((macro_invocation macro: (identifier) @_macro) @doubtful
  (#not-any-of? @_macro
    "print" "println" "eprint" "eprintln" "format" "format_args" "write" "writeln" "panic" "assert" "assert_eq" "assert_ne"
    "debug_assert" "debug_assert_eq" "debug_assert_ne" "vec" "dbg" "unreachable" "todo" "unimplemented"))
(macro_invocation macro: (scoped_identifier)) @doubtful
((macro_invocation macro: (identifier) @_macro (token_tree (identifier) @guard))
  (#not-any-of? @_macro
    "print" "println" "eprint" "eprintln" "format" "format_args" "write" "writeln" "panic" "assert" "assert_eq" "assert_ne"
    "debug_assert" "debug_assert_eq" "debug_assert_ne" "vec" "dbg" "unreachable" "todo" "unimplemented"))
((macro_invocation macro: (identifier) @_macro (token_tree (token_tree (identifier) @guard)))
  (#not-any-of? @_macro
    "print" "println" "eprint" "eprintln" "format" "format_args" "write" "writeln" "panic" "assert" "assert_eq" "assert_ne"
    "debug_assert" "debug_assert_eq" "debug_assert_ne" "vec" "dbg" "unreachable" "todo" "unimplemented"))
((macro_invocation macro: (identifier) @_macro (token_tree (token_tree (token_tree (identifier) @guard))))
  (#not-any-of? @_macro
    "print" "println" "eprint" "eprintln" "format" "format_args" "write" "writeln" "panic" "assert" "assert_eq" "assert_ne"
    "debug_assert" "debug_assert_eq" "debug_assert_ne" "vec" "dbg" "unreachable" "todo" "unimplemented"))
((macro_invocation macro: (identifier) @_macro (token_tree (token_tree (token_tree (token_tree (identifier) @guard)))))
  (#not-any-of? @_macro
    "print" "println" "eprint" "eprintln" "format" "format_args" "write" "writeln" "panic" "assert" "assert_eq" "assert_ne"
    "debug_assert" "debug_assert_eq" "debug_assert_ne" "vec" "dbg" "unreachable" "todo" "unimplemented"))
(macro_invocation macro: (scoped_identifier) (token_tree (identifier) @guard))
(macro_invocation macro: (scoped_identifier) (token_tree (token_tree (identifier) @guard)))
(macro_invocation macro: (scoped_identifier) (token_tree (token_tree (token_tree (identifier) @guard))))
[
  (macro_definition (macro_rule right: (token_tree (identifier) @guard)))
  (macro_definition (macro_rule right: (token_tree (token_tree (identifier) @guard))))
  (macro_definition (macro_rule right: (token_tree (token_tree (token_tree (identifier) @guard)))))
  (macro_definition (macro_rule right: (token_tree (token_tree (token_tree (token_tree (identifier) @guard))))))
]
; Tokens of expressions.
[
  (token_tree "." . (identifier) @ignore)
  (token_tree "::" . (identifier) @ignore)
  (token_tree (identifier) @ignore . "!")
  (token_tree (identifier) @ignore . "=")
  (token_tree (identifier) @ignore . ":")
]
; Attributes: conditions of the build.
(token_tree "#" . (token_tree) @doubtful)
; They may hold closures, patterns and blocks.
[
  (token_tree "|" . (identifier) @guard)
  (token_tree (identifier) @guard . "|")
  (token_tree "|" . (token_tree (identifier) @guard))
  (token_tree (token_tree (identifier) @guard) . "|")
  (token_tree (mutable_specifier) . (identifier) @guard)
]
((token_tree (identifier) @_macro . "!" . (token_tree) @doubtful)
  (#not-any-of? @_macro
    "print" "println" "eprint" "eprintln" "format" "format_args" "write" "writeln" "panic" "assert" "assert_eq" "assert_ne"
    "debug_assert" "debug_assert_eq" "debug_assert_ne" "vec" "dbg" "unreachable" "todo" "unimplemented"))
((token_tree "let") @doubtful)
((token_tree "=>") @doubtful)
((token_tree "fn") @doubtful)
((token_tree "for") @doubtful)
; Where items stand, a macro makes items. What one of this file makes is named in the file.
(([
  (source_file (macro_invocation macro: (identifier) @opaque.unbound))
  (source_file (expression_statement (macro_invocation macro: (identifier) @opaque.unbound)))
  (mod_item body: (declaration_list (macro_invocation macro: (identifier) @opaque.unbound)))
])
  (#not-any-of? @opaque.unbound
    "thread_local" "lazy_static" "compile_error" "assert_impl_all" "global_asm" "criterion_group" "criterion_main"))
[
  (source_file (macro_invocation macro: (scoped_identifier) @opaque))
  (source_file (expression_statement (macro_invocation macro: (scoped_identifier) @opaque)))
  (mod_item body: (declaration_list (macro_invocation macro: (scoped_identifier) @opaque)))
]
; Names put together from parts.
(([
  (macro_definition (macro_rule right: (token_tree (identifier) @opaque)))
  (macro_definition (macro_rule right: (token_tree (token_tree (identifier) @opaque))))
]) (#any-of? @opaque "paste" "concat_idents"))
; The rules of a grammar become an enumeration.
((attribute_item (attribute (identifier) @_attribute)) @opaque (#eq? @_attribute "grammar"))

[(function_item) (function_signature_item) (closure_expression)] @scope.function
[
  (block)
  (match_arm)
  (for_expression)
  (if_expression)
  (while_expression)
  (impl_item)
  (trait_item)
  (struct_item)
  (union_item)
  (enum_item)
  (type_item)
  (mod_item)
] @scope.block
; What an impl or a trait holds is reached through `Self` only.
(impl_item body: (declaration_list) @scope.class)
(trait_item body: (declaration_list) @scope.class)

(([
  (function_item name: (identifier) @definition.function)
  (function_signature_item name: (identifier) @definition.function)
]) (#set! in "outer"))
(macro_definition name: (identifier) @definition.function)
(([
  (struct_item name: (type_identifier) @definition.class)
  (union_item name: (type_identifier) @definition.class)
  (enum_item name: (type_identifier) @definition.class)
  (trait_item name: (type_identifier) @definition.class)
  (type_item name: (type_identifier) @definition.class)
]) (#set! in "outer"))
((mod_item name: (identifier) @definition.namespace) (#set! in "outer"))
[
  (const_item name: (identifier) @definition.variable)
  (static_item name: (identifier) @definition.variable)
]
(type_parameter name: (type_identifier) @definition.class)
(enum_variant name: (identifier) @definition.class)
(foreign_mod_item body: (declaration_list (associated_type name: (type_identifier) @definition.class)))
(const_parameter name: (identifier) @definition.variable)

(parameter pattern: (identifier) @definition.parameter)
(parameter pattern: (mut_pattern (identifier) @definition.parameter))
(self_parameter (self) @definition.parameter)
(closure_parameters (identifier) @definition.parameter)
(closure_parameters (mut_pattern (identifier) @definition.parameter))

; Patterns. In those that may fail a capitalised name is a constant or a variant.
[
  (let_declaration pattern: (identifier) @definition.variable)
  (for_expression pattern: (identifier) @definition.variable)
  (tuple_pattern (identifier) @definition.variable)
  (slice_pattern (identifier) @definition.variable)
  (mut_pattern (identifier) @definition.variable)
  (ref_pattern (identifier) @definition.variable)
  (reference_pattern (identifier) @definition.variable)
  (field_pattern name: (shorthand_field_identifier) @definition.variable)
  (captured_pattern . (identifier) @definition.variable)
]
(([
  (let_condition pattern: (identifier) @definition.variable)
  (match_pattern (identifier) @definition.variable)
  (or_pattern (identifier) @definition.variable)
  (tuple_struct_pattern type: (_) (identifier) @definition.variable)
  (field_pattern pattern: (identifier) @definition.variable)
]) (#match? @definition.variable "^[a-z_]"))

; Imports.
[
  (use_declaration argument: (identifier) @definition.import)
  (use_declaration argument: (scoped_identifier name: (identifier) @definition.import))
  (use_list (identifier) @definition.import)
  (use_list (scoped_identifier name: (identifier) @definition.import))
  (use_as_clause alias: (identifier) @definition.import)
  (scoped_use_list path: (identifier) @definition.import list: (use_list (self)))
  (scoped_use_list path: (scoped_identifier name: (identifier) @definition.import) list: (use_list (self)))
  (extern_crate_declaration name: (identifier) @definition.import !alias)
  (extern_crate_declaration alias: (identifier) @definition.import)
]

([(identifier) (type_identifier)] @ignore (#eq? @ignore "_"))
([(identifier) (type_identifier)] @ignore.reference (#match? @ignore.reference "^r#"))
