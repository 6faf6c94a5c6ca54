; Types and what they are made of.
(method_declaration name: (identifier) @name body: (block)? @body) @symbol.method
(local_function_statement name: (identifier) @name body: (block)? @body) @symbol.function
(constructor_declaration name: (identifier) @name body: (block)? @body) @symbol.constructor
[
  (class_declaration name: (identifier) @name body: (declaration_list)? @body)
  (struct_declaration name: (identifier) @name body: (declaration_list)? @body)
  (record_declaration name: (identifier) @name body: (declaration_list)? @body)
] @symbol.class
(interface_declaration name: (identifier) @name body: (declaration_list)? @body) @symbol.interface
(enum_declaration name: (identifier) @name body: (_)? @body) @symbol.enum
