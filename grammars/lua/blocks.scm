; Functions and statements with a block.
(_ [body: (block) @body consequence: (block) @body]) @block
(table_constructor) @body @block
