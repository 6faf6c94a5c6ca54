; Which names a file binds and which it uses. What base classes, other classes of the package and wildcard imports bind, the
; module scheme tells.

(identifier) @reference
(type_identifier) @reference.type
(marker_annotation name: (identifier) @reference.type)
(annotation name: (identifier) @reference.type)

; What looks like a name and is not looked up here: members, labels, names of constructors, packages.
[
  (field_access field: (identifier) @ignore)
  (method_invocation object: (_) name: (identifier) @ignore)
  (method_reference (_) (identifier) @ignore .)
  (scoped_identifier scope: (identifier) @ignore)
  (scoped_identifier scope: (scoped_identifier name: (identifier) @ignore))
  (annotation name: (scoped_identifier name: (identifier) @ignore))
  (marker_annotation name: (scoped_identifier name: (identifier) @ignore))
  (package_declaration (scoped_identifier name: (identifier) @ignore))
  (import_declaration (scoped_identifier name: (identifier) @ignore) . "." (asterisk))
  (package_declaration (identifier) @ignore)
  (import_declaration (identifier) @ignore)
  (element_value_pair key: (identifier) @ignore)
  (constructor_declaration name: (identifier) @ignore)
  (compact_constructor_declaration name: (identifier) @ignore)
  (annotation_type_element_declaration name: (identifier) @ignore)
  (labeled_statement . (identifier) @ignore)
  (break_statement (identifier) @ignore)
  (continue_statement (identifier) @ignore)
  (switch_label (identifier) @ignore)
  (scoped_type_identifier (_) (type_identifier) @ignore .)
  (object_creation_expression (_) "." type: (type_identifier) @ignore)
  (object_creation_expression (_) "." type: (generic_type . (type_identifier) @ignore))
]
([(identifier) (type_identifier)] @ignore (#eq? @ignore "_"))
; Packages that lead to a class.
((scoped_type_identifier . (type_identifier) @ignore) (#match? @ignore "^[a-z]"))
((field_access object: (identifier) @ignore field: (identifier) @_class)
  (#match? @ignore "^[a-z][a-z0-9_]*$")
  (#match? @_class "^[A-Z]"))
((field_access object: (field_access object: (identifier) @ignore) field: (identifier) @_class)
  (#match? @ignore "^[a-z][a-z0-9_]*$")
  (#match? @_class "^[A-Z]"))
((field_access object: (field_access object: (field_access object: (identifier) @ignore)) field: (identifier) @_class)
  (#match? @ignore "^[a-z][a-z0-9_]*$")
  (#match? @_class "^[A-Z]"))
((field_access
  object: (field_access object: (field_access object: (field_access object: (identifier) @ignore)))
  field: (identifier) @_class)
  (#match? @ignore "^[a-z][a-z0-9_]*$")
  (#match? @_class "^[A-Z]"))
((field_access
  object: (field_access
    object: (field_access object: (field_access object: (field_access object: (identifier) @ignore))))
  field: (identifier) @_class)
  (#match? @ignore "^[a-z][a-z0-9_]*$")
  (#match? @_class "^[A-Z]"))

; Base classes and interfaces: what they hold is seen bare.
(superclass (_) @base)
(super_interfaces (type_list (_) @base))
(extends_interfaces (type_list (_) @base))
(object_creation_expression type: (_) @base (class_body)) @scope.block

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
(type_parameter . (type_identifier) @definition.class)
(type_parameter (annotation) . (type_identifier) @definition.class)
(type_parameter (marker_annotation) . (type_identifier) @definition.class)

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

; Members that a compiler's plug-in writes.
((import_declaration (scoped_identifier) @opaque) (#match? @opaque "^lombok\\b"))
(module_declaration) @opaque
