; inherits: ecmascript

(_ body: [(interface_body) (enum_body)] @body) @block
