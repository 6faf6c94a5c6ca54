(pair (inline_table) @body) @block
(array (inline_table) @body @block)
