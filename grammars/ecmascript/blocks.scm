; Shared by JavaScript and TypeScript.
(_ body: [(statement_block) (class_body) (switch_body)] @body) @block
(if_statement consequence: (statement_block) @body) @block
(else_clause (statement_block) @body) @block
