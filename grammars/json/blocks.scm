(pair value: [(object) (array)] @body) @block
(array [(object) (array)] @body @block)
(document [(object) (array)] @body @block)
