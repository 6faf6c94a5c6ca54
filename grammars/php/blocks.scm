; Functions, types and statement blocks.
(_ body: [(compound_statement) (declaration_list) (enum_declaration_list) (switch_block) (match_block)] @body) @block
[(finally_clause (compound_statement) @body)] @block
(compound_statement (compound_statement) @body @block)
