; Which names a file binds and which it uses. The captures are described in grammars/README.md.

(identifier) @reference

; What looks like a name and is not looked up.
[
  (attribute attribute: (identifier) @ignore)
  (keyword_argument name: (identifier) @ignore)
  (keyword_pattern . (identifier) @ignore)
  (import_from_statement name: (aliased_import name: (dotted_name (identifier) @ignore)))
  (import_from_statement module_name: (dotted_name (identifier) @ignore))
  (import_from_statement module_name: (relative_import (dotted_name (identifier) @ignore)))
  (import_statement name: (aliased_import name: (dotted_name (identifier) @ignore)))
  (import_statement name: (dotted_name (_) . (identifier) @ignore))
  (future_import_statement name: (aliased_import name: (dotted_name (identifier) @ignore)))
  (nonlocal_statement (identifier) @ignore)
  (member_type (identifier) @ignore .)
]

; Scopes.
[
  (function_definition) @scope.function
  (lambda) @scope.function
  (class_definition) @scope.class
  (list_comprehension) @scope.comprehension
  (set_comprehension) @scope.comprehension
  (dictionary_comprehension) @scope.comprehension
  (generator_expression) @scope.comprehension
]

; Evaluated in the scope around: annotations, default values, base classes, what a comprehension runs over first.
[
  (function_definition return_type: (_) @outer)
  (function_definition type_parameters: (_) @outer)
  (parameters (default_parameter value: (_) @outer))
  (parameters (typed_default_parameter type: (_) @outer))
  (parameters (typed_default_parameter value: (_) @outer))
  (parameters (typed_parameter type: (_) @outer))
  (lambda_parameters (default_parameter value: (_) @outer))
  (class_definition superclasses: (_) @outer)
  (class_definition type_parameters: (_) @outer)
  (list_comprehension body: (_) . (for_in_clause right: (_) @outer))
  (set_comprehension body: (_) . (for_in_clause right: (_) @outer))
  (dictionary_comprehension body: (_) . (for_in_clause right: (_) @outer))
  (generator_expression body: (_) . (for_in_clause right: (_) @outer))
]

; Declarations.
([
  (function_definition name: (identifier) @definition.function)
  (class_definition name: (identifier) @definition.class)
] (#set! in "outer"))
([
  (function_definition type_parameters: (type_parameter (type . (identifier) @definition.variable)))
  (function_definition type_parameters: (type_parameter (type (constrained_type . (type . (identifier) @definition.variable)))))
  (function_definition type_parameters: (type_parameter (type (splat_type (identifier) @definition.variable))))
  (class_definition type_parameters: (type_parameter (type . (identifier) @definition.variable)))
  (class_definition type_parameters: (type_parameter (type (constrained_type . (type . (identifier) @definition.variable)))))
  (class_definition type_parameters: (type_parameter (type (splat_type (identifier) @definition.variable))))
] (#set! in "header"))

; `type X[T] = …`: T lives in the statement only, which is made a scope for it.
(type_alias_statement) @scope.block
([
  (type_alias_statement left: (type . (identifier) @definition.class))
  (type_alias_statement left: (type (generic_type . (identifier) @definition.class)))
] (#set! in "outer"))
[
  (type_alias_statement left: (type (generic_type (type_parameter (type . (identifier) @definition.variable)))))
  (type_alias_statement
    left: (type (generic_type (type_parameter (type (constrained_type . (type . (identifier) @definition.variable)))))))
  (type_alias_statement left: (type (generic_type (type_parameter (type (splat_type (identifier) @definition.variable))))))
]

; Parameters.
[
  (parameters (identifier) @definition.parameter)
  (parameters (default_parameter name: (identifier) @definition.parameter))
  (parameters (typed_default_parameter name: (identifier) @definition.parameter))
  (parameters (typed_parameter . (identifier) @definition.parameter))
  (parameters (typed_parameter (list_splat_pattern (identifier) @definition.parameter)))
  (parameters (typed_parameter (dictionary_splat_pattern (identifier) @definition.parameter)))
  (lambda_parameters (identifier) @definition.parameter)
  (lambda_parameters (default_parameter name: (identifier) @definition.parameter))
  (dictionary_splat_pattern (identifier) @definition.parameter)
]

; Targets.
[
  (assignment left: (identifier) @definition.variable)
]
((named_expression name: (identifier) @definition.variable) (#set! in "function"))
[
  (for_statement left: (identifier) @definition.variable)
  (for_in_clause left: (identifier) @definition.variable)
  (pattern_list (identifier) @definition.variable)
  (tuple_pattern (identifier) @definition.variable)
  (list_pattern (identifier) @definition.variable)
  (list_splat_pattern (identifier) @definition.variable)
  (as_pattern_target (identifier) @definition.variable)
  (as_pattern_target (tuple (identifier) @definition.variable))
  (as_pattern_target (tuple (tuple (identifier) @definition.variable)))
  (as_pattern_target (list (identifier) @definition.variable))
  (as_pattern_target (tuple (list_splat (identifier) @definition.variable)))
  (as_pattern_target (parenthesized_expression (identifier) @definition.variable))
]
((global_statement (identifier) @definition.variable) (#set! in "global"))

; Patterns of `match`: a bare name binds, a dotted one is looked up.
[
  (case_pattern (dotted_name . (identifier) @definition.variable .))
  (case_pattern (dotted_name (_) . (identifier) @ignore))
  (class_pattern (dotted_name (_) . (identifier) @ignore))
  (keyword_pattern (dotted_name . (identifier) @definition.variable .))
  (keyword_pattern (dotted_name (_) . (identifier) @ignore))
  (splat_pattern (identifier) @definition.variable)
  (as_pattern (case_pattern) (identifier) @definition.variable)
  (dict_pattern key: (dotted_name (_) . (identifier) @ignore))
]

; Imports: `import a.b` binds `a`.
[
  (import_statement name: (dotted_name . (identifier) @definition.import))
  (import_statement name: (aliased_import alias: (identifier) @definition.import))
  (import_from_statement name: (dotted_name . (identifier) @definition.import .))
  (import_from_statement name: (aliased_import alias: (identifier) @definition.import))
  (future_import_statement name: (dotted_name . (identifier) @definition.import .))
  (future_import_statement name: (aliased_import alias: (identifier) @definition.import))
]

; Names may come from elsewhere.
(wildcard_import) @opaque
((call function: (identifier) @opaque) (#any-of? @opaque "exec" "execfile"))
(assignment
  left: (subscript value: (call function: (identifier) @opaque) (#any-of? @opaque "globals" "locals" "vars")))
((call
  function: (attribute
    object: (call function: (identifier) @opaque)
    attribute: (identifier) @ignore))
  (#any-of? @opaque "globals" "locals" "vars")
  (#any-of? @ignore "update" "setdefault"))
; The table of names handed on, and members of an enumeration put into the module.
(assignment right: (call function: (identifier) @opaque) (#eq? @opaque "globals"))
(argument_list (call function: (identifier) @opaque) (#eq? @opaque "globals"))
((attribute attribute: (identifier) @opaque) (#any-of? @opaque "global_enum" "_convert_" "_convert"))
((call function: (attribute object: (identifier) @opaque attribute: (identifier) @_install))
  (#eq? @opaque "gettext")
  (#eq? @_install "install"))
; An older version of the language, with other names.
[
  (print_statement) @opaque
  (exec_statement) @opaque
]

; May fail by intent.
((try_statement
  body: (block) @doubtful
  (except_clause value: (_) @_exception))
  (#match? @_exception "\\bNameError\\b"))
(try_statement body: (block) @doubtful (except_clause "except" . ":"))
((with_statement (with_clause) @_expected) @doubtful (#match? @_expected "\\bNameError\\b"))
((argument_list (identifier) @_expected) @doubtful (#eq? @_expected "NameError"))
((comparison_operator
  . (string) @guard
  (call function: (identifier) @_table))
  (#any-of? @_table "globals" "locals" "vars" "dir"))
; Put among the builtins.
((assignment left: (attribute object: (identifier) @_builtins attribute: (identifier) @guard))
  (#any-of? @_builtins "builtins" "__builtin__" "__builtins__"))
