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
