; Names that a place can see. There are no references here on purpose: super classes and other classes of the package bind
; names that no file alone can tell, so nothing is reported as unresolved.

[(method_declaration) (constructor_declaration) (compact_constructor_declaration) (lambda_expression)] @scope.function
[
  (class_declaration)
  (record_declaration)
  (interface_declaration)
  (annotation_type_declaration)
  (enum_declaration)
  (class_body)
  (block)
  (constructor_body)
  (for_statement)
  (enhanced_for_statement)
  (try_with_resources_statement)
  (catch_clause)
  (switch_block_statement_group)
  (switch_rule)
] @scope.block

(([
  (class_declaration name: (identifier) @definition.class)
  (record_declaration name: (identifier) @definition.class)
  (interface_declaration name: (identifier) @definition.class)
  (annotation_type_declaration name: (identifier) @definition.class)
  (enum_declaration name: (identifier) @definition.class)
]) (#set! in "outer"))
((method_declaration name: (identifier) @definition.function) (#set! in "outer"))
(type_parameter (type_identifier) @definition.type)

; Members are seen from everywhere in their class; local variables from their declaration on.
[
  (field_declaration declarator: (variable_declarator name: (identifier) @definition.variable))
  (constant_declaration declarator: (variable_declarator name: (identifier) @definition.variable))
  (enum_constant name: (identifier) @definition.variable)
  (local_variable_declaration declarator: (variable_declarator name: (identifier) @definition.variable))
  (enhanced_for_statement name: (identifier) @definition.variable)
  (resource name: (identifier) @definition.variable)
  (instanceof_expression name: (identifier) @definition.variable)
  (type_pattern (identifier) @definition.variable)
  (record_pattern_component (identifier) @definition.variable)
]
[
  (formal_parameter name: (identifier) @definition.parameter)
  (spread_parameter (variable_declarator name: (identifier) @definition.parameter))
  (catch_formal_parameter name: (identifier) @definition.parameter)
  (lambda_expression parameters: (identifier) @definition.parameter)
  (inferred_parameters (identifier) @definition.parameter)
]

(import_declaration (scoped_identifier name: (identifier) @definition.import) . ";")
(asterisk) @opaque
