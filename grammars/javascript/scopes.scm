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

; Elements: `div` is the platform's, `Panel` a name of this file.
((jsx_opening_element name: (identifier) @ignore) (#match? @ignore "^[a-z]"))
((jsx_self_closing_element name: (identifier) @ignore) (#match? @ignore "^[a-z]"))
[
  (jsx_closing_element name: (identifier) @ignore)
  (jsx_closing_element name: (member_expression object: (identifier) @ignore))
  (jsx_namespace_name (identifier) @ignore)
]

; What TypeScript's grammar has other nodes for.
((class_declaration name: (identifier) @definition.class) (#set! in "outer"))
[
  (class name: (identifier) @definition.class)
  (formal_parameters (identifier) @definition.parameter)
  (formal_parameters (assignment_pattern left: (identifier) @definition.parameter))
]
