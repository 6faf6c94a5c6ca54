; inherits: ecmascript

(abstract_class_declaration
  name: (_) @name
  body: (class_body) @body) @symbol.class

(interface_declaration
  name: (_) @name
  body: (interface_body) @body) @symbol.interface

(type_alias_declaration name: (_) @name) @symbol.type

(enum_declaration
  name: (_) @name
  body: (enum_body) @body) @symbol.enum

[
  (internal_module name: (_) @name body: (_) @body)
  (module name: (_) @name body: (_) @body)
] @symbol.module

(function_signature name: (_) @name) @symbol.function

[
  (abstract_method_signature name: (_) @name)
  (method_signature name: (_) @name)
] @symbol.method

((class_body (method_signature name: (_) @name) @symbol.constructor) (#eq? @name "constructor"))

; What has no name of its own is called by its first token.
(construct_signature "new" @name) @symbol.constructor
(call_signature parameters: (formal_parameters "(" @name)) @symbol.method

[
  (public_field_definition name: (_) @name)
  (property_signature name: (_) @name)
  (enum_assignment name: (_) @name)
] @symbol.field

[
  (interface_body (index_signature "[" @name) @symbol.field)
  (class_body (index_signature "[" @name) @symbol.field)
  (object_type (index_signature "[" @name) @symbol.field)
]

; A parameter of the constructor that is a member, too.
((required_parameter
  ["readonly" (accessibility_modifier) (override_modifier)]
  pattern: (identifier) @name) @symbol.field
  (#set! of "class"))

(enum_body name: (_) @name @symbol.field)

(public_field_definition
  name: (_) @name
  value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @symbol.method

[
  (ambient_declaration
    (lexical_declaration (variable_declarator name: (identifier) @name)) @symbol.variable)
  (ambient_declaration
    (variable_declaration (variable_declarator name: (identifier) @name)) @symbol.variable)
]

; What declarations say of themselves.
[
  (function_declaration name: (_) @name return_type: (_ (_) @returns))
  (generator_function_declaration name: (_) @name return_type: (_ (_) @returns))
  (method_definition name: (_) @name return_type: (_ (_) @returns))
  (function_signature name: (_) @name parameters: (_) @parameters return_type: (_ (_) @returns)?)
  (method_signature name: (_) @name parameters: (_) @parameters return_type: (_ (_) @returns)?)
  (abstract_method_signature name: (_) @name parameters: (_) @parameters return_type: (_ (_) @returns)?)
  (construct_signature "new" @name parameters: (_) @parameters type: (type_annotation (_) @returns)?)
  (call_signature parameters: (formal_parameters "(" @name) @parameters return_type: (_ (_) @returns)?)
  (variable_declarator name: (identifier) @name value: (_ return_type: (_ (_) @returns)))
  (public_field_definition name: (_) @name value: (_ return_type: (_ (_) @returns)))
  (pair key: (_) @name value: (_ return_type: (_ (_) @returns)))
  (public_field_definition
    name: (_) @name
    value: [
      (arrow_function "async"? @modifier parameters: (_) @parameters)
      (arrow_function "async"? @modifier parameter: (_) @parameters)
      (function_expression "async"? @modifier parameters: (_) @parameters)
    ])
  (variable_declarator name: (identifier) @name type: (type_annotation (_) @type))
  (public_field_definition name: (_) @name type: (type_annotation (_) @type))
  (public_field_definition name: (_) @name value: (_) @value)
  (property_signature name: (_) @name type: (type_annotation (_) @type))
  (index_signature "[" @name type: (type_annotation (_) @type))
  (required_parameter
    ["readonly" (accessibility_modifier) (override_modifier)] @modifier
    pattern: (identifier) @name
    type: (type_annotation (_) @type)?)
  (enum_assignment name: (_) @name value: (_) @value)
  (type_alias_declaration name: (_) @name value: (_) @value)
  (class_declaration name: (_) @name (class_heritage (extends_clause value: (_) @base)))
  (class_declaration name: (_) @name (class_heritage (implements_clause (_) @base)))
  (abstract_class_declaration "abstract" @modifier name: (_) @name)
  (abstract_class_declaration name: (_) @name (class_heritage (extends_clause value: (_) @base)))
  (abstract_class_declaration name: (_) @name (class_heritage (implements_clause (_) @base)))
  (interface_declaration name: (_) @name (extends_type_clause type: (_) @base))
  (method_definition [(accessibility_modifier) (override_modifier)] @modifier name: (_) @name)
  (method_signature
    ["static" "async" "readonly" "get" "set" (accessibility_modifier) (override_modifier)] @modifier
    name: (_) @name)
  (abstract_method_signature
    ["abstract" "get" "set" (accessibility_modifier) (override_modifier)] @modifier
    name: (_) @name)
  (public_field_definition
    ["static" "readonly" "abstract" "declare" "accessor" (accessibility_modifier) (override_modifier)] @modifier
    name: (_) @name)
  (property_signature "readonly" @modifier name: (_) @name)
  (public_field_definition
    decorator: (decorator
      [(identifier) @modifier (member_expression) @modifier (call_expression function: (_) @modifier)])
    name: (_) @name)
  (class_body
    (decorator
      [(identifier) @modifier (member_expression) @modifier (call_expression function: (_) @modifier)])
    . (decorator)*
    . (_ name: (_) @name))
  (export_statement
    decorator: (decorator
      [(identifier) @modifier (member_expression) @modifier (call_expression function: (_) @modifier)])
    declaration: (_ name: (_) @name))
]

(formal_parameters
  [
    (required_parameter
      pattern: [(identifier) (object_pattern) (array_pattern)] @parameter.name
      type: (type_annotation (_) @parameter.type)?
      value: (_)? @optional) @parameter.positional
    (optional_parameter
      pattern: (_) @parameter.name
      type: (type_annotation (_) @parameter.type)?) @parameter.positional @optional
    (required_parameter
      pattern: (rest_pattern (_) @parameter.name)
      type: (type_annotation (_) @parameter.type)?) @parameter.rest
  ]) @parameters

(ambient_declaration "declare" @attribute)
(export_statement decorator: (decorator) @attribute)
(class_body (decorator) @attribute)
