; Which names a file binds and which it uses. The captures are described in grammars/README.md.

[
  (identifier) @reference
  (shorthand_property_identifier) @reference
]

; What looks like a name and is not looked up.
[
  (import_specifier name: (identifier) @ignore alias: (_))
  (export_specifier alias: (identifier) @ignore)
  (export_statement (export_clause (export_specifier name: (identifier) @ignore)) source: (_))
  (namespace_export (identifier) @ignore)
]

; Scopes. A body inside of a function is a block of its own, which changes nothing.
[
  (statement_block) @scope.block
  (for_statement) @scope.block
  (for_in_statement) @scope.block
  (switch_body) @scope.block
  (catch_clause) @scope.block
  (class_declaration) @scope.block
  (class) @scope.block
  (class_static_block) @scope.function
  (function_declaration) @scope.function
  (generator_function_declaration) @scope.function
  (function_expression) @scope.function
  (generator_function) @scope.function
  (arrow_function) @scope.function
  (method_definition) @scope.function
]

; The name of a method, where it is computed, belongs to the class.
(method_definition name: (computed_property_name) @outer)

; Declarations. A function in a block is visible in the whole function, as in code that is not strict.
([
  (function_declaration name: (identifier) @definition.function)
  (generator_function_declaration name: (identifier) @definition.function)
] (#set! in "outer-function"))
[
  (function_expression name: (identifier) @definition.function)
  (generator_function name: (identifier) @definition.function)
]

; Variables.
[
  (variable_declaration (variable_declarator name: (_) @hoist))
  (for_in_statement kind: "var" left: (_) @hoist)
  (variable_declarator name: (identifier) @definition.variable)
  (for_in_statement kind: _ left: (identifier) @definition.variable)
  (catch_clause parameter: (identifier) @definition.variable)
  (assignment_expression "using" left: (identifier) @definition.variable)
  (arrow_function parameter: (identifier) @definition.parameter)
]

; Patterns: in declarations and, which does no harm, in assignments.
[
  (shorthand_property_identifier_pattern) @definition.variable
  (pair_pattern value: (identifier) @definition.variable)
  (pair_pattern value: (assignment_pattern left: (identifier) @definition.variable))
  (array_pattern (identifier) @definition.variable)
  (array_pattern (assignment_pattern left: (identifier) @definition.variable))
  (rest_pattern (identifier) @definition.variable)
]

; Imports.
[
  (import_clause (identifier) @definition.import)
  (namespace_import (identifier) @definition.import)
  (import_specifier name: (identifier) @definition.import !alias)
  (import_specifier alias: (identifier) @definition.import)
]

; A module keeps its top level to itself.
[
  (import_statement) @module @strict
  (export_statement) @module @strict
]
((call_expression function: (identifier) @module) (#eq? @module "require"))
((assignment_expression left: (member_expression object: (identifier) @module)) (#any-of? @module "module" "exports"))
((assignment_expression left: (member_expression object: (member_expression object: (identifier) @module)))
  (#any-of? @module "module" "exports"))
((string) @strict (#match? @strict "^.use strict.$"))
[
  (assignment_expression left: (identifier) @definition.implicit)
  (for_in_statement !kind left: (identifier) @definition.implicit)
]

; Names may come from elsewhere.
(with_statement) @opaque
((call_expression function: (identifier) @opaque) (#eq? @opaque "eval"))
((comment) @opaque (#match? @opaque "@ts-nocheck|eslint-disable\\s*(\\*/|--)|eslint-disable\\s[^*]*\\bno-undef\\b"))
((comment) @names (#match? @names "^/\\*\\s*(global|globals|exported)\\s"))

; Put in when the code is built; an annotation for tools that is never run.
((identifier) @guard (#match? @guard "^__[A-Z][A-Z0-9_]*__$"))
((binary_expression left: (number) @_never operator: "&&" right: (_) @doubtful) (#eq? @_never "0"))

; Tested for, or set on the global object.
(unary_expression operator: "typeof" argument: (identifier) @guard)
((binary_expression left: (string) @guard operator: "in" right: (identifier) @_global)
  (#any-of? @_global "window" "globalThis" "self" "global"))
((member_expression object: (identifier) @_global property: (property_identifier) @guard)
  (#any-of? @_global "window" "globalThis" "self" "global" "root"))

; Types.
[
  (type_identifier) @reference.type
  (nested_type_identifier name: (type_identifier) @ignore)
  (nested_type_identifier module: (identifier) @reference.type)
  (nested_identifier object: (identifier) @reference.type)
]
; What is exported may be a type.
[
  (export_specifier name: (identifier) @reference.type)
  (export_statement (identifier) @reference.type)
  (export_statement "namespace" (identifier) @ignore)
  (import_alias (identifier) (identifier) @reference.type)
]

[
  (index_signature name: (identifier) @ignore)
  (tuple_type (required_parameter name: (identifier) @ignore))
  (tuple_type (optional_parameter name: (identifier) @ignore))
  (tuple_type (required_parameter name: (rest_pattern (identifier) @ignore)))
]

[
  (abstract_class_declaration) @scope.block
  (interface_declaration) @scope.block
  (type_alias_declaration) @scope.block
  (conditional_type) @scope.block
  (function_signature) @scope.function
  (method_signature) @scope.function
  (abstract_method_signature) @scope.function
  (call_signature) @scope.function
  (construct_signature) @scope.function
  (function_type) @scope.function
  (constructor_type) @scope.function
  (index_signature) @scope.function
  (enum_declaration) @scope.namespace
  (internal_module body: (statement_block) @scope.namespace)
  (module body: (statement_block) @scope.namespace)
  (ambient_declaration "global" (statement_block) @scope.global)
]

([
  (class_declaration name: (type_identifier) @definition.class)
  (abstract_class_declaration name: (type_identifier) @definition.class)
] (#set! in "outer"))
(class name: (type_identifier) @definition.class)
([
  (interface_declaration name: (type_identifier) @definition.type)
  (type_alias_declaration name: (type_identifier) @definition.type)
  (enum_declaration name: (identifier) @definition.class)
] (#set! in "outer"))
((function_signature name: (identifier) @definition.function) (#set! in "outer-function"))
[
  (internal_module name: (identifier) @definition.namespace)
  (internal_module name: (nested_identifier object: (identifier) @definition.namespace))
  (module name: (identifier) @definition.namespace)
  (module name: (nested_identifier object: (identifier) @definition.namespace))
  (enum_body name: (property_identifier) @definition.variable)
  (enum_assignment name: (property_identifier) @definition.variable)
  (type_parameter name: (type_identifier) @definition.type)
  (mapped_type_clause name: (type_identifier) @definition.type)
]
((infer_type (type_identifier) @definition.type) (#set! in "block"))
[
  (required_parameter pattern: (identifier) @definition.parameter)
  (optional_parameter pattern: (identifier) @definition.parameter)
  (import_require_clause (identifier) @definition.import)
  (import_alias . (identifier) @definition.import)
]
