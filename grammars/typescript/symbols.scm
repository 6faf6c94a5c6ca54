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

[
  (public_field_definition name: (_) @name)
  (property_signature name: (_) @name)
  (required_parameter (accessibility_modifier) pattern: (identifier) @name)
  (enum_assignment name: (_) @name)
] @symbol.field

(enum_body name: (_) @name @symbol.field)

(ambient_declaration
  (lexical_declaration (variable_declarator name: (identifier) @name)) @symbol.variable)

(ambient_declaration
  (variable_declaration (variable_declarator name: (identifier) @name)) @symbol.variable)

(ambient_declaration "declare" @attribute)
(export_statement decorator: (decorator) @attribute)
(class_body (decorator) @attribute)
