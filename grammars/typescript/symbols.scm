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

(function_signature
  name: (_) @name
  parameters: (_) @parameters
  return_type: (_ (_) @returns)?) @symbol.function

[
  (abstract_method_signature name: (_) @name parameters: (_) @parameters return_type: (_ (_) @returns)?)
  (method_signature name: (_) @name parameters: (_) @parameters return_type: (_ (_) @returns)?)
] @symbol.method

((class_body (method_signature name: (_) @name) @symbol.constructor) (#eq? @name "constructor"))

; What has no name of its own is called by its first token.
(construct_signature
  "new" @name
  parameters: (_) @parameters
  type: (_ (_) @returns)?) @symbol.constructor
(call_signature
  parameters: (formal_parameters "(" @name) @parameters
  return_type: (_ (_) @returns)?) @symbol.method
(index_signature "[" @name type: (_ (_) @type)) @symbol.field

[
  (public_field_definition name: (_) @name type: (_ (_) @type)? value: (_)? @value)
  (property_signature name: (_) @name type: (_ (_) @type)?)
  (enum_assignment name: (_) @name value: (_) @value)
] @symbol.field

(enum_body name: (_) @name @symbol.field)

; A parameter of the constructor that is a member, too.
((required_parameter
  ["readonly" (accessibility_modifier) (override_modifier)] @modifier
  pattern: (identifier) @name
  type: (_ (_) @type)?) @symbol.field
  (#set! of "class"))

((optional_parameter
  ["readonly" (accessibility_modifier) (override_modifier)] @modifier
  pattern: (identifier) @name
  type: (_ (_) @type)?) @symbol.field
  (#set! of "class"))

(public_field_definition
  name: (_) @name
  value: (_ "async"? @modifier [parameters: (_) parameter: (_)] @parameters body: (_) @body)) @symbol.method

(ambient_declaration (_ (variable_declarator name: (identifier) @name)) @symbol.variable)

; What declarations say of themselves.
[
  (function_declaration name: (_) @name return_type: (_ (_) @returns))
  (generator_function_declaration name: (_) @name return_type: (_ (_) @returns))
  (method_definition name: (_) @name return_type: (_ (_) @returns))
  (variable_declarator name: (identifier) @name value: (_ return_type: (_ (_) @returns)))
  (public_field_definition name: (_) @name value: (_ return_type: (_ (_) @returns)))
  (pair key: (_) @name value: (_ return_type: (_ (_) @returns)))
  (variable_declarator name: (identifier) @name type: (_ (_) @type))
  (type_alias_declaration name: (_) @name value: (_) @value)
]
[
  (abstract_method_signature _ @modifier name: (_) @name)
  (method_signature _ @modifier name: (_) @name)
  (public_field_definition _ @modifier name: (_) @name)
  (property_signature _ @modifier name: (_) @name)
  (abstract_class_declaration "abstract" @modifier name: (_) @name)
  (abstract_class_declaration decorator: (_) @modifier name: (_) @name)
  (export_statement decorator: (_) @modifier declaration: (_ name: (_) @name))
  (class_body (decorator) @modifier . (decorator)* . (_ name: (_) @name))
]
[
  (class_declaration name: (_) @name (class_heritage (extends_clause value: (_) @base)))
  (class_declaration name: (_) @name (class_heritage (implements_clause (_) @base)))
  (abstract_class_declaration name: (_) @name (class_heritage (extends_clause value: (_) @base)))
  (abstract_class_declaration name: (_) @name (class_heritage (implements_clause (_) @base)))
  (interface_declaration name: (_) @name (extends_type_clause type: (_) @base))
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
