; Names that a place can see. There are no references here on purpose: other files of the package bind names that no
; file alone can tell, so nothing is reported as unresolved.

[(function_declaration) (method_declaration) (func_literal) (function_type) (method_elem)] @scope.function
[
  (block)
  (type_spec)
  (type_alias)
  (if_statement)
  (for_statement)
  (expression_switch_statement)
  (type_switch_statement)
  (expression_case)
  (type_case)
  (communication_case)
  (default_case)
] @scope.block

((function_declaration name: (identifier) @definition.function) (#set! in "outer"))
(([(type_spec name: (type_identifier) @definition.class) (type_alias name: (type_identifier) @definition.class)])
  (#set! in "outer"))
(type_parameter_declaration (identifier) @definition.type)

; A parameter list that stands where a function's result does is in its scope too.
[
  (parameter_declaration (identifier) @definition.parameter)
  (variadic_parameter_declaration name: (identifier) @definition.parameter)
]

[
  (short_var_declaration left: (expression_list (identifier) @definition.variable))
  (var_spec (identifier) @definition.variable)
  (const_spec (identifier) @definition.variable)
  (range_clause left: (expression_list (identifier) @definition.variable))
  (receive_statement left: (expression_list (identifier) @definition.variable))
  (type_switch_statement alias: (expression_list (identifier) @definition.variable))
]
((identifier) @ignore
  (#eq? @ignore "_"))

(import_spec name: (package_identifier) @definition.import)
((import_spec !name path: (interpreted_string_literal (interpreted_string_literal_content) @definition.import))
  (#match? @definition.import "^[a-z][a-z0-9_]*$"))
(import_spec name: (dot) @opaque)
