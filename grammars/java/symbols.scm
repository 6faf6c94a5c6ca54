; Declarations. The signature leaves annotations out where a modifier or the type stands behind them.

(class_declaration name: (identifier) @name body: (_) @body) @symbol.class
(record_declaration name: (identifier) @name body: (_) @body) @symbol.class
(interface_declaration name: (identifier) @name body: (_) @body) @symbol.interface
(annotation_type_declaration name: (identifier) @name body: (_) @body) @symbol.interface
(enum_declaration name: (identifier) @name body: (_) @body) @symbol.enum
(enum_constant name: (identifier) @name) @symbol.constant

(method_declaration name: (identifier) @name body: (block)? @body) @symbol.method
(annotation_type_element_declaration name: (identifier) @name) @symbol.method
(constructor_declaration name: (identifier) @name body: (_) @body) @symbol.constructor
(compact_constructor_declaration name: (identifier) @name body: (_) @body) @symbol.constructor

; Several names of one declaration are a symbol each, as wide as the name; a single one is as wide as its declaration.
(field_declaration declarator: (variable_declarator name: (identifier) @name @symbol.field)) @signature
(field_declaration type: (_) . (variable_declarator name: (identifier) @name) . ";") @symbol.field
((field_declaration
  (modifiers) @_modifiers
  type: (_) . (variable_declarator name: (identifier) @name) . ";") @symbol.constant
  (#match? @_modifiers "\\bstatic\\b")
  (#match? @_modifiers "\\bfinal\\b"))
(constant_declaration declarator: (variable_declarator name: (identifier) @name @symbol.constant)) @signature
(constant_declaration type: (_) . (variable_declarator name: (identifier) @name) . ";") @symbol.constant
(record_declaration parameters: (formal_parameters (formal_parameter name: (identifier) @name) @symbol.field))
(record_declaration
  parameters: (formal_parameters (spread_parameter (variable_declarator name: (identifier) @name)) @symbol.field))

; Signatures without annotations, where those are followed by an access modifier, or by no modifier at all.
[
  (class_declaration (modifiers ["public" "protected" "private"] @signature) name: (identifier) @name body: (_) @body)
    @symbol.class
  (record_declaration (modifiers ["public" "protected" "private"] @signature) name: (identifier) @name body: (_) @body)
    @symbol.class
  (interface_declaration (modifiers ["public" "protected" "private"] @signature) name: (identifier) @name body: (_) @body)
    @symbol.interface
  (enum_declaration (modifiers ["public" "protected" "private"] @signature) name: (identifier) @name body: (_) @body)
    @symbol.enum
  (method_declaration (modifiers ["public" "protected" "private"] @signature) name: (identifier) @name body: (_) @body)
    @symbol.method
  (constructor_declaration (modifiers ["public" "protected" "private"] @signature) name: (identifier) @name body: (_) @body)
    @symbol.constructor
]
((method_declaration (modifiers) @_modifiers . (_) @signature name: (identifier) @name body: (_) @body) @symbol.method
  (#match? @_modifiers "^@")
  (#not-match? @_modifiers "\\b(public|protected|private|abstract|static|final|default|synchronized|native|strictfp)$"))

; What a type extends and implements.
[
  (class_declaration name: (identifier) @name superclass: (superclass (_) @base))
  (class_declaration name: (identifier) @name interfaces: (super_interfaces (type_list (_) @base)))
  (record_declaration name: (identifier) @name interfaces: (super_interfaces (type_list (_) @base)))
  (enum_declaration name: (identifier) @name interfaces: (super_interfaces (type_list (_) @base)))
  (interface_declaration name: (identifier) @name (extends_interfaces (type_list (_) @base)))
]

; What declarations say of themselves.
[
  (method_declaration type: (_) @returns name: (identifier) @name parameters: (formal_parameters) @parameters)
  (constructor_declaration name: (identifier) @name parameters: (formal_parameters) @parameters)
  (annotation_type_element_declaration type: (_) @returns name: (identifier) @name)
  (field_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @name value: (_)? @value))
  (constant_declaration type: (_) @type declarator: (variable_declarator name: (identifier) @name value: (_)? @value))
  (record_declaration parameters: (formal_parameters (formal_parameter type: (_) @type name: (identifier) @name)))
  (record_declaration name: (identifier) @name parameters: (formal_parameters) @parameters)
]
(_
  (modifiers
    [
      (marker_annotation name: (_) @modifier)
      (annotation name: (_) @modifier)
      "public" @modifier
      "protected" @modifier
      "private" @modifier
      "abstract" @modifier
      "static" @modifier
      "final" @modifier
      "default" @modifier
      "synchronized" @modifier
      "native" @modifier
      "transient" @modifier
      "volatile" @modifier
      "sealed" @modifier
      "non-sealed" @modifier
    ])
  name: (identifier) @name)
(_
  (modifiers
    [
      (marker_annotation name: (_) @modifier)
      (annotation name: (_) @modifier)
      "public" @modifier
      "protected" @modifier
      "private" @modifier
      "static" @modifier
      "final" @modifier
      "transient" @modifier
      "volatile" @modifier
    ])
  declarator: (variable_declarator name: (identifier) @name))

; Parameters.
(formal_parameters
  [
    (formal_parameter type: (_) @parameter.type name: (identifier) @parameter.name) @parameter.positional
    (spread_parameter (_) @parameter.type "..." (variable_declarator name: (identifier) @parameter.name)) @parameter.rest
  ]) @parameters
