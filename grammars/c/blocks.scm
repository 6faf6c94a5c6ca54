; Functions, types and statement blocks.
(_ body: [(compound_statement) (field_declaration_list) (enumerator_list) (declaration_list)] @body) @block
(if_statement consequence: (compound_statement) @body) @block
(else_clause (compound_statement) @body) @block
(compound_statement (compound_statement) @body @block)
(init_declarator value: (initializer_list) @body) @block
