(method name: (_) @name body: (body_statement)? @body) @symbol.method
(singleton_method name: (_) @name body: (body_statement)? @body) @symbol.method
(class name: [(constant) @name (scope_resolution name: (constant) @name)] body: (_)? @body) @symbol.class
(module name: [(constant) @name (scope_resolution name: (constant) @name)] body: (_)? @body) @symbol.module
