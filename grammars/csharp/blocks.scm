; Types, members and statement blocks.
(_ body: [(block) (declaration_list) (enum_member_declaration_list) (switch_body)] @body) @block
(if_statement consequence: (block) @body) @block
(if_statement alternative: (block) @body @block)
[(finally_clause (block) @body) (anonymous_method_expression (block) @body)] @block
(block (block) @body @block)
