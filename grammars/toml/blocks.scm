(pair [(array) (inline_table)] @body) @block
(array [(array) (inline_table)] @body @block)
