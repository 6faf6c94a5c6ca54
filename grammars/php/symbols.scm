(function_definition name: (name) @name body: (_) @body) @symbol.function
(method_declaration name: (name) @name body: (compound_statement)? @body) @symbol.method
[
  (class_declaration name: (name) @name body: (_) @body)
  (trait_declaration name: (name) @name body: (_) @body)
] @symbol.class
(interface_declaration name: (name) @name body: (_) @body) @symbol.interface
(enum_declaration name: (name) @name body: (_) @body) @symbol.enum
