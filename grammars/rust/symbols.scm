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

; What declarations say of themselves.
[
  (function_item name: (identifier) @name parameters: (parameters) @parameters return_type: (_)? @returns)
  (function_signature_item name: (identifier) @name parameters: (parameters) @parameters return_type: (_)? @returns)
  (field_declaration name: (field_identifier) @name type: (_) @type)
  (const_item name: (identifier) @name type: (_) @type value: (_)? @value)
  (static_item name: (identifier) @name type: (_) @type value: (_)? @value)
  (type_item name: (type_identifier) @name type: (_) @type)
]
(_ (visibility_modifier) @modifier name: (_) @name)
(function_item (function_modifiers ["async" "unsafe" "const" "default"] @modifier) name: (identifier) @name)
(function_signature_item (function_modifiers ["async" "unsafe" "const" "default"] @modifier) name: (identifier) @name)

; What a trait asks for, and the trait that is implemented, are bases.
(trait_item name: (type_identifier) @name bounds: (trait_bounds [(type_identifier) (scoped_type_identifier) (generic_type)] @base))
(impl_item
  trait: (_) @base
  type: [
    (type_identifier) @name
    (primitive_type) @name
    (scoped_type_identifier name: (type_identifier) @name)
    (generic_type type: [(type_identifier) @name (scoped_type_identifier name: (type_identifier) @name)])
  ])

; Parameters.
(parameters
  [
    (self_parameter (self) @parameter.name) @parameter.positional
    (parameter pattern: _ @parameter.name type: (_) @parameter.type) @parameter.positional
    (variadic_parameter) @parameter.rest
  ]) @parameters
