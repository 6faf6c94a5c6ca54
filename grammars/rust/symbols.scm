; Declarations. An `impl` counts as a class of its type's name, so that its methods have a container.

[
  (function_item name: (identifier) @name body: (block) @body)
  (function_signature_item name: (identifier) @name)
  (macro_definition name: (identifier) @name)
] @symbol.function
(impl_item
  body: (declaration_list
    [
      (function_item name: (identifier) @name body: (block) @body)
      (function_signature_item name: (identifier) @name)
    ] @symbol.method))
(trait_item
  body: (declaration_list
    [
      (function_item name: (identifier) @name body: (block) @body)
      (function_signature_item name: (identifier) @name)
    ] @symbol.method))

[
  (struct_item name: (type_identifier) @name body: (field_declaration_list)? @body)
  (union_item name: (type_identifier) @name body: (_) @body)
] @symbol.class
(enum_item name: (type_identifier) @name body: (_) @body) @symbol.enum
(enum_variant name: (identifier) @name) @symbol.constant
(field_declaration name: (field_identifier) @name) @symbol.field
(trait_item name: (type_identifier) @name body: (_) @body) @symbol.interface
[(type_item name: (type_identifier) @name) (associated_type name: (type_identifier) @name)] @symbol.type
(impl_item
  type: [
    (type_identifier) @name
    (primitive_type) @name
    (scoped_type_identifier name: (type_identifier) @name)
    (generic_type type: [(type_identifier) @name (scoped_type_identifier name: (type_identifier) @name)])
    (reference_type
      type: [
        (type_identifier) @name
        (primitive_type) @name
        (generic_type type: (type_identifier) @name)
      ])
  ]
  body: (declaration_list) @body) @symbol.class

(mod_item name: (identifier) @name body: (declaration_list)? @body) @symbol.module
(source_file [(const_item name: (identifier) @name) @symbol.constant (static_item name: (identifier) @name) @symbol.variable])
(declaration_list
  [(const_item name: (identifier) @name) @symbol.constant (static_item name: (identifier) @name) @symbol.variable])

(attribute_item) @attribute
