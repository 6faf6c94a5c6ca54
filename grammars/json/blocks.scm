(pair value: (object) @body) @block
(array (object) @body @block)
(document (object) @body @block)
