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
