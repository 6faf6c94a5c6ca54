; Which names a file binds and which it uses. What other files of the package bind, the module scheme tells.

[(identifier) (type_identifier)] @reference
(qualified_type package: (package_identifier) @reference)

; What looks like a name and is not looked up here: what a package holds, fields of a literal (of a map its keys are
; looked up, which cannot be told apart).
(qualified_type name: (type_identifier) @ignore)
(keyed_element . (literal_element (identifier) @ignore))
([(identifier) (type_identifier)] @ignore (#eq? @ignore "_"))

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
(type_parameter_declaration (identifier) @definition.class)
; A method names the type parameters of its receiver anew.
(method_declaration
  receiver: (parameter_list
    (parameter_declaration
      type: [
        (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @definition.class)))
        (pointer_type (generic_type type_arguments: (type_arguments (type_elem (type_identifier) @definition.class))))
      ])))

; A parameter list that stands where a function's result does is in its scope too.
[
  (parameter_declaration (identifier) @definition.parameter)
  (variadic_parameter_declaration name: (identifier) @definition.parameter)
]

[
  (short_var_declaration left: (expression_list (identifier) @definition.variable))
  (var_spec (identifier) @definition.variable)
  (const_spec (identifier) @definition.variable)
  (type_switch_statement alias: (expression_list (identifier) @definition.variable))
]
; These declare with `:=` and assign with `=`.
(range_clause left: (expression_list (identifier) @definition.variable) ":=")
(receive_statement left: (expression_list (identifier) @definition.variable) ":=")

; A package's name may be another than the last word of its path: see imports.scm.
(import_spec name: (package_identifier) @definition.import)
((import_spec !name path: (interpreted_string_literal (interpreted_string_literal_content) @definition.import))
  (#match? @definition.import "^[a-z][a-z0-9_]*$"))

; The grammar takes the first of many names that share a type for types of parameters without names.
(parameter_list
  (parameter_declaration . (type_identifier) @definition.parameter .)
  (parameter_declaration (identifier)))
