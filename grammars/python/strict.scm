; What the grammar reads and the language rejects. The captures are described in grammars/README.md.

; What stands around a statement.
((class_definition body: (block) @region)
  (#set! opens "class")
  (#set! closes "function loop async"))
((function_definition body: (block) @region)
  (#set! opens "function nested")
  (#set! closes "loop async"))
((function_definition "async" body: (block) @region)
  (#set! opens "function nested async")
  (#set! closes "loop"))
((lambda) @region
  (#set! opens "function")
  (#set! closes "async"))
; It may run in another function than the one that it stands in.
((generator_expression) @region (#set! opens "async"))
([
  (for_statement body: (block) @region)
  (while_statement body: (block) @region)
] (#set! opens "loop"))

((return_statement) @only (#set! within "function") (#set! message "`return` outside of a function"))
((yield) @only (#set! within "function") (#set! message "`yield` outside of a function"))
((await) @only (#set! within "async") (#set! message "`await` outside of an `async` function"))
((for_statement "async" @only) (#set! within "async") (#set! message "`async for` outside of an `async` function"))
((with_statement "async" @only) (#set! within "async") (#set! message "`async with` outside of an `async` function"))
([
  (list_comprehension (for_in_clause "async" @only))
  (set_comprehension (for_in_clause "async" @only))
  (dictionary_comprehension (for_in_clause "async" @only))
] (#set! within "async") (#set! message "`async for` outside of an `async` function"))
((break_statement) @only (#set! within "loop") (#set! message "`break` outside of a loop"))
((continue_statement) @only (#set! within "loop") (#set! message "`continue` outside of a loop"))
((nonlocal_statement) @only (#set! within "nested") (#set! message "`nonlocal` outside of a function"))
((import_from_statement (wildcard_import) @never)
  (#set! within "nested class")
  (#set! message "`import *` stands at the top level only"))

; Forms of Python 2.
((print_statement . "print" . argument: (_)) @error
  (#set! message "`print` is a function: its arguments need parentheses"))
((exec_statement) @error (#set! message "`exec` is a function: its arguments need parentheses"))
((raise_statement (expression_list) @error) (#set! message "`raise` takes one exception"))
((comparison_operator "<>" @error) (#set! message "`<>` is written `!=`"))
((integer) @error
  (#match? @error "^0[0-9_]*[1-9]|[lL]$")
  (#not-match? @error "^0[xXoObB]|[jJ]$")
  (#set! message "a decimal number begins with no zero and ends with no letter"))
((integer) @error (#match? @error "_$|__") (#set! message "`_` stands between two digits"))
([
  (parameters (tuple_pattern) @error)
  (lambda_parameters (tuple_pattern) @error)
  (default_parameter name: (tuple_pattern) @error)
] (#set! message "a parameter is one name"))
((for_in_clause right: (_) . "," . right: (_) @error)
  (#set! message "several values to go through need parentheses"))

((string_start) @error
  (#not-match? @error "^([rRuUbBfFtT]|[bBfFtT][rR]|[rR][bBfFtT])?['\"]")
  (#set! message "there is no such kind of string"))

((type_conversion) @error
  (#not-match? @error "^![rsa]$")
  (#set! message "a value is converted by `!r`, `!s` or `!a`"))

; Parameters.
([
  (parameters
    . [(identifier) (typed_parameter . (identifier)) (default_parameter) (typed_default_parameter) (positional_separator)]*
    . [(default_parameter) (typed_default_parameter)]
    . [(identifier) (typed_parameter . (identifier))] @error)
  (lambda_parameters
    . [(identifier) (default_parameter) (positional_separator)]*
    . (default_parameter)
    . (identifier) @error)
] (#set! message "a parameter without a default follows one with a default"))
([
  (parameters (dictionary_splat_pattern) . (parameter) @error)
  (lambda_parameters (dictionary_splat_pattern) . (parameter) @error)
] (#set! message "nothing follows the parameter for all other keywords"))
((parameters [(list_splat_pattern) (keyword_separator)] [(list_splat_pattern) (keyword_separator)] @error)
  (#set! message "a second `*` among the parameters"))
([
  (parameters (keyword_separator) @error .)
  (parameters (keyword_separator) @error . (dictionary_splat_pattern))
] (#set! message "a parameter must follow `*`"))
([
  (parameters [
    (identifier) @unique
    (default_parameter name: (identifier) @unique)
    (typed_default_parameter name: (identifier) @unique)
    (typed_parameter . (identifier) @unique)
    (list_splat_pattern (identifier) @unique)
    (dictionary_splat_pattern (identifier) @unique)
    (typed_parameter (list_splat_pattern (identifier) @unique))
    (typed_parameter (dictionary_splat_pattern (identifier) @unique))
  ]) @among
  (lambda_parameters [
    (identifier) @unique
    (default_parameter name: (identifier) @unique)
    (list_splat_pattern (identifier) @unique)
    (dictionary_splat_pattern (identifier) @unique)
  ]) @among
] (#set! message "two parameters of one name"))

; Arguments.
((argument_list (keyword_argument) . (expression) @error)
  (#not-match? @error "^\\*")
  (#set! message "an argument by position follows one by keyword"))
((argument_list (dictionary_splat) . (expression) @error)
  (#set! message "an argument by position follows `**`"))
((argument_list (dictionary_splat) . (list_splat) @error)
  (#set! message "an argument by position follows `**`"))
((argument_list (keyword_argument name: (identifier) @unique)) @among
  (#set! message "an argument by the same keyword twice"))

; What gets a value.
((assignment left: [(pattern_list) (tuple_pattern) (list_pattern) (list_splat_pattern)] @error type: (_))
  (#match? @error "[,*]")
  (#set! message "only a single target can have a type"))
((assignment left: (list_splat_pattern) @error) (#set! message "a target with `*` stands in a list of targets"))
([
  (assignment right: (augmented_assignment) @error)
  (assignment right: (assignment type: (_)) @error)
  (assignment type: (_) right: (assignment) @error)
  (augmented_assignment right: [(assignment) (augmented_assignment)] @error)
] (#set! message "an assignment is no value"))
((augmented_assignment left: [(pattern_list) (tuple_pattern) (list_pattern) (list_splat_pattern)] @error)
  (#set! message "only a single target can be changed in place"))
([
  (expression_statement . (named_expression) @error)
  (assignment right: (named_expression) @error)
  (augmented_assignment right: (named_expression) @error)
  (keyword_argument value: (named_expression) @error)
  (lambda body: (named_expression) @error)
] (#set! message "`:=` needs parentheses here"))
((assignment type: (type (constrained_type)) @error) (#set! message "a second `:`"))
((as_pattern_target [
  (call) (integer) (float) (string) (concatenated_string) (true) (false) (none) (binary_operator) (unary_operator)
  (comparison_operator) (boolean_operator) (not_operator) (lambda) (conditional_expression) (dictionary) (set)
  (await) (ellipsis) (list_comprehension) (generator_expression)
] @error) (#set! message "this cannot get a value"))
([
  (delete_statement [
    (call) (integer) (float) (string) (concatenated_string) (true) (false) (none) (binary_operator) (unary_operator)
    (comparison_operator) (boolean_operator) (not_operator) (lambda) (conditional_expression) (dictionary) (set)
    (await) (ellipsis) (list_comprehension) (generator_expression) (list_splat) (named_expression)
  ] @error)
  (delete_statement (expression_list [(call) (integer) (string) (list_splat) (binary_operator)] @error))
  (delete_statement (parenthesized_expression [(call) (integer) (string) (list_splat) (binary_operator)] @error))
] (#set! message "this cannot be deleted"))

; `as` and `*` where nothing takes them.
([
  (expression_statement (as_pattern) @error)
  (assignment right: (as_pattern) @error)
  (argument_list (as_pattern) @error)
  (return_statement (as_pattern) @error)
  (if_statement condition: (as_pattern) @error)
  (while_statement condition: (as_pattern) @error)
  (for_statement right: (as_pattern) @error)
] (#set! message "`as` has no meaning here"))
((expression_statement . (list_splat) @error .) @_statement
  (#not-match? @_statement ",\\s*$")
  (#set! message "`*` has no meaning here"))
([
  (assignment right: (list_splat) @error)
  (return_statement (list_splat) @error)
  (binary_operator (list_splat) @error)
  (comparison_operator (list_splat) @error)
  (boolean_operator (list_splat) @error)
  (not_operator (list_splat) @error)
  (unary_operator (list_splat) @error)
  (parenthesized_expression (list_splat) @error)
  (if_statement condition: (list_splat) @error)
  (while_statement condition: (list_splat) @error)
  (for_statement right: (list_splat) @error)
  (keyword_argument value: (list_splat) @error)
  (pair (list_splat) @error)
  (conditional_expression (list_splat) @error)
] (#set! message "`*` has no meaning here"))

; Too much or too little of it.
((try_statement body: (block) @error .) (#set! message "`try` needs an `except` or a `finally`") (#set! unfinished "yes"))
((try_statement body: (block) . (else_clause) @error)
  (#set! message "`else` of a `try` needs an `except`"))
((try_statement (except_clause . "except" . ":") @error . (except_clause))
  (#set! message "an `except` for all exceptions is the last one"))
((assert_statement (expression) (expression) (expression) @error) (#set! message "`assert` takes a condition and a message"))
([
  (import_statement) @error
  (import_from_statement) @error
  (with_clause) @error
] (#match? @error ",\\s*$") (#set! message "a comma too much"))
