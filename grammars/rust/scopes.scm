; Names that a place can see. There are no references here on purpose: macros and wildcard imports bind names that no file
; alone can tell, so nothing is reported as unresolved.

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
(type_parameter name: (type_identifier) @definition.type)
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
[(use_wildcard) (macro_invocation)] @opaque

((identifier) @ignore (#eq? @ignore "_"))
