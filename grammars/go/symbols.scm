; Declarations. Types that stand alone begin at `type`, those of a group at their own name; so do constants and variables.

(function_declaration name: (identifier) @name body: (block)? @body) @symbol.function
(method_declaration name: (field_identifier) @name body: (block)? @body) @symbol.method

(type_spec name: (type_identifier) @name) @symbol.type
(type_alias name: (type_identifier) @name) @symbol.type
(type_declaration "type" . [(type_spec name: (type_identifier) @name) (type_alias name: (type_identifier) @name)]) @symbol.type
(type_spec name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)) @symbol.class
(type_declaration
  "type" . (type_spec name: (type_identifier) @name type: (struct_type (field_declaration_list) @body))) @symbol.class
(type_spec name: (type_identifier) @name type: (interface_type)) @symbol.interface
(type_declaration "type" . (type_spec name: (type_identifier) @name type: (interface_type))) @symbol.interface

; Several names of one line are a symbol each, as wide as the name; a single one is as wide as its line.
(field_declaration name: (field_identifier) @name @symbol.field) @signature
(field_declaration . (field_identifier) @name . type: (_)) @symbol.field
(field_declaration
  !name
  type: [
    (type_identifier) @name
    (qualified_type name: (type_identifier) @name)
    (generic_type type: [(type_identifier) @name (qualified_type name: (type_identifier) @name)])
  ]) @symbol.field
(method_elem name: (field_identifier) @name) @symbol.method

((source_file (const_declaration (const_spec (identifier) @name @symbol.constant) @signature))
  (#not-eq? @name "_"))
((source_file (const_declaration (const_spec . name: (identifier) @name . ["=" type: (_)]) @symbol.constant))
  (#not-eq? @name "_"))
((source_file (const_declaration "(" (const_spec . name: (identifier) @name .) @symbol.constant))
  (#not-eq? @name "_"))
((source_file (const_declaration "const" . (const_spec . name: (identifier) @name . ["=" type: (_)])) @symbol.constant)
  (#not-eq? @name "_"))
((source_file
  (var_declaration
    [
      (var_spec (identifier) @name @symbol.variable) @signature
      (var_spec_list (var_spec (identifier) @name @symbol.variable) @signature)
    ]))
  (#not-eq? @name "_"))
((source_file (var_declaration (var_spec_list (var_spec . name: (identifier) @name . ["=" type: (_)]) @symbol.variable)))
  (#not-eq? @name "_"))
((source_file (var_declaration (var_spec . name: (identifier) @name . ["=" type: (_)])) @symbol.variable)
  (#not-eq? @name "_"))

; What declarations say of themselves.
[
  (function_declaration name: (identifier) @name parameters: (parameter_list) @parameters result: (_)? @returns)
  (method_declaration name: (field_identifier) @name parameters: (parameter_list) @parameters result: (_)? @returns)
  (method_elem name: (field_identifier) @name parameters: (parameter_list) @parameters result: (_)? @returns)
]
(method_declaration
  receiver: (parameter_list
    (parameter_declaration
      name: (identifier)? @receiver
      type: [
        (type_identifier) @owner
        (generic_type type: (type_identifier) @owner)
        (pointer_type [(type_identifier) @owner (generic_type type: (type_identifier) @owner)])
      ]))
  name: (field_identifier) @name)
[
  (field_declaration name: (field_identifier) @name type: (_) @type)
  (const_spec name: (identifier) @name type: (_) @type)
  (var_spec name: (identifier) @name type: (_) @type)
  (const_spec . name: (identifier) @name value: (expression_list . (_) @value .))
  (var_spec . name: (identifier) @name value: (expression_list . (_) @value .))
  (type_alias name: (type_identifier) @name type: (_) @type)
  (type_spec
    name: (type_identifier) @name
    type: [(type_identifier) (qualified_type) (map_type) (slice_type) (array_type) (function_type) (channel_type) (pointer_type)] @type)
]
; What is embedded is a base.
(type_spec
  name: (type_identifier) @name
  type: (struct_type (field_declaration_list (field_declaration !name type: (_) @base))))
(type_spec name: (type_identifier) @name type: (interface_type (type_elem . (_) @base .)))

; Parameters: several names share a type, and a name may be left out.
(_
  parameters: (parameter_list
    (parameter_declaration ((identifier) @parameter.name ","?)* type: (_) @parameter.type) @parameter.positional) @parameters)
(_
  parameters: (parameter_list
    (variadic_parameter_declaration (identifier)? @parameter.name type: (_) @parameter.type) @parameter.rest) @parameters)
